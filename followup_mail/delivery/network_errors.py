"""What an error during an attempt means: no network, no TLS, a lost connection.

Nearly all of them are *deferred*: they say something about the network of this hour, not about the mail. That includes
a wrong certificate. A hotel's sign-in page or a company's proxy shows one to every laptop that wakes up behind it, and
the next network is fine; nothing was said to the false server, so trying again is safe. *Refused*, and pausing the
account, is what cannot fix itself: a server without STARTTLS, an unreadable certificate file, no common way to log in.
"""

from __future__ import annotations

import smtplib
import socket
import ssl

from followup_mail.delivery.redaction import one_line
from followup_mail.delivery.replies import parse_reply
from followup_mail.delivery.reply_codes import interpret_reply
from followup_mail.delivery.smtp_connect import CaFileError
from followup_mail.delivery.smtp_login import NoLoginError
from followup_mail.delivery.timeouts import ConnectionLostError, InjectedTextError
from followup_mail.errors import FollowupError, SignInUnreachableError
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

TRY_AGAIN = "followup-mail tries again later."
_CHECK_SENT_FOLDER = (
    "Nobody knows whether it was sent: look in the account's Sent folder, or for the copy to yourself, before you "
    "decide to send it again."
)
_NO_ENCRYPTION = (
    "Nothing was sent: check host and port (587 for starttls, 465 for tls). If they are right, this network removes "
    "encryption, so use another network."
)
_CHECK_PORT = "Check host and port: 465 goes with 'tls', 587 with 'starttls'."
_EXPIRED = "Check this computer's date; if it is right, the server's certificate needs renewing."
_OTHER_NAME = (
    "Check the {service} host: it must be the name in the certificate. A sign-in page of this network also does this."
)
_UNKNOWN_ISSUER = (
    "Use another network if this one has a sign-in page. A company's own server has its own certificate: "
    "followup-mail setup --ca-file FILE (FOLLOWUP_SMTP_CA_FILE). With Python from python.org on macOS, run 'Install "
    "Certificates'."
)
# Codes of X509_STORE_CTX_get_error(3): first another host name, then another address.
_MISMATCHES = (62, 64)
_CERTIFICATE_ADVICE = {
    **dict.fromkeys((9, 10), _EXPIRED),
    **dict.fromkeys(_MISMATCHES, _OTHER_NAME),
    **dict.fromkeys((18, 19, 20, 21), _UNKNOWN_ISSUER),
}


class SecretError(Exception):
    """There is no usable password or token. The text contains no secret."""


def interpret_error(error: Exception, phase: Phase) -> AttemptResult:
    """Return what an error in this phase means. Never raises."""
    if phase in {Phase.ANSWER, Phase.DONE}:
        said = f"{describe_error(error)}, after the whole mail had left"
        return AttemptResult(Verdict.UNCLEAR, phase, said=said, fix=_CHECK_SENT_FOLDER)
    if isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code <= 599:
        return interpret_reply(parse_reply(error.smtp_code, error.smtp_error), phase)
    return _refused(error, phase) or AttemptResult(
        Verdict.DEFERRED, phase, said=describe_error(error), fix=_advice(error, phase)
    )


def _refused(error: Exception, phase: Phase) -> AttemptResult | None:
    if isinstance(error, smtplib.SMTPNotSupportedError):
        said, fix = "The server offers no encryption (STARTTLS)", _NO_ENCRYPTION
    elif isinstance(error, InjectedTextError):
        said, fix = describe_error(error), _NO_ENCRYPTION
    elif isinstance(error, CaFileError):
        said, fix = f"The certificate file cannot be used: {error}", "Name a readable file in PEM format."
    elif isinstance(error, NoLoginError):
        said, fix = describe_error(error), "Check the SMTP security, the port, and the way of logging in."
    else:
        return None
    return AttemptResult(Verdict.REFUSED, phase, said=one_line(said), fix=fix, pauses_account=True)


def interpret_password_error(error: Exception) -> AttemptResult:
    """Return what it means that the password cannot be read, e.g. a locked keyring or a command that failed.

    Deferred, since it says nothing about the mail; the account pauses, since no other mail would do better.
    """
    # Only errors made by this program are known to contain no secret.
    is_ours = isinstance(error, FollowupError | SecretError)
    said = str(error) if is_ours else f"The password or token could not be read ({type(error).__name__})"
    fix = error.fix if isinstance(error, FollowupError) and error.fix else "Unlock or set the SMTP password."
    # Without a network no token can be had either: nothing is wrong with the account.
    phase = Phase.CONNECT if isinstance(error, SignInUnreachableError) else Phase.LOGIN
    return AttemptResult(Verdict.DEFERRED, phase, said=one_line(said), fix=fix, pauses_account=phase is Phase.LOGIN)


def interpret_interrupt(phase: Phase) -> AttemptResult:
    """Return what it means that the user stopped the attempt in this phase."""
    if phase in {Phase.ANSWER, Phase.DONE}:
        said = "Interrupted while waiting for the answer"
        return AttemptResult(Verdict.UNCLEAR, phase, said=said, fix=_CHECK_SENT_FOLDER)
    return AttemptResult(Verdict.DEFERRED, phase, said="Interrupted before it was sent", fix=TRY_AGAIN)


def describe_error(error: Exception) -> str:
    """Return what happened, in one sentence without a full stop."""
    # The more specific classes come first.
    match error:
        case ssl.SSLCertVerificationError():
            words = f"The server's certificate is not trusted: {one_line(error.verify_message)}"
            # OpenSSL says the same about a certificate that has the host only as its common name.
            words += " (only a subjectAltName counts)" if error.verify_code in _MISMATCHES else ""
        case ssl.SSLError():
            words = f"The connection could not be encrypted: {one_line(error.reason or str(error))}"
        case socket.gaierror():
            words = f"The server's name was not found: {one_line(error.strerror or str(error))}"
        case ConnectionRefusedError():
            words = "Nothing answers at this host and port"
        case TimeoutError():
            words = "The server did not answer in time"
        case ConnectionLostError() | NoLoginError():
            words = str(error)
        case smtplib.SMTPResponseException():
            words = f"The server's answer makes no sense: {parse_reply(error.smtp_code, error.smtp_error).said}"
        case OSError():
            words = f"The connection failed: {one_line(error.strerror or type(error).__name__)}"
        case _:
            words = f"followup-mail made a mistake ({type(error).__name__})"
    return words


def certificate_advice(error: Exception, service: str = "SMTP") -> str:
    """Return what to do when a certificate is not trusted, else an empty text. ``service`` is SMTP or IMAP."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        return ""
    usual = "Check the {service} host, or use another network."
    return _CERTIFICATE_ADVICE.get(error.verify_code, usual).format(service=service)


def _advice(error: Exception, phase: Phase) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            advice = certificate_advice(error)
        case ssl.SSLError():
            advice = _CHECK_PORT
        case socket.gaierror():
            advice = "Check the network, and how the SMTP host is spelled."
        case ConnectionLostError():
            advice = _CHECK_PORT if phase is Phase.CONNECT else ""
        case OSError():
            advice = "Check the network, and the SMTP host and port."
        case _:
            advice = "Please report this."
    return f"{advice} {TRY_AGAIN}".lstrip()
