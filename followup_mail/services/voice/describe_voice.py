"""A voice in sentences: what was understood of the user's mails, and what changes in ours because of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec.structs import asdict

from followup_mail.cadence.wording import say_list
from followup_mail.facts.terms import Tone
from followup_mail.own_voice.closings import fits
from followup_mail.own_voice.manner import NAME_ALONE, Manner, Named
from followup_mail.own_voice.voice import ENOUGH, OwnWord, Voice
from followup_mail.own_voice.voice_file import NAME, KeptVoice

_BY_HAND: Final = tuple(OwnWord.__struct_fields__)


def say_heard(kept: KeptVoice) -> tuple[str, ...]:
    """Return what was understood, a sentence each."""
    return tuple(filter(None, _heard(kept.mails, kept)))


def say_changes(voice: Voice) -> tuple[str, ...]:
    """Return what is different in our mails because of it, a sentence each; empty when nothing is."""
    return tuple(_changes(voice))


def say_more(count: int) -> str:
    """Return how many mails more would help; empty when there are enough."""
    if count >= ENOUGH:
        return ""
    more = ENOUGH - count
    return f"{'One more mail' if more == 1 else 'Two more mails' if more == 2 else 'Three mails'} would make it surer."


def voice_json(kept: KeptVoice | None) -> dict[str, Any]:
    """Return a voice for programs; where none is known, everything in it is empty."""
    voice = kept.voice if kept else Voice()
    return {
        "mails": len(kept.mails) if kept else 0,
        **asdict(voice),
        "heard": say_heard(kept) if kept else (),
        "changes": say_changes(voice),
    }


def _heard(mails: Sequence[Manner], kept: KeptVoice) -> Iterator[str]:
    voice = kept.voice
    if mails:
        yield _say_greeting(mails, voice)
        yield _say_closing([mail.closing for mail in mails])
        yield _say_contractions(mails)
        yield _say_length(voice)
    if voice.register:
        yield f"All in all that is {voice.register}."
    by_hand = [(name, value) for name in _BY_HAND if (value := getattr(kept, name)) not in (None, "", 0)]
    if by_hand:
        yield f"In {NAME} you say: {', '.join(f'{name} {_say_value(value)}' for name, value in by_hand)}."


def _say_value(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _say_greeting(mails: Sequence[Manner], voice: Voice) -> str:
    found = Counter(mail.greeting for mail in mails if mail.greeting).most_common()
    if not found:
        return "None of them greets in a way that is known here."
    word, number = found[0]
    said = f"You greet with {_quote(word)}{_of(number, mails)}{_say_others(found)}"
    if not voice.uses_first_name or word == NAME_ALONE:
        return f"{said}."
    by_name = "by first name" if {mail.named for mail in mails} == {Named.FIRST} else "mostly by first name"
    return f"{said}, {by_name}."


def _say_closing(closings: Sequence[str]) -> str:
    found = Counter(f"{closing}," for closing in closings if closing).most_common()
    if not found:
        return "None of them closes in a way that is known here."
    return f"You close with {_quote(found[0][0])}{_of(found[0][1], closings)}{_say_others(found)}."


def _quote(word: str) -> str:
    return word if word == NAME_ALONE else f'"{word}"'


def _of(number: int, mails: Sequence[object]) -> str:
    return f" in {number} of {len(mails)}" if len(mails) > 1 else ""


def _say_others(found: Sequence[tuple[str, int]]) -> str:
    return f", else with {say_list([_quote(word) for word, _ in found[1:]])}" if found[1:] else ""


def _say_contractions(mails: Iterable[Manner]) -> str:
    used, full = sum(mail.contracted for mail in mails), sum(mail.spelt_out for mail in mails)
    if not used + full:
        return "Nothing tells whether you write I'd or I would."
    habit = "I'd, not I would" if used > full else "I would, not I'd"
    return f"You write {habit}: {max(used, full)} of {used + full} times."


def _say_length(voice: Voice) -> str:
    paragraphs = "one paragraph" if voice.paragraphs == 1 else f"{voice.paragraphs} paragraphs"
    return f"A mail has about {voice.words} words in {paragraphs}, and a sentence {voice.sentence_words}."


def _changes(voice: Voice) -> Iterator[str]:
    if voice.register:
        yield f"They are {voice.register}, where nothing else is asked for."
    if voice.greeting:
        name = " and the first name" if voice.uses_first_name else ""
        yield f'They greet with "{voice.greeting}"{name}.'
    if said := _say_closings(voice.closings):
        yield said
    if voice.register is Tone.FORMAL or voice.contractions is False:
        yield "They say I would, not I'd."
    elif voice.contractions or voice.register is Tone.FRIENDLY:
        yield "They say I'd, not I would."
    if voice.thanks:
        yield f'They say "{voice.thanks} for", not "{"Thank you" if voice.thanks == "Thanks" else "Thanks"} for".'
    if voice.is_brief:
        yield "Long mails leave out the offer to answer questions, since your mails are short."


def _say_closings(closings: Sequence[str]) -> str:
    """Return how mails close: a thankful closing fits only those that ask for something."""
    if not closings:
        return ""
    usual = _first_that_fits(closings, asks=False)
    asking = _first_that_fits(closings, asks=True)
    if usual == asking:
        return f'They close with "{usual},".' if usual else "They close as is usual: your closing fits none of them."
    return f'They close with "{asking}," where they ask for something, {_say_else(usual)}.'


def _say_else(usual: str) -> str:
    return f'else with "{usual},"' if usual else "else as is usual"


def _first_that_fits(closings: Sequence[str], *, asks: bool) -> str:
    fitting = (closing for closing in closings if fits(closing, Tone.FRIENDLY, asks=asks, answers_rejection=False))
    return next(fitting, "")
