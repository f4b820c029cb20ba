"""What to do about each kind of refusal: one sentence each, for the person at the keyboard, not for a postmaster."""

from __future__ import annotations

from typing import Final

# About the login.
GMAIL: Final = (
    "Gmail wants an app password here, not the account's own: make one at https://myaccount.google.com/apppasswords "
    "(2-step verification must be on) and set it as the password."
)
MICROSOFT: Final = (
    "Microsoft has switched sign-in by password off for this mailbox: log in by OAuth2 (xoauth2), send through "
    "another account, or ask the administrator to allow authenticated SMTP."
)
WRONG: Final = (
    "The user name or the password is wrong: check both; Gmail, Yahoo, iCloud and Fastmail want an app password "
    "instead of the account's own."
)
STRONGER: Final = "The server asks for a stronger way to log in: use an app password, or OAuth2."
TOO_OFTEN: Final = "There were too many logins: wait an hour, then check the password."
OTHER_LOGIN: Final = "The server does not take this way of logging in: check host and port, or use another way."
LOGIN_LATER: Final = "The server cannot check logins at the moment, or saw too many of them: it is tried again later."
ENCRYPT: Final = (
    "The server wants an encrypted link: set the SMTP security to 'starttls' (port 587) or 'tls' (port 465)."
)
LOG_IN: Final = "The server wants a login first: set the SMTP user and password."
NO_RELAY: Final = "The server does not pass mail on without a login: set the SMTP user and password."

# About the sender.
NOT_YOUR_FROM: Final = (
    "The From address is not one of the account's own: set FOLLOWUP_EMAIL to the account's address, or add it as an "
    "alias at your provider."
)
FROM_DOMAIN: Final = (
    "The domain of the From address does not exist or takes no mail: check how FOLLOWUP_EMAIL is spelled."
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
    "block lifted."
)
TENANT: Final = (
    "The provider holds back the mail of your whole organization: ask its administrator or the provider's support; "
    "the mail is tried again later."
)
UNUSUAL: Final = (
    "The provider holds the account's mail back because of unusual activity: sign in on its website and confirm what "
    "it asks for; the mail is tried again later."
)
LIMIT: Final = "The account's limit is used up: it is lifted within 24 hours, and the mail is tried again."
UNPAID: Final = "The provider waits for a payment, or the credit is used up: settle it on the provider's website."
NOT_FROM_HERE: Final = (
    "The server refuses connections from this network: use your provider's submission server (port 587 or 465), "
    "or another network."
)

# About the recipient.
NO_MAILBOX: Final = "There is no such mailbox: check how the address is spelled."
NO_DOMAIN: Final = "The domain of the address does not exist or takes no mail: check what follows the @."
BAD_ADDRESS: Final = "The server cannot make sense of the address: check how it is spelled."
FULL: Final = "The recipient's mailbox is full or switched off: use another address, or call."
UNWANTED: Final = "The server takes no mail from you for this recipient: use another address, or another account."
UNKNOWN: Final = "The server does not know this mailbox, or takes no mail for it: check how the address is spelled."
TOO_MANY: Final = (
    "The recipient gets more mails in an hour than its server allows: try it again later, or use another address."
)
MOVED: Final = "The person's mail has moved to another address, which the server may name: correct the address."

# About the mail.
TOO_LARGE: Final = "The mail is too large for this server: make the attachments smaller, or link to them."
ATTACHMENT: Final = "The server forbids what is attached: send another kind of file, or link to it."
LARGE_OR_FULL: Final = "The mail is too large, or the mailbox full: make the attachments smaller, or link to them."
MALFORMED: Final = "The server finds the mail malformed: write it again; if that does not help, please report it."
SPAM: Final = (
    "The server refused this mail as spam or by its own rules: reword it, remove links and attachments, or write from "
    "another account."
)

# About the server, or nobody knows.
NOT_SMTP: Final = "The server does not understand what a mail program says: check host and port of the SMTP server."
FOR_GOOD: Final = "The server refuses this mail for good: read what it said, and use another address or account."
CLOSING: Final = "The server is closing or overloaded: it is tried again later."
GREYLISTED: Final = "The server asks senders it does not know to come back: it is tried again later."
BUSY: Final = "The mailbox cannot be reached at the moment: it is tried again later."
ITS_FAULT: Final = "The server has a problem of its own at the moment: it is tried again later."
NO_ROOM: Final = "The server or the mailbox is full at the moment: it is tried again later."
LATER: Final = "The server asks to be tried again later."
