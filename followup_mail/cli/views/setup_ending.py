"""What ``setup`` offers at its end: a test mail, and the service that sends what is due."""

from __future__ import annotations

from followup_mail.cli.terminal import screen
from followup_mail.cli.views.setup_questions import Questions
from followup_mail.cli.views.show_setup import show_test
from followup_mail.errors import FollowupError
from followup_mail.services.accounts.setup_choices import has_service
from followup_mail.services.sending.trial_mail import send_test_mail
from followup_mail.workspace import Workspace


def offer_the_rest(workspace: Workspace, questions: Questions) -> None:
    """Offer a test mail, and the service where none is installed."""
    if questions.yes(f"Send a test mail to {workspace.settings.email}?", default=True) is True:
        show_test(workspace, send_test_mail(workspace))
    if has_service(workspace):
        return
    if questions.yes("Have this computer send what is due every few minutes?", default=False) is True:
        from followup_mail.cli.views.show_service import install_and_show

        try:
            install_and_show(workspace, None, 5, False, False)
        except FollowupError as error:
            screen.note(error.sentence)
            screen.advise(error.fix)
    else:
        screen.note(
            "Without it, mails leave when you start `followup-mail run`. To have it: followup-mail service install"
        )
