"""What is said of a place that is not known: the name that was probably meant, or what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from followup_mail.facts.place_tables import cities_with_zones, named_places, place_table
from followup_mail.facts.said_readings import LENGTH_LIMIT, plain_words
from followup_mail.facts.said_states import names_of_states, towns_of_states
from followup_mail.facts.unfit_values import UnfitError, quoted
from followup_mail.facts.zone_and_country import country_names

NEAREST_CITY: Final = "write the nearest large city, or the country"


def refuse_unknown(name: str, words: str, error: UnfitError) -> UnfitError:
    """Return the refusal of a name: with the nearest one that is known, where it is a slip in one."""
    if not error.wrong.endswith("is not a time zone"):
        return error
    wrong = f"{quoted(name[:LENGTH_LIMIT])} is not a place that is known here"
    town, _, rest = words.partition(",")
    near = close_to(
        town.strip(),
        (*named_places(), *cities_with_zones(), *place_table("twice"), *towns_of_states(), *names_of_regions()),
    )
    if not near and not rest:
        return UnfitError(
            wrong, NEAREST_CITY if words.isalpha() or not error.right.startswith("did you") else error.right
        )
    shown = [" ".join(word.capitalize() for word in (near or town).split())]
    if rest := rest.strip():
        shown.append((close_to(rest, names_of_regions()) or rest).title())
    same = ", ".join(shown).casefold() == words.casefold()
    return UnfitError(wrong, NEAREST_CITY if same else f'did you mean "{", ".join(shown)}"?')


def close_to(words: str, names: Iterable[str]) -> str:
    """Return the name that was probably meant by a slip in it; nothing for a short word and for no name."""
    import difflib

    return next(iter(difflib.get_close_matches(words, names, n=1, cutoff=0.82)), "") if len(words) > 4 else ""


@cache
def names_of_regions() -> tuple[str, ...]:
    """Return the names of all states and countries, as they are looked up."""
    countries = (*place_table("countries"), *map(plain_words, country_names().values()))
    return tuple(name for name in (*names_of_states(), *countries) if len(name) > 3)
