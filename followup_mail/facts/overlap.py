"""Whether two notes are about the same thing, going by the words that they share and that few notes have."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from followup_mail.regex import regex

# Words of any work, numbers, times, and the people it is for, which make no two notes be about the same thing.
ANYWHERE: Final = frozenset(
    """
    about after again also always another asked asks back because been before being best between both call calls came
    come comes company could days does done down each early enough even ever every everyone everything find finding
    finds fine first five found four free from full fully gave getting give given goes going good great half hand hands
    have having here hers high himself herself hour hours interest interested interesting interview interviewed
    interviewer interviewers interviews into job jobs just keep keeps kept know knows last late later least left less
    like liked list little long look looks made make makes many matter means meet might mine month months more most
    much must near need needs never next nice night none nobody note only open other others over own part past people
    person place plan point quite rather real really right role room rule said same says second seen several shared she
    should show showed shows side since small some someone something soon start started starts still such sure take
    taken takes talk talked tell than that their them then there these they thing things think third this those three
    through time times today together told took under understand understands understood until used
    uses using very want wanted wants week weeks well
    were what when where which while whole will with within without work worked working works would year years your
    team teams staff month number
    january february march april june july august september october november december christmas easter spring summer
    autumn winter monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
    saturdays sundays quarter seven eight nine eleven twelve
    families family customer customers client clients patient patients guest guests visitor visitors volunteer
    volunteers kids children student students pupil pupils parent parents user users member members
    """.split()
)
WORD: Final = regex(r"[^\W\d_]{4,}")
_FIGURE: Final = regex(r"\d+(?:[.,]\d+)*")
_FEWEST_SHARED: Final = 2
_MOST_OF: Final = 0.6
_STEM: Final = 5
# Says little by itself: a word that begins so is compared by three more letters.
_PREFIX: Final = regex(r"inter|micro|multi|super|trans|under")


def shares_subject(note: str, other: str) -> int:
    """Return how many telling words two notes share; 0 when they have nothing to do with each other."""
    return len(_stems(note) & _stems(other))


def own_part(link: str) -> str:
    """Return what a sentence pair like "You want fewer gaps. I closed ours." tells of the candidate."""
    return " ".join(f"I {part}" for part in f" {link}".split(" I ")[1:])


def says_same(sentence: str, other: str) -> bool:
    """Return whether a sentence makes the point of another: it has most of its telling words and figures."""
    words, known = (_stems(text) | frozenset(_FIGURE.findall(text)) for text in (sentence, other))
    shared = len(words & known)
    return shared >= _FEWEST_SHARED and shared >= _MOST_OF * min(len(words), len(known))


@lru_cache(maxsize=512)
def _stems(note: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in WORD.findall(note.casefold()) if word not in ANYWHERE)


def _stem(word: str) -> str:
    return word[: _STEM + 3] if _PREFIX.match(word) else word[:_STEM]
