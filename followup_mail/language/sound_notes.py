"""The last gate between a note and a mail: what was built of it, without whatever a reader might stumble over.

A topic must be something that two people talk about, a sentence about the candidate must have a figure, a result or
some length, and everything that the proof-reader can find without its dictionary is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from followup_mail.language.known_words import Known
from followup_mail.language.lexicon import WordClass, classes_of, verb_of, word_list, word_table
from followup_mail.language.note_words import is_name
from followup_mail.language.notes import Note
from followup_mail.regex import regex

_DETERMINERS: Final = frozenset({"the", "your", "a", "an"})
_RELATIVES: Final = frozenset({"that", "which", "who", "where"})
_ASKING: Final = frozenset({"how", "what", "why", "where", "when", "whether"})
_EARLY_ENDS: Final = ("tion", "sion", "ment", "ance", "ence", "ship", "ism")
_CONCRETE: Final = frozenset(
    """
    air arm back bag bail balloon band bank bar base battle bear bed bell bin board boat book boot bottle bottom box
    brush bus bug cap car card cart chain chair coat corner cost cover-up cup dog door drain drum dust egg eye face
    fan farm fence field finger fire fish floor fly foot fork frame fuel garden gas glass glue guard gun hammer hand
    head heart hole hook horse house ice iron jam joke judge key kid knee knife label ladder lamp land leg light line
    link lock man mask match mess milk mind mirror mother mouth mug mushroom nail name neck net nose nurse oil page
    paint pan paper park peg pen people pet phone picture pipe place plant plate pocket point pole pool pot rabbit rain
    ring rock roof room rope row rubber rule sack salt sand saw scale screen screw seal seat shelf shell ship shoe shop
    shoulder side sign skin slice slip smell smoke snow soap space spoon spot stable staff stage stain star state
    station stick stone store strap street string suit sugar sun table tail tank tap tape team tear telephone thing
    thread ticket tie till toe tongue tooth top towel tower toy train tree truck tube tyre vessel voice wall watch water
    wave weather wheel whistle wind window wing wire wood word worm
    """.split()
)
_LONG_ENOUGH: Final = 11
_COUNTED: Final = regex(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|half)\b")
_UNITLESS: Final = regex(r" from (?!(?:19|20)\d\d to )[\d.,]+ to [\d.,]*\d(?: (?:in|within|at|on|by)\b|[.,]|$)")
_HAS_COUNTED: Final = regex(r"[a-z]s (?:went )?from \d")
"""A change of 34 to 28 says nothing unless what changed can be counted: "orphans went from 41 to 0"."""
_STUMBLES: Final = regex(
    r"(?<!, not )\b(?:a|an|the) \w+ ones?[.,]|\bthe only one\b|\balone (?:the|an?) |\bexisting for\b"
    r"|\b(?:my|your) \w+ one\b"
)
"""What points to nothing, compares colleagues, or stands where nobody would put it."""
_STANDING: Final = regex(
    r"^I (?:have|am|speak|hold|can|know|run|keep|maintain)\b|^I [a-z]+ my own\b|\bI have\b|\bsince\b|, "
)
_EXCUSES: Final = regex(r"^I (?:have |had )?(?:only|just|merely)\b|\bI (?:like|love|hope|wish|think)\b")


def sound_note(note: Note, known: Known, *, is_whole: bool = False) -> Note:
    """Return a note with only what is fit for a mail to somebody when nobody was asked.

    ``is_whole`` tells that the sentence about the candidate says all that was noted: then it is theirs to judge.
    """
    return replace(
        note,
        topic=_kept(note.topic, "Thank you for telling me about {}.", known, is_topic),
        quotation=_kept(note.quotation, '"{}"', known),
        mine=_kept(note.mine, "{}", known, _is_sound if is_whole else is_telling),
        yours=_kept(note.yours, "{}", known),
        clause=_kept(note.clause, "You told me that {}.", known),
        thanks_for=_kept(note.thanks_for, "Thank you for {}.", known, _names_all),
    )


def _kept(text: str, frame: str, known: Known, is_fit: Callable[[str], bool] = bool) -> str:
    return text if text and is_fit(text) and reads_well(frame.format(text), known) else ""


@lru_cache(maxsize=512)
def reads_well(sentence: str, known: Known) -> bool:
    """Return whether the proof-reader finds nothing in a sentence that was built."""
    if _STUMBLES.search(sentence):
        return False
    # It compiles a few hundred patterns, which a mail without notes need not wait for.
    from followup_mail.language.proofread import slips_in

    return next(slips_in(sentence, known), None) is None


def _names_all(phrase: str) -> bool:
    """Return whether a phrase does not end on what only the note named: "letting me find it"."""
    return phrase.rsplit(maxsplit=1)[-1] not in {"it", "them", "that", "this", "one"}


def _is_sound(sentence: str) -> bool:
    """Return whether a sentence about the candidate makes no excuse, and names what its figures count."""
    is_unitless = _UNITLESS.search(sentence) and not _HAS_COUNTED.search(sentence)
    return not (_EXCUSES.search(sentence) or is_unitless)


def is_telling(sentence: str) -> bool:
    """Return whether a sentence about the candidate says how much, for how long, with what result, or enough else."""
    names = sum(is_name(word.strip(".,")) for word in sentence.split()[1:])
    is_full = len(sentence.split()) >= _LONG_ENOUGH or names > 1
    return _is_sound(sentence) and bool(is_full or _COUNTED.search(sentence) or _STANDING.search(sentence))


def is_topic(topic: str) -> bool:
    """Return whether a noun phrase names something that two people talk about: not a nickname, a place or a time."""
    words = topic.split()
    if "they" in words[:3]:
        return False
    if words[0].lower() in _ASKING or _is_activity(words) or words == ["your", "team"]:
        return True
    noun = words[words[0] in _DETERMINERS :]
    head, before = _head(noun)
    if not head or any(word.lower() in word_list("nicknames") for word in before) or _is_time(head):
        return False
    if _is_written_out(words, head):
        return True
    if head.lower() in word_list("people") | word_list("vague") | word_list("says_nothing"):
        return False
    return _is_known(head, before)


def _is_activity(words: Sequence[str]) -> bool:
    """Return whether a topic is something that is done: "moving the nightly jobs to streaming"."""
    verb = verb_of(words[0])
    return (
        len(words) > 2
        and verb is not None
        and words[0] == verb.ing
        and not classes_of(words[0])
        & {
            WordClass.MASS,
            WordClass.ADJECTIVE,
        }
    )


def _head(noun: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the head of a noun phrase and the words before it: a preposition or "that" ends it."""
    end = next(
        (
            place
            for place, word in enumerate(noun)
            if word in _RELATIVES or WordClass.PREPOSITION in classes_of(word) or word in {"and", "you"}
        ),
        len(noun),
    )
    return (noun[end - 1], noun[: end - 1]) if end else ("", ())


def _is_time(word: str) -> bool:
    single = word.lower().removesuffix("s")
    return single in word_list("units") | word_list("days") | word_list("months") | word_list("time_nouns")


def _is_written_out(words: Sequence[str], head: str) -> bool:
    """Return whether somebody wrote what the thing is: "the handbook that we work by", "the time that you give"."""
    has_clause = any(word in _RELATIVES | {"you"} for word in words)
    return words[0] in _DETERMINERS and len(words) > 3 and has_clause and head.islower()


def _is_done(noun: str) -> bool:
    """Return whether a noun names what people do, as it is a verb as well: "the weekend cover", "exit interviews"."""
    single = noun.removesuffix("s")
    is_verb = WordClass.BASE in classes_of(single) and WordClass.COUNT in classes_of(single)
    return is_verb and single not in word_list("people") | word_list("roles") | _CONCRETE


def _is_known(head: str, before: Sequence[str]) -> bool:
    lower = head.lower()
    if lower in word_list("topics") or head in word_table("tools").values():
        return True
    if lower in word_list("topic_places"):
        return bool(before) and before[0] not in word_list("numbers")
    is_deed = lower.removesuffix("s").endswith(_EARLY_ENDS) and bool(classes_of(lower))
    is_done = bool(before) and _is_done(lower) and before[0].lower() not in word_list("numbers")
    is_abbreviation = head.isupper() and len(head) > 1 and len(before) < 2
    is_field = WordClass.MASS in classes_of(lower) and (lower.endswith("ing") or bool(before))
    return is_deed or is_field or is_done or (is_abbreviation and is_name(head))
