"""The filters that prose needs on top of jinja2's own: joining a fact, as a person wrote it, into a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from followup_mail.cadence.wording import say_list
from followup_mail.drafts.own_words import OPENING, is_marked, split_marked, strip_marks
from followup_mail.language.a_or_an import a_or_an
from followup_mail.language.contractions import spell_out
from followup_mail.language.flowing_links import can_be_led
from followup_mail.language.spoken_numbers import say_number
from followup_mail.regex import regex

_SMALL: Final = frozenset(
    """
    a an the this that these those how what why when where who which my your our their his her its as at by for from
    in of on to with without after before because both each every since while although if whether and or
    we you they he she it there here
    """.split()
)
# Capitalised only because they stood at the start of a line, unless a name follows: "Two Sigma", "Running Room".
_PERHAPS_NAMES: Final = frozenset(
    """
    having being working running building leading moving making keeping getting giving taking writing testing teaching
    learning planning hiring managing designing developing closing opening selling buying helping using growing
    measuring migrating automating improving reducing introducing handling finding choosing setting bringing turning
    two three four five six seven eight nine ten eleven twelve some many most all new no not nobody everybody everyone
    people
    """.split()
)
_IN_MY_OWN_WORK: Final = regex(rf"^({OPENING}?)in my own work, ")
_QUESTION: Final = regex(r"(?:how|what|why|when|where|who|which|whether)\s", re.IGNORECASE)


def inline(fact: str) -> str:
    """Return a fact as part of a sentence: no full stop at its end, no capital that it does not need.

    Any capital that may belong to a name ("Kubernetes", "Reading", "Munich") or to "I" stays. A question becomes an
    indirect one: "our conversation about how you work".
    """
    kept = fact.strip()
    kept = kept if kept.endswith("...") else kept.rstrip(" .;,:")
    if _QUESTION.match(kept):
        kept = kept.rstrip(" ?")
    first, blank, rest = kept.partition(" ")
    word = re.split("['\u2019]", first)[0].lower()
    by_place = word in _SMALL or (word in _PERHAPS_NAMES and not rest[:1].isupper())
    return f"{first.lower()}{blank}{rest}" if by_place and first == first.capitalize() else kept


def sentence(fact: str) -> str:
    """Return a fact as a sentence of its own: a capital first, a full stop last unless it ends otherwise."""
    kept = fact.strip()
    if not kept:
        return kept
    ended = kept if re.search(r"[.!?\u2026][\"')\u201d\u2019]?$", kept) else kept + "."
    return ended if re.match(r"[a-z]+[A-Z]", ended) else ended[0].upper() + ended[1:]


def inside(sentence_: str) -> str:
    """Return a sentence as it reads on behind a colon: a capital only where a name or "I" has one."""
    text = sentence_.strip()
    opening = next((piece for piece in split_marked(text) if piece), "")
    plain = strip_marks(opening)
    first, blank, rest = plain.partition(" ")
    small = f"{inline(first)}{blank}{rest}" if first.lower() != first else plain
    return text.replace(plain, small, 1) if first and inline(first) == first.lower() else text


def deed(fact: str) -> str:
    """Return a deed as it reads on behind "about my own work:", which need not be said a second time."""
    return _IN_MY_OWN_WORK.sub(r"\1", inside(fact))


def capital(words: str) -> str:
    """Return words with a capital at the start: "the case study" as the beginning of a subject."""
    text = words.strip()
    at = 1 if is_marked(text) else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def prose(text: str, contracted: object = False) -> str:
    """Return paragraphs written over several lines, each as one line.

    Contractions of the wording ("I'd") are spelt out unless ``contracted``; the words of the user stay as they are.
    """
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text))
    flowing = "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"
    if contracted:
        return flowing
    return "".join(piece if is_marked(piece) else spell_out(piece) for piece in split_marked(flowing))


def article(noun: str) -> str:
    """Return a noun with "a" or "an" before it, going by how English says its first letters."""
    said = noun.strip()
    return f"{a_or_an(said)} {said}" if said else said


def shorten(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of ``text``, ended at a word, without a trailing article or preposition."""
    if len(text) <= limit:
        return text
    cut = text[:limit] if text[limit] in " ,;:" else text[:limit].rpartition(" ")[0] or text[:limit]
    words = cut.split(" ")
    while len(words) > 1 and (words[-1].lower() in _SMALL or not words[-1].strip(",;:()[]-\u2013")):
        words.pop()
    return " ".join(words).rstrip(" ,;:-\u2013([")


def spoken(number: str, country: object = "") -> str:
    """Return a phone number as one says it, digit by digit in groups; without its country code within the country."""
    return say_number(number, str(country) if country else "")


def or_else(fact: object, instead: str) -> object:
    """Return a fact, or other words when it is missing."""
    return fact if fact else instead


def led_by(fact: str, lead: str) -> str:
    """Return a sentence that begins with "I" behind words that turn to it; any other turns by itself, and is whole."""
    return f"{lead} {fact}" if strip_marks(fact).startswith("I ") else capital(fact)


def knowing(fact: str, lead: str) -> str:
    """Return a deed behind a lead that says that one knows the problem; anything else as it is."""
    return f"{lead}: {fact}" if can_be_led(strip_marks(fact)) else capital(fact)


def in_words(items: Iterable[str]) -> str:
    """Return a list as English writes it: "a", "a and b", "a, b and c"."""
    return say_list([*items])


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "inline": inline,
    "sentence": sentence,
    "inside": inside,
    "deed": deed,
    "capital": capital,
    "prose": prose,
    "article": article,
    "shorten": shorten,
    "spoken": spoken,
    "or_else": or_else,
    "led_by": led_by,
    "knowing": knowing,
    "in_words": in_words,
}
