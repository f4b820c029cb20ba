"""What an error on the way means: no network, no TLS, a link that was lost.

Nearly all of it is *deferred*: it says something about the network of this hour, not about the mail. That holds for
a wrong certificate too. A hotel's portal or a company's proxy shows one to every laptop that wakes up behind it, and
the next network is right again; nothing was said to the false server, so trying again is safe. A wrong setting shows
when the login is checked, and in the attempts of the entry. What cannot come right by itself is *refused* and pauses
the account: a server without STARTTLS, an unreadable certificate file, no common way to log in.
"""

from __future__ import annotations

import smtplib
import socket
import ssl

from followup_mail.delivery.replies import one_line, read_reply
from followup_mail.delivery.reply_outcome import judge
from followup_mail.delivery.smtp_connect import CaFileError
from followup_mail.delivery.smtp_login import NoLoginError
from followup_mail.delivery.timeouts import InjectedError, LinkLostError
from followup_mail.errors import FollowupError
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

LOOK_FIRST = (
    "Nobody knows whether it was sent: look into the account's Sent folder, or for the copy to yourself, before you "
    "decide to send it again."
)
_AGAIN = "It is tried again later."
_ENCRYPTION_GONE = (
    "Nothing was sent: check host and port (587 for starttls, 465 for tls); if they are right, this network strips "
    "encryption, so use another one."
)

_CHECK_PORT = "Check host and port: 465 goes with 'tls', 587 with 'starttls'."
_OUT_OF_DATE = "Check this computer's date; if it is right, the server's certificate needs renewing."
_OTHER_NAME = (
    "Check the {service} host: it must be the name in the certificate. A sign-in page of this network also does this."
)
_UNKNOWN_ISSUER = (
    "Use another network if this one has a sign-in page; for a company's own server, name its certificates in "
    "FOLLOWUP_SMTP_CA_FILE; with Python from python.org on macOS, run 'Install Certificates'."
)
# Codes of X509_STORE_CTX_get_error(3): first another host name, then another address.
_MISMATCHES = (62, 64)
_CERTIFICATE_ADVICE = {
    **dict.fromkeys((9, 10), _OUT_OF_DATE),
    **dict.fromkeys(_MISMATCHES, _OTHER_NAME),
    **dict.fromkeys((18, 19, 20, 21), _UNKNOWN_ISSUER),
}


class SecretError(Exception):
    """The password or token could not be had. Its text names no secret."""


def explain_trouble(error: Exception, phase: Phase) -> AttemptResult:
    """Return the outcome that an error means in this phase. Never raises."""
    if phase in {Phase.ANSWER, Phase.DONE}:
        said = f"{say_error(error)}, after the whole mail had left"
        return AttemptResult(Verdict.UNCLEAR, phase, said=said, fix=LOOK_FIRST)
    if isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code <= 599:
        return judge(read_reply(error.smtp_code, error.smtp_error), phase)
    return _refused(error, phase) or AttemptResult(
        Verdict.DEFERRED, phase, said=say_error(error), fix=_advice(error, phase)
    )


def _refused(error: Exception, phase: Phase) -> AttemptResult | None:
    if isinstance(error, smtplib.SMTPNotSupportedError):
        said, fix = "The server offers no encryption (STARTTLS)", _ENCRYPTION_GONE
    elif isinstance(error, InjectedError):
        said, fix = say_error(error), _ENCRYPTION_GONE
    elif isinstance(error, CaFileError):
        said, fix = f"The file of certificates cannot be used: {error}", "Name a readable file in PEM form."
    elif isinstance(error, NoLoginError):
        said, fix = say_error(error), "Check the SMTP security, the port, and the way of logging in."
    else:
        return None
    return AttemptResult(Verdict.REFUSED, phase, said=one_line(said), fix=fix, pauses_account=True)


def explain_secret(error: Exception) -> AttemptResult:
    """Return the outcome when the password cannot be had: a locked keyring, a command that failed.

    Deferred, since it says nothing about the mail; and the account rests, since no other mail would fare better.
    """
    # Only errors made by this program are known to hold no secret.
    known = isinstance(error, FollowupError | SecretError)
    said = str(error) if known else f"The password or token could not be read ({type(error).__name__})"
    fix = error.fix if isinstance(error, FollowupError) and error.fix else "Unlock or set the SMTP password."
    return AttemptResult(Verdict.DEFERRED, Phase.LOGIN, said=one_line(said), fix=fix, pauses_account=True)


def interrupted(phase: Phase) -> AttemptResult:
    """Return the outcome of an attempt that the user stopped."""
    if phase in {Phase.ANSWER, Phase.DONE}:
        return AttemptResult(Verdict.UNCLEAR, phase, said="Interrupted while waiting for the answer", fix=LOOK_FIRST)
    return AttemptResult(Verdict.DEFERRED, phase, said="Interrupted before it was sent", fix=_AGAIN)


def say_error(error: Exception) -> str:
    """Return what happened, in one sentence without a full stop; the more particular kinds come first."""
    match error:
        case ssl.SSLCertVerificationError():
            words = f"The server's certificate is not to be trusted: {one_line(error.verify_message)}"
            # OpenSSL says the same of a certificate that has the host only as its common name.
            words += " (only a subjectAltName counts)" if error.verify_code in _MISMATCHES else ""
        case ssl.SSLError():
            words = f"No encrypted link came about: {one_line(error.reason or str(error))}"
        case socket.gaierror():
            words = f"The server's name was not found: {one_line(error.strerror or str(error))}"
        case ConnectionRefusedError():
            words = "Nothing answers at this host and port"
        case TimeoutError():
            words = "The server did not answer in time"
        case LinkLostError() | NoLoginError():
            words = str(error)
        case smtplib.SMTPResponseException():
            words = f"The server's answer makes no sense: {read_reply(error.smtp_code, error.smtp_error).said}"
        case OSError():
            words = f"The connection failed: {one_line(error.strerror or type(error).__name__)}"
        case _:
            words = f"The program made a mistake ({type(error).__name__})"
    return words


def advise_on_certificate(error: Exception, service: str = "SMTP") -> str:
    """Return what to do about a certificate that is not trusted, else nothing; the server speaks ``service``."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        return ""
    usual = "Check the {service} host, or use another network."
    return _CERTIFICATE_ADVICE.get(error.verify_code, usual).format(service=service)


def _advice(error: Exception, phase: Phase) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            advice = advise_on_certificate(error)
        case ssl.SSLError():
            advice = _CHECK_PORT
        case socket.gaierror():
            advice = "Check the network, and how the SMTP host is spelled."
        case LinkLostError():
            advice = _CHECK_PORT if phase is Phase.CONNECT else ""
        case OSError():
            advice = "Check the network, and the SMTP host and port."
        case _:
            advice = "Please report this."
    return f"{advice} {_AGAIN}".lstrip()
