# ruff: noqa: E501 - servers say long lines
"""What is said of the sender is never taken for spam or for the recipient's fault, and the other way round."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_mail.delivery.replies import parse_reply
from followup_mail.delivery.reply_codes import interpret_reply
from followup_mail.delivery.reply_rules import ADVICE, RULES
from followup_mail.outbox.attempt import AttemptResult, Phase, Verdict

LATER, NEVER = Verdict.DEFERRED, Verdict.REFUSED

# Shortened, with the codes and the words that tell: the address, the account, its limits, the network.
OF_SENDER = [
    (Phase.ANSWER, "554 5.2.252 SendAsDenied; jo@x.example", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.MAIL, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.ANSWER, "550 5.7.0 The From address jo@x.example is not one of your own", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.MAIL, "553 5.7.1 Sender address rejected: not owned by auth user.", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.ANSWER, "550 not local sender over smtp", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.MAIL, "550 5.7.1 Sender is not local, relaying denied", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.RCPT, "553 Non-local sender refused on this port", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.MAIL, "501 mail from address must be same as authorization user", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.RCPT, "553 Sender is not allowed to relay emails", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.ANSWER, "553 Relaying disallowed as jordan@shop.example", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.ANSWER, "550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.ANSWER, "403 You are not authorized to send from that email address", LATER, "FOLLOWUP_EMAIL"),
    (Phase.MAIL, "451 4.0.0 backend: invalid return path: not owned by user", LATER, "FOLLOWUP_EMAIL"),
    (Phase.MAIL, "550 5.7.0 unauthorized use of sender address", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.RCPT, "550 You are not allowed to use the domain hotmail.example as a sender domain.", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.ANSWER, "550 5.7.1 Sender address in From header does not match the authenticated user", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.ANSWER, "553 From: address not verified; see the help pages", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.ANSWER, "554 5.0.0 Error: The account is not available in Bridge. Verify the outgoing server settings in your mail client", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.ANSWER, "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException; Failed", NEVER, "FOLLOWUP_EMAIL"),
    (Phase.RCPT, "550 5.1.8 <x@nowhere.example>: Sender address rejected: Domain not found", NEVER, "domain of the From address"),
    (Phase.ANSWER, "550-From header sender domain not verified. 550-On your Sending page 550 verify the sender domain to be allowed to send.", NEVER, "verified"),
    (Phase.ANSWER, "550 5.7.1 Unconfigured Sending Domain <corp.example>", NEVER, "verified"),
    (Phase.MAIL, "554 Domain corp.example is not allowed to send: The domain is unverified and requires DNS configuration.", NEVER, "verified"),
    (Phase.ANSWER, "550 The From address you supplied is not a Sender Signature on your account.", NEVER, "verified"),
    (Phase.ANSWER, "450 The corp.example domain is not verified. Please add and verify your domain", LATER, "verified"),
    (Phase.ANSWER, "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domain", NEVER, "verified"),
    (Phase.RCPT, "550 5.1.8 bad outbound sender", NEVER, "blocked this account"),
    (Phase.ANSWER, "550 5.7.501 Access denied, spam abuse detected from this sender", NEVER, "blocked this account"),
    (Phase.RCPT, "550 5.7.502 Access denied, banned sender", NEVER, "blocked this account"),
    (Phase.MAIL, "550 Outgoing mail from \"jordan@corp.example\" has been suspended.", NEVER, "blocked this account"),
    (Phase.MAIL, "552 Your account has been suspended. Please contact us to reactivate", NEVER, "blocked this account"),
    (Phase.ANSWER, "554 Sending paused for this account. For more information, please check the inbox of the email address associated with your account.", NEVER, "blocked this account"),
    (Phase.RCPT, "554 5.7.1 Disabled by user from hPanel", NEVER, "blocked this account"),
    (Phase.LOGIN, "502 5.7.0 Please authenticate. Your SMTP account is not yet activated. Please contact us", NEVER, "blocked this account"),
    (Phase.MAIL, "421 Domain sandbox1.example is not allowed to send: Please activate your account. Check your inbox", LATER, "blocked this account"),
    (Phase.RCPT, "550 5.7.703 Your account is blocked from sending: outbound spam", NEVER, "blocked this account"),
    (Phase.LOGIN, "535 5.7.8 Error: authentication failed: account is disabled for outgoing mail because of abuse", NEVER, "blocked this account"),
    (Phase.ANSWER, "550 While your account is pending approval, all recipient addresses must share the same domain as the From address.", NEVER, "blocked this account"),
    (Phase.LOGIN, "554 5.1.8 Sender Address Blocked", NEVER, "blocked this account"),
    (Phase.ANSWER, "550 5.4.6 Unusual activity detected on this account", LATER, "unusual activity"),
    (Phase.ANSWER, "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; WASCL UserAction verdict is not None. Actual verdict is RefuseQuota, ShowTierUpgrade", LATER, "unusual activity"),
    (Phase.ANSWER, "550 5.7.708 Access denied, no traffic taken from this tenant", LATER, "whole organization"),
    (Phase.ANSWER, "550 5.7.705 tenant over threshold", LATER, "whole organization"),
    (Phase.RCPT, "550 5.1.90 daily recipients used up", LATER, "limit"),
    (Phase.ANSWER, "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message", LATER, "limit"),
    (Phase.ANSWER, "550 Domain corp.example has exceeded the max defers and failures per hour (5/5 (100%)) allowed. Message discarded.", LATER, "limit"),
    (Phase.RCPT, "550 sorry, too many emails (#5.7.1)", LATER, "limit"),
    (Phase.ANSWER, "454 Throttling failure: Maximum sending rate exceeded.", LATER, "limit"),
    (Phase.MAIL, "421 Domain corp.example is not allowed to send: recipient limit exceeded, try again after Sun, 05 Oct 2025 19:22:44 UTC", LATER, "limit"),
    (Phase.ANSWER, "451 4.7.1 Ratelimit \"user\" exceeded", LATER, "limit"),
    (Phase.RCPT, "450 4.7.1 <a@corp.example>: Sender address rejected: sorry, max 2 requests per hour.", LATER, "limit"),
    (Phase.RCPT, "550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit for sending email to external recipients (tenant external recipient rate limit)", LATER, "limit"),
    (Phase.RCPT, "550 Message rejected: rate limit exceeded: Sender rate overlimit - 10.2 / 1h", LATER, "limit"),
    (Phase.ANSWER, "550 5.7.0 Requested action not taken: too many emails per second", LATER, "limit"),
    (Phase.RCPT, "452 Too many recipients received this hour", LATER, "limit"),
    (Phase.MAIL, "420 Exceed Sending Limit (daily)", LATER, "limit"),
    (Phase.RCPT, "450 4.7.1 <a@corp.example>: Recipient address rejected: Policy Rejection- Quota Exceeded.", LATER, "limit"),
    (Phase.RCPT, "450 4.2.1 Peak SMTP relay limit exceeded for this customer.", LATER, "limit"),
    (Phase.ANSWER, "550 #MS42225 reached trial account unique recipients limit", LATER, "limit"),
    (Phase.MAIL, "550 5.7.1 Account suspended for non-payment", NEVER, "payment"),
    (Phase.MAIL, "550 Subscription expired, please renew to send mail", NEVER, "payment"),
    (Phase.RCPT, "553 5.7.1 Sending disabled: invoice overdue", NEVER, "payment"),
    (Phase.RCPT, "550 5.7.606 Access denied, banned sending IP [203.0.113.9]", NEVER, "network"),
    (Phase.MAIL, "550 5.7.1 Unfortunately, messages from [203.0.113.9] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).", NEVER, "network"),
    (Phase.ANSWER, "550 5.7.28 There is an unusual rate of unsolicited mail originating from your IP address.", NEVER, "network"),
    (Phase.MAIL, "553 5.7.1 [BL21] Connections will not be accepted from 203.0.113.9, because the ip is in Spamhaus's list", NEVER, "network"),
    (Phase.RCPT, "550 that IP address is not allowed to send", NEVER, "network"),
    (Phase.LOGIN, "525 5.7.1 Unauthorized IP address", NEVER, "network"),
    (Phase.ANSWER, "550 5.7.25 The IP address sending this message does not have a PTR record setup", NEVER, "network"),
    (Phase.MAIL, "550 5.7.1 Access to this mail system from 203.0.113.9 has been rejected due to poor reputation of the IP", NEVER, "network"),
    (Phase.ANSWER, "550 5.7.26 Unauthenticated email from corp.example is not accepted due to domain's DMARC policy.", NEVER, "vouch"),
    (Phase.ANSWER, "550 5.7.509 Access denied, sending domain corp.example does not pass DMARC verification", NEVER, "vouch"),
    (Phase.ANSWER, "550 5.7.515 Access denied, sending domain corp.example doesn't meet the required authentication level", NEVER, "vouch"),
    (Phase.RCPT, "550 5.7.23 The message was rejected because of Sender Policy Framework violation", NEVER, "vouch"),
    (Phase.RCPT, "550 SPF check failed: 203.0.113.9 is not allowed to send mail from corp.example", NEVER, "vouch"),
    (Phase.RCPT, "550 SMTP AUTH is required for message submission on port 587", NEVER, "SMTP user"),
    (Phase.ANSWER, "550 Unauthenticated senders not allowed", NEVER, "SMTP user"),
    (Phase.MAIL, "550 5.7.1 Email sending without SSL/TLS encryption is not allowed", NEVER, "encrypted"),
    (Phase.RCPT, "550 Sender frequency limited", LATER, "limit"),
    (Phase.RCPT, "550 5.7.1 Service unavailable; client [203.0.113.9] blocked using a list", NEVER, "network"),
    (Phase.ANSWER, "550 5.7.1 <a@x.example>: Relay access denied", NEVER, "SMTP user"),
    (Phase.MAIL, "550 account locked", NEVER, "blocked this account"),
]  # fmt: skip
OF_OTHERS = [
    (Phase.ANSWER, "554 5.7.1 Message rejected under suspicion of SPAM; https://help.example/1", "spam|attach|malformed|too large"),
    (Phase.ANSWER, "554 5.7.1 [CS01] Message rejected due to local policy.", "spam|attach|malformed|too large"),
    (Phase.ANSWER, "552 5.7.1 virus Eicar detected", "spam|attach|malformed|too large"),
    (Phase.ANSWER, "550 spam message rejected. Please visit the help page", "spam|attach|malformed|too large"),
    (Phase.ANSWER, "554 DT:SPM 163 smtp9,the message is taken for spam", "spam|attach|malformed|too large"),
    (Phase.ANSWER, "550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant", "spam|attach|malformed|too large"),
    (Phase.ANSWER, "554 Transaction failed 554 Reject due to policy restrictions.", "spam|attach|malformed|too large"),
    (Phase.ANSWER, "550 5.7.1 This message violates corp.example email policy. - gcdp", "spam|attach|malformed|too large"),
    (Phase.RCPT, "550 5.1.1 The email account that you tried to reach does not exist. - gsmtp", "mailbox|recipient|spelled"),
    (Phase.RCPT, "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered", "mailbox|recipient|spelled"),
    (Phase.RCPT, "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", "mailbox|recipient|spelled"),
    (Phase.RCPT, "550 5.7.134 RESOLVER.RST.SenderNotAuthenticatedForMailbox; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this mailbox", "mailbox|recipient|spelled"),
    (Phase.RCPT, "550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", "mailbox|recipient|spelled"),
    (Phase.RCPT, "554 5.2.121 Recipient's per hour message receive limit from this sender exceeded", "mailbox|recipient|spelled"),
    (Phase.RCPT, "550 5.7.507 Access denied, rejected by recipient", "mailbox|recipient|spelled"),
    (Phase.RCPT, "552 5.2.1 <x@alias.example>: Recipient address rejected: User disabled", "mailbox|recipient|spelled"),
    (Phase.RCPT, "550 5.7.1 The user or domain that you are sending to has a policy that prohibited the mail that you sent", "mailbox|recipient|spelled"),
    (Phase.RCPT, "554 5.7.1 <x@corp.example>: Recipient address rejected: Blocked by recipient's own rules", "mailbox|recipient|spelled"),
    (Phase.ANSWER, "552 5.2.2 The recipient's inbox is out of storage space", "mailbox|recipient|spelled"),
    (Phase.RCPT, "451 4.7.1 The recipient has exceeded their message rate limit. Try again later.", "later"),
    (Phase.RCPT, "451 4.7.1 Greylisting in action, please come back later", "later"),
    (Phase.RCPT, "452 4.2.2 The recipient's inbox is out of storage space", "later"),
    (Phase.MAIL, "452 4.3.1 Insufficient system resources", "later"),
    (Phase.ANSWER, "550 5.2.1 <a@x.example> Addressee unknown, relay=[203.0.113.9]", "mailbox"),
    (Phase.ANSWER, "550 No such user (a@x.example)", "mailbox"),
    (Phase.ANSWER, "554 5.7.1 rejected due to a spam URL in content", "spam"),
    (Phase.RCPT, "550 5.7.703 blocked by your organization using Tenant Allow Block List", "recipient"),
    (Phase.RCPT, "450 4.1.1 <a@x.example>: Recipient address rejected: unverified address: not verified yet", "later"),
    (Phase.RCPT, "550 5.7.1 Sender is not authorized to send to this group", "recipient"),
    (Phase.MAIL, "552 5.3.4 Message exceeds outgoing message size limit", "too large"),
    (Phase.RCPT, "450 4.7.1 Client host rejected: Greylisted, come back in a minute", "later"),
]  # fmt: skip
ABOUT_OTHERS = {
    ADVICE[name] for name in
    ("spam", "unwanted", "unknown", "no_mailbox", "full", "for_good", "greylisted", "busy")
}  # fmt: skip


def hear(said: str, phase: Phase) -> AttemptResult:
    return interpret_reply(parse_reply(int(said[:3]), said[4:]), phase)


@pytest.mark.parametrize(("phase", "said", "verdict", "told"), OF_SENDER, ids=[row[1][:50] for row in OF_SENDER])
def test_a_refused_sender_lets_the_account_rest(phase: Phase, said: str, verdict: Verdict, told: str) -> None:
    """Address, account, limit and network: the account rests, the user learns what to do, a limit is waited for."""
    outcome = hear(said, phase)
    assert (outcome.verdict, outcome.pauses_account) == (verdict, True)
    assert told in outcome.fix
    assert outcome.fix not in ABOUT_OTHERS


@pytest.mark.parametrize(("phase", "said", "told"), OF_OTHERS, ids=[row[1][:50] for row in OF_OTHERS])
def test_what_is_about_recipient_or_mail_stops_no_other_mail(phase: Phase, said: str, told: str) -> None:
    """A missing mailbox, the recipient's own rules, a large or unwanted mail: the account goes on."""
    outcome = hear(said, phase)
    assert not outcome.pauses_account
    assert outcome.verdict is (LATER if said.startswith("4") else NEVER)
    assert re.search(told, outcome.fix)


CERTAIN = [
    "SendAsDenied", "Sender address rejected: not owned by user jo", "your account has been suspended",
    "Outgoing mail from jo@x.example has been suspended", "you reached your daily sending limit", "outbound spam",
    "unusual sending activity", "domain x.example is not verified", "DMARC policy", "invoice overdue",
    "Client host rejected", "the from address must match the login", "too many emails per hour",
]  # fmt: skip
PLACES = [Phase.MAIL, Phase.RCPT, Phase.DATA, Phase.BODY, Phase.ANSWER]
PLAIN = st.lists(st.sampled_from(["error", "denied", "5.7.1", "see", "help", "Access", "(AS12)", "host"]), max_size=3)


@given(
    code=st.integers(500, 599).filter(lambda code: code != 556),  # null MX: that code has one meaning
    enhanced=st.tuples(st.integers(0, 7), st.integers(0, 999)).filter(lambda pair: pair not in {(2, 121), (2, 122)}),
    words=st.sampled_from(CERTAIN),
    around=st.tuples(PLAIN, PLAIN),
    phase=st.sampled_from(PLACES),
)
def test_certain_words_win_over_any_code(
    code: int, enhanced: tuple[int, int], words: str, around: tuple[list[str], list[str]], phase: Phase
) -> None:
    """Words that can only mean the sender do so with every code, at every point, whatever else is said."""
    before, after = (" ".join(one) for one in around)
    outcome = hear(f"{code} 5.{enhanced[0]}.{enhanced[1]} {before}: {words}; {after}", phase)
    assert outcome.pauses_account
    assert outcome.fix not in ABOUT_OTHERS


@given(code=st.integers(400, 599), enhanced=st.tuples(st.integers(0, 9), st.integers(0, 999)), text=st.text())
def test_every_point_of_the_conversation_has_an_answer(code: int, enhanced: tuple[int, int], text: str) -> None:
    """Nothing raises, and nothing is without advice, whatever comes."""
    for phase in Phase:
        assert hear(f"{code} {code // 100}.{enhanced[0]}.{enhanced[1]} {text}", phase).fix


def test_every_advice_is_given_by_a_rule() -> None:
    """The file of refusals holds no sentence that no rule uses, and every rule has one."""
    used = {rule.fix for rules in RULES.values() for rule in rules}
    assert used == set(ADVICE.values())


def test_every_row_about_the_sender_lets_the_account_rest() -> None:
    """The table holds no row that burns the other mails one by one."""
    assert all(row.pauses for row in RULES["sender"])


@pytest.mark.parametrize(
    "piece", ["sender ", "your ", "x", "ip ", "from address ", "exceeded a ", "outgoing mail from "]
)
def test_an_endless_answer_is_read_at_once(piece: str) -> None:
    """A server that says 64 KB of half a sentence does not keep the program busy."""
    begun = time.process_time()
    hear("550 " + piece * (64_000 // len(piece)), Phase.ANSWER)
    assert time.process_time() - begun < 0.5
