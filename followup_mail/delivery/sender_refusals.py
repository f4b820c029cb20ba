"""Refusals of the sender: not this address, not this account, not today, not from this network.

They come at any point of the dialogue. Postfix holds back its objections to the sender until RCPT (smtpd_delay_reject),
Exchange and the services for bulk mail until the dot, and most use codes that mean a missing mailbox or spam elsewhere.
So the words decide, and the enhanced code only where a provider gives it one meaning. Every other mail of the account
would be refused too, so each rule pauses the account.

Sources: RFC 3463 and RFC 7372 for the enhanced codes; the lists of codes of Exchange Online, Gmail, Amazon SES,
SendGrid and Zoho; the texts of Postfix, Exim, cPanel, Rspamd and iRedAPD.
"""

from __future__ import annotations

import re
from typing import Final

from followup_mail.delivery import advice
from followup_mail.delivery.replies import Reply, ReplyRule, any_of

_READ: Final = 1_000
"""Characters of a reply that are read; what matters is said at the start."""
_W: Final = r"(?:[^\s;]*[^\s.;]\s+)"
"""A word in between; never across the end of a sentence."""

# What the recipient's side says about senders: its own rules, which stop no other mail.
_ABOUT_RECIPIENT: Final = re.compile(
    any_of(
        r"recipient's|\bby (?:the |your )?recipient\b|\brecipient (?:has|is|does|did|was)\b",
        r"\b(?:blocked|rejected|refused) by (?:the |this )?user\b",
        r"\btry(?:ing)? to (?:contact|reach)\b|\btried to reach\b|\bfor this (?:recipient|mailbox|group)\b",
        r"\bto send to\b|\bsending to (?:this|the)\b|\bsend (?:e-?mails? |mails? |messages? )?to (?:this|that)\b",
        # Delivery restrictions of Exchange, as "SenderNotAuthenticatedForMailbox", and its block lists.
        r"resolver\.rst\.|customer block list|tenant allow.?block|by your organi[sz]ation",
        # reject_unverified_recipient of Postfix, callouts of Exim.
        r"recipient address rejected: un(?:verified|deliverable)|recipient verify|recipient \S+ verif",
    ),
    re.IGNORECASE,
)

_UNPAID: Final = any_of(
    r"non-?payment|\bunpaid\b|\boverdue\b|\bpast due\b|payment (?:is )?(?:required|failed)|renew your|\bbilling\b",
    rf"(?:insufficient|no|not enough|out of) {_W}{{0,2}}?(?:credits?|funds|balance)\b",
    rf"\b(?:subscription|plan|trial) {_W}{{0,2}}?(?:expired|ended|cancell?ed|lapsed)",
)
_UNUSUAL: Final = any_of(
    r"outboundspamexception",  # Outlook.com: too many mails, or somebody has to confirm the account
    r"(?:unusual|suspicious) (?:sending |account |sign-?in )?activity",  # Zoho
)
_LIMIT: Final = any_of(
    # Not "outgoing message size limit", and not the quota of a mailbox.
    r"\b(?:daily|hourly|monthly|sending|sender|send|outgoing|outbound|submission|relay|policy rejection-?)\s+"
    r"(?:(?!size|mailbox|attachment)[^\s.;]+\s+){0,3}(?:limits?|quotas?|capacity|allowance)\b",
    r"\b(?:rate|messages?|mail|recipients?) limits? (?:was |is |has been )?(?:exceeded|reached)",
    # Rspamd, QQ, Exim, Exchange, Amazon SES.
    r"\brate ?limit|\bfrequency limit|\boverlimit|quotaexceeded|throttl|\bmessage quota exceeded",
    r"\b(?:limit|messages|e-?mails?|mails|requests|recipients|received|failures) (?:per|an?|this) "
    r"(?:second|minute|hour|day|month)\b",
    r"too many (?:e-?mails|mails)\b|too many messages (?:sent|per|in the|today|this)",
    r"\b(?:send|sent|messages?|e-?mails?) (?:\S+ ){0,4}?(?:per|in an?|in one|within an?|in \d+|within \d+) "
    r"(?:seconds?|minutes?|hours?|days?|month)\b|exceeded (?:the|your) (?:\S+ )?number of",
    rf"\bexceeded {_W}{{0,3}}(?:threshold|sending|permitted limits)|\breached {_W}{{0,6}}limit|credits? exceeded",
)
_NOT_VERIFIED: Final = any_of(
    rf"\b(?:address|domain|sender|identity|identities|from) {_W}{{0,3}}?(?:not|un)[ -]?(?:yet |been )*verified",
    r"\bunverified (?:sender|domain|from)|verified sender|domain is unverified|requires dns configuration",
    r"unconfigured sending domain|unregistered domain|sender signature|(?:sandbox|demo) (?:sub)?domains?",
)
_NOT_VOUCHED: Final = (
    r"\bdmarc\b|\bspf\b|sender policy framework|\bdkim\b|unauthenticated e?-?mail|anti-?spoofing|spoofed message"
)

_STATE: Final = (
    r"(?:suspended|blocked|disabled|locked|paused|restricted|banned|deactivated|frozen|terminated|on hold"
    r"|under review|pending approval|not (?:yet )?(?:been )?(?:activated|active|allowed|permitted|approved))"
)
_IS: Final = r"(?:is|has been|was|are|have been|:)?\s*(?:currently |temporarily |permanently )?"
_BLOCKED: Final = any_of(
    r"bad outbound sender|outbound spam|spam abuse detected|\bbanned sender\b",
    r"not authori[sz]ed to perform|\bdomain \S+ is not allowed to send",  # Amazon SES, Mailgun
    rf"\bsender (?:e-?mail )?(?:address )?(?:\S+ )?{_IS}(?:suspended|blocked|banned|blacklisted|blocklisted)",
    rf"\b(?:outgoing|outbound|sending)(?: (?:e-?)?mails?| messages?| service)?(?: (?:from|for|of) {_W}{{1,4}}?| )"
    rf"{_IS}{_STATE}",
    rf"{_STATE} (?:for|from) {_W}{{0,2}}?(?:sending|outgoing|outbound|abuse)",
    rf"\byour {_W}{{0,3}}?(?:account|domain|organi[sz]ation|tenant|access) {_W}{{0,3}}?(?:{_STATE}|compromised|hacked)",
    rf"\bthis account {_IS}{_STATE}|\baccount (?:is )?(?:pending approval|under review|paused)",
    r"activate your (?:\S+ )?account|disabled by user from",  # Mailgun, Hostinger
    r"unsolicited e?-?mail originating from your (?:e-?mail |mail )?(?:address|account|domain)",
)
_NOT_FROM_HERE: Final = any_of(
    r"client host|\bclient \[|helo command rejected|bad helo|traffic not accepted from this ip|part of their network",
    r"connections? (?:will )?not be accepted from|from your (?:country|region|network|location)",
    r"\bdynamic(?:ally assigned)? (?:ip|address)|(?:poor|bad|low) (?:\S+ )?reputation",
    rf"\b(?:banned|blocked|blacklisted|unauthori[sz]ed|poor|low|from your) {_W}{{0,5}}?ips?\b",
    r"\bip\b(?:'s)?\s+(?:address(?:es)? )?(?:\S+\s+){0,6}?(?:not (?:allowed|authori[sz]ed|permitted|accepted)|blocked"
    r"|banned|(?:block|black|deny)?list(?:ed)?\b|denied|rejected|ptr|doesn't match|does not match)",
    r"reputation of (?:the |your )?(?:sending )?(?:ip|domain)|\bno (?:ptr|reverse dns)|reverse dns (?:record|lookup)",
    r"(?:fix|bad) (?:reverse )?dns",
    r"\b(?:mailfrom|helo) domain is listed",
)
_OWNED: Final = r"(?:match|equal|same|own|owned|allowed|permitted|authori[sz]ed|registered|valid|one of|accepted)\b"
_NOT_YOUR_FROM: Final = any_of(
    r"send.?as.?denied|not owned by|unauthori[sz]ed use of sender|relaying disallowed as|as an? sender domain",
    rf"(?:permissions?|allowed|authori[sz]ed|permitted|rights?|able) to (?:send|use) {_W}{{0,3}}?"
    r"(?:as|from|on behalf|this (?:from|sender))\b",
    r"\bfrom:? (?:header )?(?:e-?mail |sender )?(?:address|domain)\s+(?:\S+\s+){0,5}?(?:not|must|does)\b",
    r"\bonly send (?:\S+ )?(?:from|as)\b|\bnot own\b|\bfrom\b.{0,40}\bdiffer",
    rf"\bmail from {_W}{{0,2}}?must {_W}{{0,2}}?{_OWNED}",
    r"\bsender (?:e-?mail |mail )?(?:address |domain )?(?:\S+\s+){0,6}?(?:must|not|doesn't|mismatch)\s+"
    rf"(?:\S+\s+){{0,3}}?{_OWNED}",
    # Mail.ru. "User not local" (551) is about the recipient.
    r"\bno[nt][ -](?:a )?local sender|\bsender (?:address |domain )?(?:is )?not local\b",
    r"sender address rejected|sender verify failed|invalid sender|not available in bridge",
)

_ANY: Final = "[45].."
REFUSED_SENDERS: Final = (
    ReplyRule(_ANY, advice.UNPAID, words=_UNPAID, pauses=True),
    ReplyRule(_ANY, advice.UNUSUAL, words=_UNUSUAL, pauses=True, later=True),
    # "Rate limited due to IP reputation" is about the network, not a limit of the account.
    ReplyRule(_ANY, advice.NOT_FROM_HERE, words=r"from your ip\b|\bip reputation", pauses=True),
    # Exchange Online, 5.7.700 to 5.7.749 except 703: the whole tenant; it ends by itself or by its administrator.
    ReplyRule("5..", advice.TENANT, enhanced=r"5\.7\.7(?!03)[0-4]\d", pauses=True, later=True),
    # A limit before a block: "outgoing mail blocked, hourly limit reached" ends by itself.
    ReplyRule(_ANY, advice.LIMIT, words=_LIMIT, pauses=True, later=True),
    # Daily limits: Exchange Online on recipients and on mail to other domains, Gmail and Google Workspace on mails.
    ReplyRule("5..", advice.LIMIT, enhanced=r"5\.(1\.9[0-2]|7\.23[23]|4\.5)", pauses=True, later=True),
    ReplyRule(_ANY, advice.NOT_VERIFIED, words=_NOT_VERIFIED, pauses=True),
    ReplyRule("5..", advice.NOT_VERIFIED, enhanced=r"5\.7\.750", pauses=True),
    # RFC 7372: 5.7.20 to 24 and 26 are DKIM, SPF and both; Gmail adds 27, 30 and 32; Exchange Online 509 and 515.
    ReplyRule("5..", advice.NOT_VOUCHED, enhanced=r"5\.7\.(2[0-4679]|3[0-2]|509|515)", pauses=True),
    # RFC 7372: 5.7.25 is a missing reverse DNS; Gmail's 5.7.28 a flood from an address; Exchange Online bans addresses.
    ReplyRule("5..", advice.NOT_FROM_HERE, enhanced=r"5\.7\.(25|28|506|511|6[0-4]\d)", pauses=True),
    ReplyRule("5..", advice.NOT_VOUCHED, words=_NOT_VOUCHED, pauses=True),
    ReplyRule(_ANY, advice.BLOCKED, words=_BLOCKED, pauses=True),
    ReplyRule(_ANY, advice.NOT_FROM_HERE, words=_NOT_FROM_HERE, pauses=True),
    ReplyRule("5..", advice.BLOCKED, enhanced=r"5\.7\.50[1-3]", pauses=True),
    # RFC 3463: X.1.7 and X.1.8 are a bad sender's address.
    ReplyRule("5..", advice.FROM_DOMAIN, enhanced=r"5\.1\.[78]", words="domain", pauses=True),
    ReplyRule(_ANY, advice.NOT_YOUR_FROM, words=_NOT_YOUR_FROM, pauses=True),
    ReplyRule("5..", advice.NOT_YOUR_FROM, enhanced=r"5\.(1\.[78]|7\.60|2\.252)", pauses=True),
)


def find_refused_sender(reply: Reply) -> ReplyRule | None:
    """Return the first rule about the sender that matches a refusal; None for the recipient's, or unknown ones."""
    shortened = Reply(reply.code, reply.text[:_READ])
    if _ABOUT_RECIPIENT.search(shortened.text):
        return None
    return next((rule for rule in REFUSED_SENDERS if rule.matches(shortened)), None)
