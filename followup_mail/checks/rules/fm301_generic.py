"""FM301: a mail that could have been written before the interview."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.concrete_words import concrete_stems, says_what_about
from followup_mail.checks.parsed_mail import ParsedMail
from followup_mail.checks.rule import ERROR, FOLLOW_UPS, THANKS, Rule, Spot, first_sentence, in_body
from followup_mail.checks.samples import Sample
from followup_mail.checks.stock_words import is_stock, stem
from followup_mail.checks.topics import names_a_fact

ENOUGH = 4
"""Different words that tell of something; a note about one conversation has a dozen."""
PLENTY = 9
"""Below this, they may tell of anything when the facts tell of a conversation and nothing of it is here."""
_DENSE = 0.12
"""The share of such words of which a mail is made that tells of something, however short."""
_TOLD_TOO = 2
"""A word that the facts have too counts for so many more."""


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if mail.context.step and mail.context.step.thanks_all:  # To a coordinator, who sat in none of the conversations.
        return
    if len(mail.core_words) < 12 or names_a_fact(mail):
        return
    if not _tells_enough(mail):
        yield in_body(
            mail,
            first_sentence(mail),
            "Nothing in this mail comes from your conversation; you could have written it before you met.",
        )


def _tells_enough(mail: ParsedMail) -> bool:
    """Return whether the mail tells of so much that it is about something that the facts do not have."""
    own = concrete_stems(mail)
    told = {stem(word) for word in mail.known.topics if not is_stock(word)}
    weight = len(own) + _TOLD_TOO * len(own & told)
    if mail.context.facts is None and says_what_about(mail):
        return True
    return weight >= (PLENTY if told else ENOUGH) or len(own) > max(2, _DENSE * len(mail.core_words))


RULE = Rule(
    code="FM301",
    name="generic",
    severity=ERROR,
    looks_for="No topic, remark or detail of the conversation: only what any note says.",
    why="G0, G3: name something from the meeting. It shows that you listened, and reminds them who you are.",
    fix="Say in a sentence of your own what you thank this person for: followup-mail ask NAME",
    fix_saved="Say in a sentence of your own what you thank this person for.",
    bad=Sample(
        "Thank you for taking the time to meet with me about the Data Engineer position. I enjoyed learning more about "
        "the role and the company. I am very excited about this opportunity and believe that my skills and experience "
        "are a great match. I look forward to hearing from you.",
        kind="thank_you",
    ),
    good=Sample(
        "Thank you for taking the time to meet with me. How each of your teams owns its pipelines, alarms and all, is "
        "what I have been looking for since the freight company.",
        kind="thank_you",
    ),
    inspect=_inspect,
    kinds=THANKS | FOLLOW_UPS,
)
