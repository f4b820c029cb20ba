"""Numbers for Prometheus: what this worker did, and how the queue of the whole office stands when somebody asks.

They are served on this machine only, unless an address says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from followup_mail.delivery.dispatch import Result
from followup_mail.errors import OutboxError, SettingsError
from followup_mail.worker.log_lines import lateness

if TYPE_CHECKING:
    from prometheus_client import Metric

    from followup_mail.worker.standing import Standing

_SECONDS_LATE: Final = (1, 5, 15, 30, 60, 120, 300, 900, 3600, 14400, 86400)
_SECONDS_OF_JOB: Final = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60)
LOOPBACK: Final = "127.0.0.1"


class Meters:
    """Counts what one worker does."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.registry = own = CollectorRegistry()
        self._mails = Counter("followup_mails", "Mails by what became of them.", ["outcome"], registry=own)
        self._late = Histogram(
            "followup_mail_lateness_seconds", "How long after it was ready.", buckets=_SECONDS_LATE, registry=own
        )
        self._jobs = Counter("followup_jobs", "Jobs by how they ended.", ["job", "result"], registry=own)
        self._took = Histogram(
            "followup_job_seconds", "How long jobs took.", ["job"], buckets=_SECONDS_OF_JOB, registry=own
        )
        self.clock_offset = Gauge(
            "followup_clock_offset_seconds", "The database's clock minus this machine's.", registry=own
        )

    def count(self, result: Result) -> None:
        """Count what became of an entry."""
        self._mails.labels(str(result.entry.state).replace(" ", "_")).inc()
        if (late := lateness(result)) is not None:
            self._late.observe(late)

    def count_job(self, job: str, result: str, seconds: float) -> None:
        """Count a job that has ended."""
        self._jobs.labels(job, result).inc()
        self._took.labels(job).observe(seconds)

    def show_office(self, look: Callable[[], Standing]) -> None:
        """Add how the office stands, looked at each time that somebody asks."""
        self.registry.register(_OfficeNumbers(look))


class _OfficeNumbers:
    """What is the same whichever worker is asked."""

    def __init__(self, look: Callable[[], Standing]) -> None:
        self._look = look

    def describe(self) -> Iterator[Metric]:
        """Say nothing beforehand: the database is only asked when somebody reads the numbers."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        try:
            standing = self._look()
        except OutboxError:
            yield GaugeMetricFamily("followup_database_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("followup_database_up", "Whether the database answers.", value=1)
        for name, help_text, value in standing.gauges():
            yield GaugeMetricFamily(f"followup_{name}", help_text, value=value)


def serve_metrics(meters: Meters, where: str) -> Callable[[], None]:
    """Serve the numbers at ``PORT``, or ``ADDRESS:PORT``; return what ends it. Raises ``SettingsError``."""
    from prometheus_client import disable_created_metrics, start_http_server

    disable_created_metrics()  # type: ignore[no-untyped-call]  # when each number began: nobody asks, and they double the answer
    address, _, port = where.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise SettingsError(f"--metrics {where}: that is not a port.", fix="Write e.g. --metrics 9187.")
    try:
        server, thread = start_http_server(int(port), address.strip("[]") or LOOPBACK, registry=meters.registry)
    except OSError as error:
        raise SettingsError(
            f"--metrics {where}: it can't be served there: {error.strerror or error}.", fix="Choose another port."
        ) from None

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return end
