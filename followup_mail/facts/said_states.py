"""States, provinces and territories that people write behind a city: which are meant, and by which clocks a town goes.

The table is ``said_states.toml``. Most states have one zone, whatever town stands before them; of those in which many
people live by each of two clocks the larger towns are known, and any other town is asked about.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from followup_mail.facts.said_readings import AmbiguousError, Reading, plain_words

_COUNTRIES: Final = ("US", "CA", "AU")


class State(Struct, frozen=True):
    """A state, a province or a territory."""

    country: str
    code: str
    name: str
    zone: str
    """Empty where many people live by each of two clocks."""

    @property
    def key(self) -> str:
        """How the tables call it: "US-CO"."""
        return f"{self.country}-{self.code}"


def find_states(words: str, country: str = "") -> list[State]:
    """Return every state that is meant by plain words, its name or its code; none for anything else."""
    return [state for state in _by_words().get(words, ()) if country in {"", state.country}]


def states_of_town(town: str) -> list[State]:
    """Return every state in which a larger town of this name is known."""
    return list(_states_by_town().get(town, ()))


def names_of_states() -> tuple[str, ...]:
    """Return the names of all states, as they are looked up."""
    return tuple(_by_words())


def towns_of_states() -> tuple[str, ...]:
    """Return the names of all towns that are known to lie in a state."""
    return tuple(_states_by_town())


def zone_in_state(text: str, town: str, state: State) -> str:
    """Return the zone of a town in a state, and of the state where no town is named.

    Raises ``AmbiguousError`` where nobody knows by which of its two clocks the town goes.
    """
    known = _zones_by_town(state.key)
    zone = known.get(town) or next((known[part] for part in _parts(town) if part in known), "") or state.zone
    if zone:
        return zone
    readings = []
    for towns in _data()["split"][state.key].values():
        first = _names(towns)[0]
        written = f"{first}, {state.name}"
        readings.append(Reading(f"the clocks of {written}" if town else written, written))
    raise AmbiguousError(text.strip(), readings)


def _parts(town: str) -> list[str]:
    """Return what may be the town in "500 main st, knoxville", the last first."""
    return [part.strip() for part in reversed(town.split(","))]


@cache
def _zones_by_town(key: str) -> dict[str, str]:
    """Return the towns of a state that do not go by its clocks, or all known ones where it has two, with their zone."""
    tables = (_data()["split"].get(key, {}), _data()["towns"].get(key, {}))
    return {plain_words(town): zone for table in tables for zone, towns in table.items() for town in _names(towns)}


@cache
def _states_by_town() -> dict[str, list[State]]:
    towns = {key: _names(towns) for key, towns in _data()["cities"].items()}
    for table in ("split", "towns"):
        for key, zones in _data()[table].items():
            towns.setdefault(key, []).extend(town for names in zones.values() for town in _names(names))
    found: dict[str, list[State]] = {}
    states = {state.key: state for state in _states()}
    for key, names in towns.items():
        for town in names:
            found.setdefault(plain_words(town), []).append(states[key])
    return found


@cache
def _by_words() -> dict[str, list[State]]:
    found: dict[str, list[State]] = {}
    for state in _states():
        others = _names(_data()["written"].get(state.key, ""))
        for words in dict.fromkeys((state.code.casefold(), plain_words(state.name), *others)):
            found.setdefault(words, []).append(state)
    return found


@cache
def _states() -> list[State]:
    rows = (
        (country, code, *said.partition(" = ")) for country in _COUNTRIES for code, said in _data()[country].items()
    )
    return [State(country, code, name, zone) for country, code, name, _, zone in rows]


def _names(text: str) -> list[str]:
    return [name.strip() for name in re.split("[,\n]", text) if name.strip()]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
