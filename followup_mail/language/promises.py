"""What was promised, to whom, and how a mail says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from followup_mail.facts.addressees import is_everybody, names_meant
from followup_mail.facts.application import Application, Person, Promise
from followup_mail.facts.people import each_once
from followup_mail.facts.told_offices import name_office
from followup_mail.language.lexicon import classes_of, word_list
from followup_mail.language.loose_phrases import may_be_thing, with_articles
from followup_mail.language.note_promises import read_promise
from followup_mail.language.told_deeds import can_stand
from followup_mail.regex import regex

_NAMELESS: Final = "the file"
_SEVERAL_NAMELESS: Final = "the files I mentioned"
_BEHIND: Final = regex(r"\s*(?:\(.*|,.*|\b(?:to|for) [A-Z].*)$")
"""What follows the thing: a remark, and whom it is for."""
_CHAPTER: Final = regex(r"(?i)(?:my )?(?P<whole>[a-z]+) ch(?:ap|apter)?\.? ?(?P<number>\d{1,2})")
_MOST_WORDS: Final = 5
_MOST_LOOSE: Final = 9
_DETERMINED: Final = frozenset({"the", "a", "an", "my", "our"})
_POINTING: Final = frozenset({"one", "ones", "thing", "things", "stuff", "it"})


class Kept(Struct, frozen=True):
    """A promise to one person, as a mail to them can say it."""

    promise: Promise
    thing: str
    """The file, as a noun phrase: "the scan of my OSHA card"; empty when the note gives no noun phrase."""
    says: str
    """A promise that the mail itself keeps, as a sentence."""

    @property
    def is_open(self) -> bool:
        """True when there is nothing yet to keep it with."""
        return not (self.promise.file or self.says)


def promises_to(application: Application, person: Person) -> tuple[Kept, ...]:
    """Return what was promised to this person."""
    people = application.everyone()
    names = [known.name for known in people]
    kept = []
    for promise in application.promised:
        if person.name in _promised_to(application, promise):
            named = promise.copy_with(what=name_office(promise.what, people))
            read = read_promise(named.what, names)
            says = "" if promise.file else promise.says or read.says  # "I've attached it. I will bring it."
            kept.append(Kept(promise, name_promise(named, names), says))
    return tuple(kept)


def promises_to_nobody(application: Application) -> tuple[Promise, ...]:
    """Return what was promised to somebody who is not named, while several people were met."""
    return tuple(promise for promise in application.promised if not _promised_to(application, promise))


def names_in_promise(promise: Promise, people: Sequence[Person]) -> tuple[str, ...]:
    """Return whom the words of a promise name, also by office: "scan of OSHA card to Dale"; none where unclear."""
    names = [known.name for known in people]
    read = read_promise(name_office(promise.what, people), names)
    return names_meant(read.to, names) if read.to and not is_everybody(read.to) else ()


def _promised_to(application: Application, promise: Promise) -> tuple[str, ...]:
    """Return the names of those who were promised something: with one person met there is nothing to ask."""
    people = application.everyone()
    names = [known.name for known in people]
    if promise.to:
        return names_meant(promise.to, names)
    met = each_once(person for interview in application.interviews for person in interview.people)
    return names_in_promise(promise, people) or (tuple(names) if len(met) <= 1 else ())


def name_files(kept: Iterable[Kept], filenames: Sequence[str]) -> str:
    """Return what attached files are called: "the case study" where the note says so; a file of no promise by its name.

    Nobody says "thesis-ch3.pdf": what was promised in words that a mail can't take is "the file".
    """
    things = {filename_of(promise.promise): promise.thing for promise in kept if promise.promise.file}
    named = [things.get(name, name) for name in filenames]
    nameless = named.count("")
    named = [thing for thing in named if thing]
    return _in_words([*named, *([_NAMELESS if nameless == 1 else _SEVERAL_NAMELESS] if nameless else [])])


def is_nameless(attached: str) -> bool:
    """Return whether some of the attached files go without a name, so that no subject is made of them."""
    return attached.endswith((_NAMELESS, _SEVERAL_NAMELESS))


def is_delivered(kept: Kept, read: str) -> bool:
    """Return whether a mail that this person was sent had the file."""
    # Earlier mails said "the scan of …" where it is "a scan" now.
    called = (kept.thing.removeprefix("a ") or _NAMELESS, "" if kept.thing else _SEVERAL_NAMELESS)
    return any(name in read for name in (*called, kept.promise.what, filename_of(kept.promise)) if name)


def filename_of(promise: Promise) -> str:
    """Return the name of the file to attach, without its folders; empty where there is none."""
    return promise.file.replace("\\", "/").rpartition("/")[2]


def without_recipient(what: str) -> str:
    """Return a promise as it was jotted, without whom it is for and what is remarked behind it."""
    return _BEHIND.sub("", what).strip()


def name_promise(promise: Promise, names: Sequence[str]) -> str:
    """Return what was promised as a noun phrase; empty where its words are none that a mail can take."""
    read, words = read_promise(promise.what, names).thing, without_recipient(promise.what)
    if read or re.match(r"(?:the|my|a|an|our|three|two) ", promise.what):
        return read or words
    if chapter := _CHAPTER.fullmatch(words):
        return f"chapter {chapter['number']} of my {chapter['whole'].lower()}"
    # What it is called in words that are all known: to say "the" claims nothing of it.
    named = words.lower().split()
    is_thing = 1 < len(named) <= _MOST_WORDS and all(map(classes_of, named)) and named[-1] in word_list("sendable")
    if is_thing and words == words.lower():
        return f"the {words}"
    loose = words.split()
    is_phrase = 1 < len(loose) <= _MOST_LOOSE and all(map(can_stand, loose)) and may_be_thing(loose)
    if not is_phrase or loose[-1] in _POINTING:
        return ""
    said = " ".join(with_articles(loose))
    return said if said.split()[0].lower() in _DETERMINED else f"the {said}"


def _in_words(things: Sequence[str]) -> str:
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last


def option_to_keep(promise: Promise, *, in_words: bool = False) -> str:
    """Return the option of ``change`` that readies a promise: by its file, or by a sentence that says when it comes."""
    return f'--promise-says "{in_option(promise)}: SENTENCE"' if in_words else f'--ready "{in_option(promise)}: FILE"'


def option_to_name(promise: Promise) -> str:
    """Return the option of ``change`` that says to whom something was promised."""
    return f'--promised-to "{in_option(promise)}: NAME"'


def in_option(promise: Promise) -> str:
    """Return what was promised, as it is written in a quoted option."""
    return promise.what.replace('"', "")
