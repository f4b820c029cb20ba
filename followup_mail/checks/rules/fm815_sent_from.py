"""FM815: an advertisement for a device or a program."""

from __future__ import annotations

from collections.abc import Iterable

from followup_mail.checks.parsed_mail import ParsedMail, TextSpan
from followup_mail.checks.prose import word_set
from followup_mail.checks.rule import WARNING, Rule, Spot, in_body
from followup_mail.checks.samples import Sample
from followup_mail.regex import regex

_SENT = word_set("sent gesendet envoyé enviado inviato verzonden skickat verstuurd wysłane get verschickt")
_LINE = regex(
    r"(?m)^[ >*_-]*(?:sent|gesendet|envoyé|enviado|inviato|verzonden|skickat|verstuurd|wysłane)\s+"
    r"(?:from|von|vom|depuis|de|desde|mit|da|van|från|vanaf|z|via|with|using)\s+(?:my|meinem|mon|mi|mijn|min|the|a|dal|mio|outlook|yahoo|mail|"
    r"gmail|proton\s?mail|samsung|iphone|ipad|android|blackberry|aol|gmx|superhuman|spark|tutanota|windows)\b[^\n]{0,80}$|"
    r"(?m:^)[ ]*get outlook for (?:ios|android|mac)[^\n]{0,40}$|"
    r"(?m:^)[ ]*(?:sent with|verschickt mit) [^\n]{1,60}(?:secure email|mail app)[^\n]{0,20}$"
)


def _inspect(mail: ParsedMail) -> Iterable[Spot]:
    if not mail.body.has_any(_SENT):
        return
    for match in _LINE.finditer(mail.body.plain):
        yield in_body(mail, TextSpan(*match.span()), "'{words}' advertises a product, and makes the mail look hasty.")


RULE = Rule(
    code="FM815",
    name="sent-from",
    severity=WARNING,
    looks_for="'Sent from my iPhone', 'Get Outlook for iOS'.",
    why="It says that you wrote the mail in passing.",
    fix="Delete the line, and switch it off in the settings of your mail program.",
    bad=Sample(
        text="Dear Dr. Okafor,\n\nThank you for the talk about the nightly jobs.\n\nBest regards,\nSam Rivera\n\n"
        "Sent from my iPhone"
    ),
    good=Sample("The readings are sent from my old station by radio, which is why the nightly jobs interest me."),
    inspect=_inspect,
)
