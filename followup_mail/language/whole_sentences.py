"""Notes that people write as whole sentences: "she said the grain train is always late and nobody found out why".

Such a note has its articles and its verbs already, so that little is to be built: it is cut where the talk goes on to
something else, and said to whom it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from followup_mail.language.lexicon import NOUN_CLASSES, WordClass, classes_of, word_list, word_table
from followup_mail.language.note_words import Part, is_name, is_number, is_shouted, plain_text
from followup_mail.language.turned_words import turn_words
from followup_mail.language.verb_forms import as_participle, as_past, as_third
from followup_mail.regex import regex

_FOR_YEARS: Final = regex(
    r"(\b(?!(?:for|in|of|over|after|the|last|first|past|took|takes|and|to|about|almost)\b)[a-z]+) (\d+ years)\b"
)
_SHORTEST, _LONGEST = 4, 24
_REPORT: Final = regex(
    r"(?i)^(?:(?:he|she|they) )?(?:also |then )?(?:said|says|told me|mentioned|explained|reckons?|thinks?|believes?)"
    r"(?: to me)? (?:that )?(?=\S+ \S+ )"
)
_FORGOT: Final = regex(
    r"(?i)^(?:i )?(?:forgot to (?:say|mention|tell (?:him|her|them))|(?:did not|didn't|never) (?:say|mention|said|told "
    r"(?:him|her|them))|should have (?:said|mentioned))(?: that)? (?=\S+ \S+ )"
)
_HOUR: Final = regex(r"(?i)\b(\d{1,2}) ?([ap])\.m\.?(?=\s|$)")
_SAINT: Final = regex(r"\b(St|Mt|Dr|Mr|Mrs|Ms|Prof)\. (?=[A-Z])")
_IT_IS: Final = regex(r"\bits(?= (?:the|a|an|not|always|all|too|only|just|never|because)\b)")
_HAVE_SINCE: Final = regex(r"\bI have (?=(?:an?|the|my)\b(?! had)[^,]* since (?:19|20)\d\d)")
_SENTENCE_ENDS: Final = regex(r"[.!](?:\s|$)")
_PART_ENDS: Final = regex(r"\s*([,;:()\[\]]|\s[-–—]+(?=\s)|--|–|—)\s+")
_BARE: Final = {
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't", "wasnt": "wasn't", "cant": "can't",
    "couldnt": "couldn't", "wont": "won't", "wouldnt": "wouldn't", "havent": "haven't", "hasnt": "hasn't",
    "hadnt": "hadn't", "arent": "aren't", "werent": "weren't", "im": "I'm", "ive": "I've", "thats": "that's",
    "theres": "there's", "somebodys": "somebody's", "i": "I",
}  # fmt: skip
_GOES_ON: Final = frozenset("and then so but only because when while where which who until before after".split())
_CUT_BEFORE: Final = frozenset({"and", "but", "so", "because"})
_FUNCTION: Final = frozenset("a an the that which who when what how because my your his her their our".split())
_FIRST: Final = frozenset({"i", "me", "my", "we", "us", "our", "mine"})
_QUOTED: Final = regex(r'(?:(?:(?:he|she|they) )?(?:said|says)[,:]? )?"(?P<words>[^"]+)"\.?', 2)
_THEIR_OWN: Final = {
    "we": "you", "i": "you", "our": "your", "my": "your", "us": "you", "me": "you", "ourselves": "yourselves",
    "myself": "yourself", "mine": "yours", "ours": "yours", "i'm": "you are", "we're": "you are", "i've": "you have",
    "we've": "you have", "i'd": "you would", "we'd": "you would", "i'll": "you will", "we'll": "you will",
}  # fmt: skip
_SUBJECTS: Final = frozenset({"he", "she", "they"})
_WORD: Final = regex(r"[$€£]?[^\W_](?:[\w'&.%,/:-]*[\w%])?|\d{1,3}(?:,\d{3})+")
_NO_VOWEL: Final = regex(r"(?i)^[^aeiouyà-ÿ\d&%.'$€£-]{3,}$")
_UNTOLD: Final = frozenset(
    "asked wanted asks nodded laughed looked seemed looks seems forgot got gets thought left was promised offered "
    "interviewed met said smiled sounded".split()
)
"""What somebody did that is nothing to tell them: how they looked, and that they asked."""


class Whole(Struct, frozen=True):
    """What a whole sentence about the reader gives; each empty where it gives nothing."""

    yours: str = ""
    """A sentence to them: "You do one night shift a month yourself."."""
    clause: str = ""
    """What they told, as it follows "You told me that"."""


@lru_cache(maxsize=256)
def whole_of_reader(text: str) -> Whole:
    """Return what a note that is a whole sentence says of the reader, or of what they told."""
    if quoted := _QUOTED.fullmatch(plain_text(text).strip()):
        return Whole(clause=_said_by_them(quoted["words"]))
    parts = _parts(text)
    return _told(parts) if parts and _is_written_out(parts[0].words) else Whole()


def _told(parts: Sequence[Part]) -> Whole:
    first = " ".join(parts[0].words)
    reported = _REPORT.match(first)
    if reported:
        words = first[reported.end() :].split()
        if words[0].lower() not in _SUBJECTS and not _has_verb_behind_thing(words):
            return Whole()
        return Whole(clause=_first_fit(_with_tails(words, parts[1:]), is_theirs=False))
    subject = parts[0].words[0].lower()
    if subject in _SUBJECTS:
        said = _first_fit(_with_tails(parts[0].words, parts[1:]), is_theirs=False)
        is_told = said and _verb_behind(parts[0].words) not in _UNTOLD
        return Whole(yours=f"Y{said[1:]}." if is_told and said.startswith("you ") else "")
    if _has_verb_behind_thing(parts[0].words) and not _may_be_of_another(parts[0].words):
        return Whole(clause=_in_mid_sentence(_first_fit(_with_tails(parts[0].words, parts[1:]), is_theirs=False)))
    return Whole()


def _said_by_them(quoted: str) -> str:
    """Return what they said of themselves, said to them: "We have 340 objects" is "you have 340 objects"."""
    words = _spelt_words(quoted.rstrip(".!"))
    small = [word.lower() for word in words]
    if not _SHORTEST <= len(words) <= _LONGEST or small[:1] not in (["we"], ["i"]) or {"you", "your"} & {*small}:
        return ""
    if any(mark in quoted[:-1] for mark in ".!?;:") or not all(map(_can_stand, words)):
        return ""
    said = [
        _THEIR_OWN.get(word.rstrip(","), "") + "," * word.endswith(",") or raw
        for word, raw in zip(small, words, strict=True)
    ]
    said = ["are" if word in {"am", "is"} and said[at - 1] == "you" else word for at, word in enumerate(said)]
    return " ".join("were" if word == "was" and said[at - 1] == "you" else word for at, word in enumerate(said))


@lru_cache(maxsize=256)
def whole_liked(text: str) -> str:
    """Return what a note on somebody says they did, where it begins with the verb: "you went out with a leak crew"."""
    parts = _parts(text)
    words = parts[0].words if parts else ()
    if not _is_written_out(words) or words[0].lower() in _SUBJECTS | _UNTOLD or not _is_verb_first(words):
        return ""
    said = _first_fit(_with_tails(words, parts[1:]), is_theirs=True)
    return f"you {said[0].lower()}{said[1:]}" if said else ""


@lru_cache(maxsize=256)
def whole_of_mine(text: str) -> str:
    """Return a note of the candidate's that is a whole sentence: "At Msunduzi I put the clerks at one table."."""
    stripped = _FORGOT.sub("", plain_text(text))
    parts = _parts(stripped)
    words = parts[0].words if parts else ()
    if len(words) > 1 and words[0].lower() == "have" and as_participle(words[1]):
        words = ("I", "have", *words[1:])
    has_me = bool({"I", "my"} & {*words[:5]}) or bool(_FORGOT.match(plain_text(text)) and _has_verb_behind_thing(words))
    if not has_me or not _is_written_out(words) or _SUBJECTS & {word.lower() for word in words}:
        return ""
    said = next((said for said in _with_results(words, parts[1:]) if len(said) <= _LONGEST + 4), ())
    if not said or any(word.lower() in {"you", "your"} for word in said) or not all(map(_can_stand, said)):
        return ""
    text = had_since(" ".join(said))
    return f"{text[0].upper()}{text[1:]}."


def had_since(sentence: str) -> str:
    """Return "I have had the licence since 2019" for "I have the licence since 2019"."""
    return _HAVE_SINCE.sub("I have had ", sentence)


def _parts(text: str) -> list[Part]:
    """Return the parts of the first sentence of a note, its words as they are written."""
    plain = _IT_IS.sub("it's", _SAINT.sub(r"\1 ", _HOUR.sub(r"\1 \2m", plain_text(text))))
    first = _SENTENCE_ENDS.split(plain)[0]
    if '"' in first or "?" in plain[: len(first) + 1] or is_shouted(plain):
        return []
    cut = _PART_ENDS.split(first)
    marks = ("", *(mark.strip() for mark in cut[1::2]))
    parts = [Part(mark, _spelt_words(words)) for mark, words in zip(marks, cut[::2], strict=True)]
    ends = next(
        (at for at, part in enumerate(parts) if not part.words or (at and part.mark not in {",", ";", ":"})), len(parts)
    )
    return parts[:ends]


def _spelt_words(text: str) -> tuple[str, ...]:
    return tuple(map(_spelt, text.split()))


def _spelt(word: str) -> str:
    """Return a word with its apostrophe, or spelt out, where a note leaves no doubt."""
    spelt = word_table("short_forms").get(word.lower(), "")
    is_sure = spelt.islower() and word.isalnum() and not classes_of(word.lower())
    return _BARE.get(word) or (spelt if is_sure else word)


def _is_written_out(words: Sequence[str]) -> bool:
    """Return whether somebody wrote a sentence: it has its small words, and a verb."""
    small = {word.lower() for word in words}
    has_verb = any(WordClass.AUXILIARY in classes_of(word) or as_past(word) or as_third(word) for word in words)
    return len(words) >= _SHORTEST and not _FUNCTION.isdisjoint(small) and has_verb and not {"you", "your"} & small


def _with_tails(words: Sequence[str], later: Sequence[Part]) -> Iterator[tuple[str, ...]]:
    """Yield the words with as many of the later parts as go on with them, then fewer, then cut before a joint."""
    whole = [tuple(words)]
    for part in later:
        first = part.words[0].lower()
        if part.mark != "," or not (first in _GOES_ON or (first.endswith("ed") and first not in _FUNCTION)):
            break
        whole.append((*whole[-1][:-1], f"{whole[-1][-1]},", *part.words))
    yield from reversed(whole)
    cuts = [at for at, word in enumerate(words) if word.lower() in _CUT_BEFORE and at >= _SHORTEST]
    yield from (tuple(words[:at]) for at in reversed(cuts))


def _with_results(words: Sequence[str], later: Sequence[Part]) -> Iterator[tuple[str, ...]]:
    """Yield a sentence of the candidate's with what came of it behind a semicolon, and without."""
    following = later[0].words if later and later[0].mark == ";" else ()
    if following and _has_verb_behind_thing(following):
        yield (*words[:-1], f"{words[-1]},", "and", *following)
    if later and later[0].mark == ":" and not _has_verb_behind_thing(following or later[0].words):
        listed = ", ".join(" ".join(part.words) for part in later)
        yield (*words[:-1], f"{words[-1]}:", *listed.split())
    yield from _with_tails(words, later)


def _first_fit(candidates: Iterator[tuple[str, ...]], *, is_theirs: bool) -> str:
    for words in candidates:
        if (
            not _SHORTEST - is_theirs <= len(words) <= _LONGEST
            or not all(map(_can_stand, words))
            or _is_open(words[-1])
        ):
            continue
        said = turn_words([word.rstrip(",") for word in words], is_theirs=is_theirs)
        if said is None or len(said) != len(words) or _is_of_others(words):
            continue
        spoken = " ".join(f"{word}," if raw.endswith(",") else word for word, raw in zip(said, words, strict=True))
        return _FOR_YEARS.sub(r"\1 for \2", spoken)
    return ""


def _is_of_others(words: Sequence[str]) -> bool:
    """Return whether a sentence speaks of "we", or of the candidate as the subject: that is for them to say."""
    small = [word.lower().rstrip(",") for word in words]
    return small[0] in _FIRST or not {"we", "us", "our"}.isdisjoint(small) or "i" in small


def _may_be_of_another(words: Sequence[str]) -> bool:
    """Return whether "her" may be somebody named in the sentence: "the head nurse has no patients of her own"."""
    small = {word.lower() for word in words}
    names = word_list("people") | word_list("roles") | word_list("jobs")
    has_name = any(word.endswith(("'s", "s'")) and is_name(word.rstrip("s'")) for word in words)
    return has_name or (
        not {"his", "her", "him", "himself", "herself"}.isdisjoint(small) and not names.isdisjoint(small)
    )


def _can_stand(word: str) -> bool:
    bare = word.rstrip(",:")
    if not _WORD.fullmatch(bare) or bare in {"n", "b", "u", "r"}:
        return False
    return bool(classes_of(bare)) or is_name(bare) or is_number(bare) or not _NO_VOWEL.match(bare)


def _is_open(word: str) -> bool:
    classes = classes_of(word)
    return (
        bool(classes & {WordClass.CONJUNCTION, WordClass.DETERMINER, WordClass.POSSESSIVE})
        and not classes & NOUN_CLASSES
    )


def _verb_behind(words: Sequence[str]) -> str:
    return next((word.lower() for word in words[1:] if WordClass.ADVERB not in classes_of(word)), "")


def _is_verb_first(words: Sequence[str]) -> bool:
    first, second = words[0].lower(), words[1].lower()
    is_verb = as_past(first) is not None or WordClass.PAST in classes_of(first) or as_third(first) is not None
    is_noun = bool(classes_of(first) & {WordClass.PLURAL, WordClass.ADJECTIVE})
    leads = bool(
        classes_of(second) & {WordClass.DETERMINER, WordClass.PREPOSITION, WordClass.POSSESSIVE, WordClass.PRONOUN}
    )
    return is_verb and second not in {"of", "is", "are"} and (not is_noun or leads)


def _has_verb_behind_thing(words: Sequence[str]) -> bool:
    """Return whether a sentence begins with a thing, or people, and says what they are or do."""
    first = words[0].lower()
    opens = bool(classes_of(first) & {WordClass.DETERMINER, WordClass.POSSESSIVE, *NOUN_CLASSES, WordClass.ADJECTIVE})
    is_deed = WordClass.PAST in classes_of(first) or as_past(first) is not None
    if is_deed or first in _FIRST | _SUBJECTS | {"it", "this", "that", "there"} or not (opens or is_name(words[0])):
        return False
    at = next((at for at, word in enumerate(words) if at and _is_sure_verb(word.lower(), words[at - 1])), 0)
    return 0 < at < len(words) - 1


def _is_sure_verb(word: str, before: str) -> bool:
    classes = classes_of(word)
    if before.lower() in {"to", "who", "that", "which", "the", "a", "an"}:
        return False
    if WordClass.AUXILIARY in classes or word in word_list("modals"):
        return True
    is_verb = as_past(word) is not None or as_third(word) is not None
    return is_verb and not classes & {*NOUN_CLASSES, WordClass.ADJECTIVE, WordClass.PARTICIPLE}


def _in_mid_sentence(said: str) -> str:
    """Return a sentence without the capital that only its beginning has, and with its article."""
    if not said:
        return ""
    first, _, rest = said.partition(" ")
    said = f"{first.lower()} {rest}" if classes_of(first.lower()) and not first.isupper() else said
    lacks = WordClass.COUNT in classes_of(first) and not classes_of(first) & {WordClass.MASS, WordClass.DETERMINER}
    return f"the {said}" if lacks else said
