"""Ask about figures that no note holds: nothing is wrong with them, but only the person can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from followup_mail.language.known_words import Known, figures_in, in_full
from followup_mail.regex import regex

_IS_YEAR: Final = regex(r"(?:19|20)\d\d")


def ask_about_figures(texts: Sequence[str], known: Known) -> Iterator[str]:
    """Yield a question for each figure that stands in none of the notes; nothing when there are no notes."""
    if not known.figures:
        return
    for figure in dict.fromkeys(figure for text in texts for figure in figures_in(text)):
        if known.figures & _ways_to_note(figure):
            continue
        near = _nearest(figure, known)
        yield f"is {figure} right? Your notes say {near}" if near else f"no note has the figure {figure}: is it right?"


def _ways_to_note(figure: str) -> set[str]:
    """Return a figure as notes may have it: "2,4" for 2.4, "0.31" for 31 percent, "'19" for 2019, "2,500" for 2.5k."""
    if figure.endswith("k"):
        whole = in_full(figure[:-1])
        return {figure[:-1], whole, f"{whole[:-3]},{whole[-3:]}"}
    with_point = figure.replace(",", ".")
    ways = {figure, figure.replace(",", ""), with_point, figure.replace(".", ","), f"0.{figure}", f"0,{figure}"}
    return ways | ({figure[2:]} if _IS_YEAR.fullmatch(figure) else set())


def _nearest(figure: str, known: Known) -> str:
    """Return a figure of the notes that was probably intended: it differs in one digit, or in the order of two."""
    alike = [noted for noted in sorted(known.figures) if len(noted) == len(figure) > 1]
    swapped = [noted for noted in alike if sorted(noted) == sorted(figure)]
    mistyped = [noted for noted in alike if _differences(noted, figure) == 1]
    return next(iter([*swapped, *mistyped]), "")


def _differences(one: str, other: str) -> int:
    return sum(mine != its for mine, its in zip(one, other, strict=True))
