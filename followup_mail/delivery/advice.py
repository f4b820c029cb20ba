"""What to do about each kind of refusal, in a sentence for the person at the keyboard, not for a postmaster."""

from __future__ import annotations

from typing import Final

TRY_AGAIN: Final = "followup-mail tries again later."

# About the login.
GMAIL: Final = (
    "Gmail needs an app password here, not your normal one: make one at https://myaccount.google.com/apppasswords "
    "(2-step verification must be on) and set it as the password."
)
MICROSOFT: Final = (
    "Microsoft does not accept passwords for this mailbox any more: log in with OAuth2 (xoauth2), send through "
    "another account, or ask the administrator to allow authenticated SMTP."
)
WRONG: Final = (
    "The user name or the password is wrong: check both. Gmail, Yahoo, iCloud and Fastmail need an app password "
    "instead of your normal one."
)
STRONGER: Final = "The server asks for a more secure login: use an app password, or OAuth2."
TOO_OFTEN: Final = "There were too many logins: wait an hour, then check the password."
OTHER_LOGIN: Final = "The server does not accept this way of logging in: check host and port, or use another way."
LOGIN_LATER: Final = f"The server cannot check logins right now, or had too many of them: {TRY_AGAIN}"
ENCRYPT: Final = (
    "The server requires an encrypted connection: set the SMTP security to 'starttls' (port 587) or 'tls' (port 465)."
)
LOG_IN: Final = "The server requires a login first: set the SMTP user and password."
NO_RELAY: Final = "The server does not forward mail without a login: set the SMTP user and password."

# About the sender.
NOT_YOUR_FROM: Final = (
    "The From address does not belong to this account: set FOLLOWUP_EMAIL to the account's address, or add the address "
    "as an alias at your provider."
)
FROM_DOMAIN: Final = (
    "The domain of the From address does not exist or receives no mail: check how FOLLOWUP_EMAIL is spelled."
)
NOT_VERIFIED: Final = (
    "The provider has not verified the From address or its domain: verify it in the provider's settings, or set "
    "FOLLOWUP_EMAIL to a verified address."
)
NOT_VOUCHED: Final = (
    "Your domain does not vouch for this server (SPF, DKIM): send through the provider of your From address."
)
BLOCKED: Final = (
    "The provider has blocked this account from sending: sign in on its website, or ask its support, to have the "
    "block removed."
)
TENANT: Final = (
    "The provider is holding back the mail of your whole organization: ask its administrator or the provider's "
    f"support. {TRY_AGAIN}"
)
UNUSUAL: Final = (
    "The provider is holding back the account's mail because of unusual activity: sign in on its website and confirm "
    f"what it asks for. {TRY_AGAIN}"
)
LIMIT: Final = f"The account has reached its sending limit. The provider resets it within 24 hours; {TRY_AGAIN}"
UNPAID: Final = "The provider is waiting for a payment, or the credit is used up: pay on the provider's website."
NOT_FROM_HERE: Final = (
    "The server refuses connections from this network: use your provider's submission server (port 587 or 465), "
    "or another network."
)

# About the recipient.
NO_MAILBOX: Final = "There is no such mailbox: check how the address is spelled."
NO_DOMAIN: Final = "The domain of the address does not exist or receives no mail: check what follows the @."
BAD_ADDRESS: Final = "The server does not understand the address: check how it is spelled."
FULL: Final = "The recipient's mailbox is full or switched off: use another address, or call."
UNWANTED: Final = "The server accepts no mail from you for this recipient: use another address, or another account."
UNKNOWN: Final = "The server does not know this mailbox, or accepts no mail for it: check how the address is spelled."
TOO_MANY: Final = (
    "The recipient gets more mails in an hour than its server allows: try again later, or use another address."
)
MOVED: Final = "The person has moved to another address, which the server may name: correct the address."

# About the mail.
TOO_LARGE: Final = "The mail is too large for this server: make the attachments smaller, or link to them."
ATTACHMENT: Final = "The server does not allow what is attached: send another kind of file, or link to it."
LARGE_OR_FULL: Final = "The mail is too large, or the mailbox is full: make the attachments smaller, or link to them."
MALFORMED: Final = "The server calls the mail malformed: write it again; if that does not help, please report it."
SPAM: Final = (
    "The server refused this mail as spam or by rules of its own: reword it, remove links and attachments, or send it "
    "from another account."
)

# About the server, or unknown.
NOT_SMTP: Final = "The server does not understand mail commands: check host and port of the SMTP server."
FOR_GOOD: Final = "The server refuses this mail permanently: read its answer, and use another address or account."
CLOSING: Final = f"The server is closing or overloaded: {TRY_AGAIN}"
GREYLISTED: Final = f"The server asks senders it does not know to come back: {TRY_AGAIN}"
BUSY: Final = f"The mailbox cannot be reached right now: {TRY_AGAIN}"
ITS_FAULT: Final = f"The server has a problem of its own right now: {TRY_AGAIN}"
NO_ROOM: Final = f"The server or the mailbox is full right now: {TRY_AGAIN}"
LATER: Final = f"The server asks to try again later: {TRY_AGAIN}"
