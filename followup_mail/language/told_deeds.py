"""What the candidate did, from a note that the grammar does not know every word of: "I rebuilt a dobby head".

``own_sentences`` and ``note_clauses`` ask that each word has its place in their grammar. Here only the frame has to be
sure: the note begins with a verb in the past, and what follows has its articles. Its later parts are for
``deed_tails``; where one of them changes what the note says, nothing is said at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from followup_mail.language.deed_articles import fill_articles
from followup_mail.language.deed_figures import spoken_figures, with_changes
from followup_mail.language.deed_tails import Joint, Tail, read_tail
from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, verb_of, word_list
from followup_mail.language.note_articles import DETERMINERS, NUMBER_WORDS
from followup_mail.language.note_spans import filled_in_measures
from followup_mail.language.note_words import (
    Part,
    first_sentence,
    is_name,
    is_number,
    is_shouted,
    is_written_short,
    parts_of,
    plain_text,
    written_small,
)
from followup_mail.language.verb_forms import as_past
from followup_mail.language.verb_phrases import may_be_passive
from followup_mail.regex import regex

_SHORTEST, _LONGEST = 3, 20
_LONGEST_SENTENCE: Final = 32
_OTHERS: Final = frozenset(
    "he she him her his hers himself herself me they them their theirs you your we us somebody someone nobody".split()
)
_WORD: Final = regex(r"[^\W_](?:[\w'&.%/:-]*[\w%])?")
_YEAR: Final = regex(r"(?:19|20)\d\d")
_AMERICAN: Final = {"learnt": "learned", "spelt": "spelled", "burnt": "burned", "dreamt": "dreamed", "leant": "leaned"}
_PARTICLES: Final = frozenset({"on", "up", "out", "over", "off", "down", "back"})
_FIELDS: Final = frozenset("taught played studied learned learnt practised practiced spoke".split())
_NOT_A_DEED: Final = frozenset("was were been had got felt thought said told asked heard knew meant left lost".split())
"""Not deeds, or nothing to tell; "left" and "lost" are for the person to put into words."""


@lru_cache(maxsize=256)  # each note is asked for as a strength, as a point, and in every mail
def told_deed(text: str) -> str:
    """Return a note on what the candidate did as a sentence with what came of it; nothing where the frame is unsure."""
    plain = first_sentence(plain_text(text))
    if '"' in plain or "?" in plain or is_shouted(plain):
        return ""
    parts = [Part(part.mark, tuple(written_small(word, plain) for word in part.words)) for part in parts_of(plain)]
    head = _deed(parts[0].words) if parts else ()
    tails = [read_tail(part, parts[0].words) for part in parts[1:]] if head else []
    if not head or any(tail is None for tail in tails):
        return ""
    said = _joined(head, [tail for tail in tails if tail and tail.words])
    return f"{said}." if len(said.split()) <= _LONGEST_SENTENCE else ""


def _deed(words: Sequence[str]) -> tuple[str, ...]:
    """Return what follows "I", with the articles that notes leave out; nothing where a verb or a word is not sure."""
    words = [word.lower() if word == "I" else word for word in words]
    words = words[:-1] if words[-1:] == ["too"] else words
    words = with_changes(words[1:] if words[:1] == ["i"] else words)
    once, words = "once" in words[1:], [word for at, word in enumerate(words) if not (at and word == "once")]
    if not _SHORTEST <= len(words) <= _LONGEST or not is_deed(words) or not all(map(can_stand, words)):
        return ()
    rest = filled_in_measures(words[0], words[1:])
    if _ends_in_year(rest):
        return ()
    said = fill_articles(spoken_figures(rest), opens_with_object=words[0] not in _FIELDS)
    return ("I", *(("once",) if once else ()), words[0], *said) if said and not _ends_open(said[-1]) else ()


def _ends_in_year(words: Sequence[str]) -> bool:
    """Return whether a year stands last that may be when it was, or what it was for: "wrote the snow plan 2025"."""
    if len(words) < 2 or not _YEAR.fullmatch(words[-1]):
        return False
    leads = WordClass.PREPOSITION in classes_of(words[-2]) or words[-2].lower() in word_list("months")
    return not leads


def can_stand(word: str) -> bool:
    """Return whether the sentence can have a word as it is written: it names no person, and is not written short."""
    if word.lower() in _OTHERS or word in {"n", "w", "u", "r", "b"} or not (_WORD.fullmatch(word) or is_number(word)):
        return False
    return bool(classes_of(word)) or is_name(word) or is_number(word) or not is_written_short(word)


def _ends_open(word: str) -> bool:
    classes = classes_of(word)
    opens = {WordClass.PREPOSITION, WordClass.CONJUNCTION, WordClass.DETERMINER, WordClass.POSSESSIVE}
    return bool(classes & opens) and not classes & {*NOUN_CLASSES, WordClass.ADVERB}


def is_deed(words: Sequence[str]) -> bool:
    """Return whether a note begins with what somebody did: a verb in the past, and not an adjective of what follows."""
    first, second = words[0], words[1]
    verb = as_past(first) or verb_of(_AMERICAN.get(first, first))
    is_past = verb is not None and _AMERICAN.get(first, first) == verb.past
    is_auxiliary = WordClass.AUXILIARY in classes_of(first) and not (first == "did" and second in {"a", "an", "the"})
    is_untold = first in _NOT_A_DEED | word_list("not_to_tell") and not (first == "got" and _is_change(words))
    if is_untold or is_auxiliary:
        return False
    if second in {"of", "is", "are", "was", "were"} or (may_be_passive(first, words[1:]) and not _is_done_alone(first)):
        return False
    is_object = second.lower() in DETERMINERS | NUMBER_WORDS | _PARTICLES or is_number(second)
    if is_object or WordClass.POSSESSIVE in classes_of(second):
        return is_past or (first.endswith("ed") and not classes_of(first))
    if verb is None or not is_past:
        return False
    if verb.base == verb.past or classes_of(first) & {*NOUN_CLASSES, WordClass.ADJECTIVE}:
        # "Cut flowers", "set menu", "found objects"; not "cut waste from 9% to 5%".
        return verb.base == verb.past and bool({"from", "by"} & {*words[2:]})
    is_twofold = second == "and" and as_past(words[2]) is not None
    return is_twofold or not _may_describe(first, second)


def _is_change(words: Sequence[str]) -> bool:
    """Return whether something went from one figure to another: "got liners from 10 to 17 weeks"."""
    return "from" in words and "to" in words and any(map(is_number, words))


def _is_done_alone(verb: str) -> bool:
    """Return whether one does it without an object: "interpreted at a court"."""
    return verb in word_list("without_object") | word_list("own_deeds")


def _may_describe(first: str, second: str) -> bool:
    """Return whether a participle may describe what follows: "laminated doughs", "coloured tracker"."""
    if not first.endswith(("ed", "ought", "own", "oken", "en")) or is_name(second):
        return False
    return first not in word_list("own_deeds") and WordClass.PREPOSITION not in classes_of(second)


def _joined(head: Sequence[str], tails: Sequence[Tail]) -> str:
    """Return the deed with its tails: what belongs to it first, then what there was of it, then what came of it."""
    by_joint = {joint: [tail.words for tail in tails if tail.joint is joint] for joint in Joint}
    said = " ".join((*head, *by_joint[Joint.OF_THE_DEED]))
    for described in by_joint[Joint.DESCRIBED][:1]:
        said += f", {described}"
    if having := by_joint[Joint.WITH][:2]:
        said += f", with {' and '.join(having)}"
    if listed := by_joint[Joint.LISTED]:
        return f"{said}: {listed[0]}" if "," not in said else said
    results = [*by_joint[Joint.CAME_OF_IT][:1], *by_joint[Joint.ALSO_DID][:1]]
    if results:
        is_same = len(results) == 1 and bool(by_joint[Joint.ALSO_DID]) and "," not in said
        said += f"{'' if is_same else ','} and {', and '.join(results)}"
    return said
