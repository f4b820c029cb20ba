"""How a mail addresses its reader: register, greeting, contractions and closing, by the facts and the user's voice.

What the facts say about somebody comes first, then what their title or their country asks for, then how the user
writes, then what is usual there.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from followup_mail.cadence.kinds import Kind
from followup_mail.facts.names import full_name, short_name
from followup_mail.facts.people import Person, is_go_between
from followup_mail.facts.terms import Tone
from followup_mail.facts.tone import greeting, tone_of
from followup_mail.own_voice.closings import fits, is_thankful
from followup_mail.own_voice.voice import Voice

_SINCERELY: Final = frozenset({"US", "CA", "PH"})


class Addressing(Struct, frozen=True):
    """Who is addressed, and who writes."""

    person: Person
    company: str
    country: str | None
    """The recipient's."""
    kind: Kind | None = None
    """What the mail is for; None: for nothing of which the closing depends."""
    voice: Voice | None = None
    """How the user writes, if that is known."""

    def facts(self) -> dict[str, object]:
        """Return what templates have of it, by name."""
        tone, voice = self._tone, self._voice_in_register
        line, closing = self._greeting(tone, voice), self._closing(tone)
        return {
            "addressee": line.partition(" ")[2],
            "full_name": self.person.name,
            "at_theirs": f"at {self.company}" if is_go_between(self.person) else "with you",
            "greeting": line,
            "tone": str(tone),
            "friendly": tone is Tone.FRIENDLY,
            "formal": tone is Tone.FORMAL,
            "contracted": _is_contracted(tone, voice),
            "thanks": voice.thanks or ("Thanks" if tone is Tone.FRIENDLY else "Thank you"),
            "sign_off": f"{closing}," if closing else _sign_off(tone, self.country),
            "closes_with_thanks": is_thankful(closing),
            "letter_sign_off": "Sincerely," if self.country in _SINCERELY else "Yours sincerely,",
            "country": self.country,
        }

    @property
    def _tone(self) -> Tone:
        asked = tone_of(self.person, self.country)
        return asked if self._is_settled(asked) or not self._voice.register else self._voice.register

    @property
    def _voice(self) -> Voice:
        return self.voice or Voice()

    def _is_settled(self, asked: Tone) -> bool:
        """Return whether the register is not the user's to choose: the facts say it, or politeness does."""
        return bool(self.person.tone) or asked is Tone.FORMAL

    @property
    def _voice_in_register(self) -> Voice:
        """Return the voice where it may show in more than the closing: an empty one where another register is asked."""
        asked = tone_of(self.person, self.country)
        is_ours = not self._is_settled(asked) or asked is self._voice.register
        return self._voice if is_ours else Voice()

    def _greeting(self, tone: Tone, voice: Voice) -> str:
        """Return the first line; "Hello" and "Hi" are never for the formal register, nor for a full name."""
        word, _, name = greeting(self.person, tone, self.country).partition(" ")
        asked = self.person.address_as
        if voice.uses_first_name and not asked and not self._is_settled(tone_of(self.person, self.country)):
            name = short_name(self.person.name, self.country)
        is_close = asked or " " not in name or name != full_name(self.person.name, self.country)
        return f"{voice.greeting if voice.greeting and is_close and tone is not Tone.FORMAL else word} {name}"

    def _closing(self, tone: Tone) -> str:
        """Return the first closing of the user's that fits this mail; empty for none."""
        traits = self.kind.traits if self.kind else None
        asks, answers = bool(traits and traits.asks), bool(traits and traits.answers_rejection)
        found = (said for said in self._voice.closings if fits(said, tone, asks=asks, answers_rejection=answers))
        return next(found, "")


def _is_contracted(tone: Tone, voice: Voice) -> bool:
    if tone is Tone.FORMAL:
        return False
    return tone is Tone.FRIENDLY if voice.contractions is None else voice.contractions


def _sign_off(tone: Tone, country: str | None) -> str:
    """Return the words above the signature, as they are used there."""
    if tone is not Tone.FORMAL:
        return "Best regards," if tone is Tone.NEUTRAL else "Best,"
    return "Sincerely," if country in _SINCERELY else "Kind regards,"
