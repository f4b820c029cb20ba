"""Regions of a country: which one a text means, and which of their holidays hold for most people of the country.

Some countries leave most public holidays to their regions, and so have few national ones: all of England is closed on
a bank holiday that Great Britain does not have. Where no region is known, a day counts that at least half of the
regions keep, or regions in which at least half of the people live. A mail sent a working day late does no harm; a mail
that arrives on a holiday does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from followup_mail.regex import regex

if TYPE_CHECKING:
    from holidays import HolidayBase

# There the holidays of a state are those of its own offices, and employers need not keep them.
_FOR_OFFICES_ONLY: Final = frozenset({"US"})
# The calendars list only the regions that differ, overseas most of them: somebody in Paris has none to name.
_ONLY_EXCEPTIONS: Final = frozenset({"FR"})
# Millions of people by region, where counting regions alone would leave out a day that most people have off.
# Sources: Statistisches Bundesamt, end of 2023; Department of Statistics Malaysia, middle of 2024.
_PEOPLE: Final[Mapping[str, Mapping[str, float]]] = {
    "DE": {"NW": 18.2, "BY": 13.4, "BW": 11.3, "NI": 8.2, "HE": 6.4, "RP": 4.2, "SN": 4.1, "BE": 3.8}
    | {"SH": 3.0, "BB": 2.6, "ST": 2.1, "TH": 2.1, "HH": 1.9, "MV": 1.6, "SL": 1.0, "HB": 0.7},
    "MY": {"10": 7.4, "01": 4.2, "12": 3.7, "08": 2.6, "13": 2.5, "02": 2.2, "14": 2.1, "03": 1.9, "07": 1.8}
    | {"06": 1.7, "11": 1.2, "05": 1.2, "04": 1.0, "09": 0.3, "16": 0.1, "15": 0.1},
}
# English names of regions that the calendars know by their own, and other short forms.
_ENGLISH: Final[Mapping[str, Mapping[str, str]]] = {
    "AT": {"vienna": "9", "tyrol": "7", "styria": "6", "carinthia": "2", "lower austria": "3", "upper austria": "4"},
    "BE": {"flanders": "Flemish", "wallonia": "French"},
    "CH": {"geneva": "GE", "lucerne": "LU", "grisons": "GR", "st gallen": "SG", "basel": "BS", "basle": "BS"},
    "DE": {"bavaria": "BY", "hesse": "HE", "saxony": "SN", "lower saxony": "NI", "saxony anhalt": "ST"}
    | {"thuringia": "TH", "north rhine westphalia": "NW", "nrw": "NW", "rhineland palatinate": "RP"}
    | {"mecklenburg western pomerania": "MV"},
    "ES": {"andalusia": "AN", "castile and leon": "CL", "castile la mancha": "CM", "canary islands": "CN"}
    | {"catalonia": "CT", "balearic islands": "IB", "navarre": "NC", "basque country": "PV", "euskadi": "PV"}
    | {"valencia": "VC", "valencian community": "VC", "comunitat valenciana": "VC"},
    "GB": {"n ireland": "NIR", "ni": "NIR", "sco": "SCT", "wal": "WLS"},
    "IT": {"rome": "RM", "milan": "MI", "turin": "TO", "naples": "NA", "florence": "FI", "venice": "VE", "genoa": "GE"},
    "MY": {"kuala lumpur": "14", "kl": "14", "labuan": "15", "putrajaya": "16", "penang": "07", "malacca": "04"}
    | {"johore": "01"},
    "PT": {"lisbon": "11", "oporto": "13", "azores": "20", "madeira": "30"},
}
_KIND: Final = regex(
    r"^((free )?state|freistaat|land|canton|kanton|province|community|comunidad)( of| de)? | (state|province|canton)$"
)


def find_region(country: str, text: str, known: HolidayBase) -> str:
    """Return the code that ``known``, the calendar of a country, has for a region; empty when it knows none.

    Read are its code, with or without the country's before it (ISO 3166-2 writes "DE-BY"), and its name, in its own
    language or in English, without regard to capitals, accents and hyphens.
    """
    codes = {_plain(name): code for name, code in _ENGLISH.get(country, {}).items()}
    codes |= {_plain(name): code for name, code in known.subdivisions_aliases.items()}
    codes |= {_plain(code): code for code in known.subdivisions}
    before, _, inside = text.partition("(")
    for part in (text, before, inside):
        name = _plain(part)
        for form in (name, name.removeprefix(f"{country.casefold()} "), _KIND.sub("", name)):
            if form in codes:
                return codes[form]
    return ""


@lru_cache(maxsize=256)
def shared_holidays(country: str, year: int) -> Mapping[date, str]:
    """Return the days that most regions of a country have off and its national calendar has not, each with its name.

    Empty for a country that the ``holidays`` package does not know, or that has no regions there.
    """
    import holidays

    if country in _FOR_OFFICES_ONLY:
        return MappingProxyType({})
    try:
        national = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return MappingProxyType({})
    kept_by: defaultdict[date, set[str]] = defaultdict(set)
    names: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for left, region in zip(range(len(national.subdivisions), 0, -1), national.subdivisions, strict=True):
        most_so_far = max((len(regions) for regions in kept_by.values()), default=0)
        if country not in _PEOPLE and 2 * (most_so_far + left) < len(national.subdivisions):
            break  # no day can reach half of them any more: spares half of the time where each town has its own saint
        for day, name in holidays.country_holidays(country, subdiv=region, years=year, language="en_US").items():
            if day.year == year and national.is_working_day(day):
                kept_by[day].add(region)
                names[day][name] += 1
    most = {day for day, regions in kept_by.items() if _are_most(country, regions, len(national.subdivisions))}
    return MappingProxyType({day: names[day].most_common(1)[0][0] for day in sorted(most)})


@lru_cache(maxsize=256)
def regions_differ(country: str, year: int) -> bool:
    """Return whether at least half of the regions of a country have a day off that its national calendar has not.

    The days need not be the same: in New Zealand and Portugal each province keeps its own. Where only a few do, as
    Åland in Finland, it concerns hardly anybody.
    """
    import holidays

    if country in _FOR_OFFICES_ONLY | _ONLY_EXCEPTIONS:
        return False
    if shared_holidays(country, year):
        return True
    try:
        national = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return False
    differing = 0
    for region in national.subdivisions:
        known = holidays.country_holidays(country, subdiv=region, years=year, language="en_US")
        differing += any(day.year == year and national.is_working_day(day) for day in known)
        if 2 * differing >= len(national.subdivisions):
            return True
    return False


def _are_most(country: str, regions: set[str], of: int) -> bool:
    people = _PEOPLE.get(country, {})
    here = sum(count for region, count in people.items() if region in regions)
    return 2 * len(regions) >= of or (bool(people) and 2 * here >= sum(people.values()))


def _plain(text: str) -> str:
    """Return a name in small letters without accents, its words parted by single blanks."""
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", letters.casefold()))
