"""Put a worker together from the settings, and let it work; look at how the office stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from followup_mail.errors import ExitCode, NotFoundError, SettingsError
from followup_mail.office.database import Links, OfficeDatabase, explained
from followup_mail.office.engine_schema import check_engine
from followup_mail.office.migrate import check_ready
from followup_mail.office.sealing import Seal
from followup_mail.outbox.lease import name_worker
from followup_mail.settings.load_settings import Loaded
from followup_mail.settings.table import variable
from followup_mail.worker.clock import DatabaseClock
from followup_mail.worker.desk import Desk, Opener
from followup_mail.worker.log_lines import WorkerLog, follow_engine
from followup_mail.worker.metrics import Meters, serve_metrics
from followup_mail.worker.process import Terms, make_threads, work
from followup_mail.worker.shared_links import SharedLinks
from followup_mail.worker.standing import Standing, read_standing
