"""Whether a mail tells again, in other words, what an earlier one told: the same things, or the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from followup_mail.checks.figures import NUMBER_STEMS, figures
from followup_mail.checks.paraphrase import ENOUGH, likeness, telling, with_meanings
from followup_mail.checks.parsed_mail import ParsedMail, TextSpan, parse_text
from followup_mail.checks.prose import word_set, words_of
from followup_mail.checks.rule import SECOND_NOTES
from followup_mail.checks.text_overlap import content

_OWN: Final = word_set("i i'd i've we we'd we've my mine our ours me us")
_YOURS: Final = word_set("you your yours you'd you've you're")
_SHARE: Final = 0.5
_FEWEST: Final = 4
"""So many things of an earlier point, and at least half of them, make it the same point."""
_FEWEST_COUNTED: Final = 5
"""A point of fewer things is compared as if it had so many."""
_TELLING_FIGURE: Final = 6
_OWN_FIGURE: Final = 100
"""A figure that large is hardly in two mails by chance."""
_WINDOW: Final = 2
_LOOKED_AT: Final = 200
_TOLD_IN: Final = 3
"""So many sentences in a row of the mail are compared with a point."""
_SENTENCES: Final = 60


class Point(Struct, frozen=True):
    """A sentence of an earlier mail, or two together, in which the sender tells of themselves."""

    text: str
    things: frozenset[str]
    figures: frozenset[int]


def retold(mail: ParsedMail, aside: frozenset[str], known: frozenset[int]) -> Iterator[TextSpan]:
    """Yield the sentences that tell an earlier point again; what is ``aside`` or ``known`` may come back."""
    points = [point for text in mail.context.said_before for point in points_of(text)][:_LOOKED_AT]
    things = _things(mail.plain(mail.core))
    counted = _own_figures(mail.plain(span) for span in mail.sentences) - known
    for point in points:
        if _is_retold(point, things, counted, aside):
            shared = (point.things & things) - aside
            yield max(mail.sentences, key=lambda span: _weight(mail.plain(span), shared, point.figures & counted))
            return
    if mail.context.kind is None or mail.context.kind in SECOND_NOTES:
        yield from _in_other_words(mail, points, with_meanings(aside), known)


def _in_other_words(
    mail: ParsedMail, points: Sequence[Point], aside: frozenset[str], known: frozenset[int]
) -> Iterator[TextSpan]:
    """Yield the sentences that tell a point again of which hardly a word came back."""
    spans = mail.sentences[:_SENTENCES]
    for at in range(max(1, len(spans) - _TOLD_IN + 1)):
        told = spans[at : at + _TOLD_IN]
        other = telling(" ".join(mail.plain(span) for span in told))
        for point in points:
            if likeness(telling(point.text), other, aside, known) >= ENOUGH:
                yield max(told, key=lambda span: likeness(telling(point.text), telling(mail.plain(span)), aside, known))
                return


@lru_cache(maxsize=256)
def points_of(text: str) -> tuple[Point, ...]:
    """Return what an earlier mail tells of its sender."""
    mail = parse_text(text)
    sentences = [mail.plain(span) for span in mail.sentences]
    windows = [
        sentences[at : at + length]
        for at in range(len(sentences))
        for length in range(1, _WINDOW + 1)
        if at + length <= len(sentences)
    ]
    own = [window for window in windows if not _OWN.isdisjoint(words_of(" ".join(window)))]
    return tuple(Point(" ".join(window), _things(" ".join(window)), _own_figures(window)) for window in own)


def _own_figures(sentences: Iterable[str]) -> frozenset[int]:
    """Return the figures of what the sender tells of themselves: "your 340 papers" may come back."""
    own = (figures(sentence) for sentence in sentences if _YOURS.isdisjoint(words_of(sentence)))
    return frozenset[int]().union(*own)


def _is_retold(point: Point, things: frozenset[str], counted: frozenset[int], aside: frozenset[str]) -> bool:
    about = point.things - aside
    shared = about & things
    same = point.figures & counted
    if len(shared) + len(same) >= _FEWEST:
        wanted = max(_FEWEST_COUNTED, len(about) + len(point.figures))
        if len(shared) + len(same) >= _SHARE * wanted:
            return True
    if any(figure >= _OWN_FIGURE for figure in same):
        return True
    if len(same) >= _WINDOW and shared:
        return True
    is_telling = any(figure >= _TELLING_FIGURE for figure in same)
    return is_telling and bool(shared) and len(point.things & things) >= _WINDOW


def _things(text: str) -> frozenset[str]:
    return content(text) - NUMBER_STEMS


def _weight(sentence: str, shared: frozenset[str], same: frozenset[int]) -> int:
    return len(content(sentence) & shared) + 2 * len(figures(sentence) & same)
