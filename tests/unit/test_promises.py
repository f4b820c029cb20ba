"""A promise reaches the person it was made to, under a name that a mail can say."""

from __future__ import annotations

from typing import Any

import pytest
from draft_samples import apply, person_named

from followup_mail.facts.addressees import is_meant
from followup_mail.facts.application import Application
from followup_mail.language.promises import is_delivered, is_nameless, name_files, promises_to, promises_to_nobody


def promise(*promised: dict[str, Any]) -> Application:
    return apply(promised=list(promised))


@pytest.mark.parametrize(
    ("to", "name"),
    [
        ("Dale", "Dale Hart"),
        ("Mrs Ogunyade", "Folake Ogunyade"),
        ("dr. raman", "Dr. Priya Raman"),
        ("Sister Mary", "Sister Mary Agnes"),
        ("Zoë", "Zoë Quist"),
    ],
)
def test_part_of_a_name_means_the_person(to: str, name: str) -> None:
    """A first name, or a title with the family name, means the person of the full name."""
    assert is_meant(to, name)


@pytest.mark.parametrize(
    ("to", "name"), [("", "Dale Hart"), ("Dr", "Dr. Priya Raman"), ("Ann", "Anna Li"), ("Lord Grey", "Tom Grey")]
)
def test_another_name_means_nobody(to: str, name: str) -> None:
    """No name, a bare title, half a word and another person's title mean nobody."""
    assert not is_meant(to, name)


@pytest.mark.parametrize(
    ("what", "to"),
    [
        ("the case study", "Tom Okafor"),
        ("the case study", "Tom"),
        ("scan of osha card to Tom", ""),
        ("send tom the scan", ""),
    ],
)
def test_a_promise_is_for_whom_it_names(what: str, to: str) -> None:
    """Named in the file or in the note itself, a person gets the promise and the others do not."""
    application = promise({"what": what, "to": to, "file": "a.pdf"})
    keepers = [person.name for person in application.everyone() if promises_to(application, person)]
    assert keepers == ["Tom Okafor"]


@pytest.mark.parametrize("to", ["everybody", "Everyone", "Tom Okafor and Dr. Raman, Robin"])
def test_a_promise_can_be_for_several(to: str) -> None:
    """Named one by one, or all of them, everybody who is meant gets it."""
    application = promise({"what": "references", "to": to})
    assert all(promises_to(application, person) for person in application.everyone())


@pytest.mark.parametrize("what", ["references", "case study to Tom and Miriam", "mail mark sheet"])
def test_a_promise_to_nobody_in_particular_is_for_nobody(what: str) -> None:
    """Without a name nobody gets it while several people were met: who was meant has to be asked."""
    application = promise({"what": what, "file": "a.pdf"})
    assert [found.what for found in promises_to_nobody(application)] == [what]
    assert not any(promises_to(application, person) for person in application.everyone())


def test_a_promise_to_the_only_one_met_needs_no_name() -> None:
    """With one person met, the promise was made to them."""
    application = promise({"what": "references"})
    only = application.interviews[0].copy_with(people=application.interviews[0].people[:1])
    application = application.copy_with(interviews=(only,))
    assert not promises_to_nobody(application)
    assert promises_to(application, only.people[0])


@pytest.mark.parametrize(
    ("promised", "thing", "says", "is_open"),
    [
        ({"what": "the case study", "file": "x.pdf"}, "the case study", "", False),
        ({"what": "scan of osha card", "file": "x.pdf"}, "a scan of my OSHA card", "", False),
        ({"what": "the case study", "says": "I will bring it.", "file": "x.pdf"}, "the case study", "", False),
        ({"what": "copy of my licence"}, "a copy of my licence", "", True),
        ({"what": "can start mon may 18"}, "", "I can start on Monday, May 18.", False),
        ({"what": "my start date", "says": "I can start in June."}, "my start date", "I can start in June.", False),
        ({"what": "tell her when"}, "", "", True),
    ],
)
def test_what_a_mail_can_say(promised: dict[str, str], thing: str, says: str, is_open: bool) -> None:
    """A file has a name where the note makes one, a date is said, and what has neither is open."""
    application = promise({**promised, "to": "Tom"})
    (kept,) = promises_to(application, person_named(application, "Tom Okafor"))
    assert (kept.thing, kept.says, kept.is_open) == (thing, says, is_open)


@pytest.mark.parametrize(
    ("what", "thing", "says"),
    [
        ("list of the sample types to Priya Raman", "the list of the sample types", ""),
        ("send Priya my reading list for young readers", "my reading list for young readers", ""),
        ("dive log copy, to Priya Raman", "a copy of my dive log", ""),
        ("tell Priya if I can do a trial day - yes thursday 5 march", "", "I can do a trial day on Thursday 5 March."),
    ],
)
def test_a_promise_as_it_is_jotted_has_words(what: str, thing: str, says: str) -> None:
    """A list names what it is of, and a question has its answer."""
    (kept,) = promises_to(promise({"what": what}), person_named(promise({"what": what}), "Dr. Priya Raman"))
    assert (kept.thing, kept.says) == (thing, says)


def test_files_are_called_by_what_they_are() -> None:
    """A promised file has the name of the promise, any other its own."""
    application = promise(
        {"what": "the case study", "file": "out/a.pdf", "to": "Tom"},
        {"what": "my portfolio", "file": "out\\b.pdf", "to": "Tom"},
    )
    kept = promises_to(application, person_named(application, "Tom Okafor"))
    assert name_files(kept, ["b.pdf", "a.pdf", "c.pdf"]) == "my portfolio, the case study and c.pdf"
    assert name_files(kept, ["c.pdf"]) == "c.pdf"


def test_a_file_whose_promise_gives_no_words_is_never_called_by_its_filename() -> None:
    """It is the file, or they are the files, that were mentioned; so sent, they are delivered, and no subject."""
    application = promise(
        {"what": "thesis ch. 3 v2", "file": "thesis-ch3.pdf", "to": "Tom"},
        {"what": "ch. 4", "file": "thesis-ch4.pdf", "to": "Tom"},
        {"what": "my portfolio", "file": "b.pdf", "to": "Tom"},
    )
    kept = promises_to(application, person_named(application, "Tom Okafor"))
    assert name_files(kept, ["thesis-ch3.pdf"]) == "the file"
    several = name_files(kept, ["thesis-ch3.pdf", "thesis-ch4.pdf", "b.pdf"])
    assert several == "my portfolio and the files I mentioned"
    assert is_nameless(several)
    assert not is_nameless(name_files(kept, ["b.pdf"]))
    assert all(is_delivered(each, f"I've attached {several}, as promised.") for each in kept)


def test_what_was_sent_is_delivered() -> None:
    """A file counts as delivered once a mail to the person names it."""
    application = promise({"what": "scan of osha card", "file": "scan.pdf", "to": "Tom"})
    (kept,) = promises_to(application, person_named(application, "Tom Okafor"))
    assert is_delivered(kept, "I have attached the scan of my OSHA card, as promised.")
    assert not is_delivered(kept, "Thank you for your time.")
