"""The look of ``doctor`` at the service: installed, for this home, and at work."""

from __future__ import annotations

from followup_mail.services.accounts.service_status import ServiceStatus, check_service, say_last_run
from followup_mail.services.accounts.setup_look import Examined, SetupCheck
from followup_mail.workspace import Workspace


def look_at_service(examined: Examined) -> SetupCheck:
    """Look whether the system starts `run` for this home, and when it last did."""
    workspace = examined.workspace
    status = check_service(workspace)
    if not status.installed:
        return _no_service(workspace, status)
    one = status.installed[0]
    often = f", every {one.service.every} min" if one.service else ""
    said = f"installed with {one.kind}{often}; last run {say_last_run(status.last_run, workspace.own_zone)}"
    trouble = (*status.wrong, *status.remarks)
    fix = f"See `followup-mail service status`; what the runs did is in {workspace.log_folder}." if trouble else ""
    return SetupCheck("service", not status.wrong, "\n".join((said, *trouble)), fix, doubtful=bool(trouble))


def _no_service(workspace: Workspace, status: ServiceStatus) -> SetupCheck:
    """Not to have one is a choice; it should be a known one."""
    homes = ", ".join(one.service.home for one in status.others if one.service)
    there = f"not installed for this home folder, but for {homes}" if homes else "not installed"
    if not workspace.leaves_machine:
        # To install it would be refused: in the background nobody would see that mails go into a folder.
        return SetupCheck("service", ok=True, said=f"{there}; it is for mails that leave this machine")
    said = f"{there}: mails leave only when you start `followup-mail run` by hand"
    fix = "`followup-mail service install` has the system start it every few minutes."
    return SetupCheck("service", ok=True, said=said, fix=fix, doubtful=bool(homes))
