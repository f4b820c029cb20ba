"""Whatever a wording says of its own rests on a fact, on the occasion of the mail, or is mere courtesy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from draft_samples import WRITER

from followup_mail.cadence.step import Kind
from followup_mail.drafts.template_files import read_template
from followup_mail.drafts.template_names import FACTS

CLAIMS = tomllib.loads(Path(__file__).with_name("claims_of_wordings.toml").read_text("utf-8"))
MAILS = (Kind.THANK_YOU, Kind.ADDITIONAL_DETAIL, Kind.STATUS_INQUIRY, Kind.REJECTION_THANKS, Kind.APPLICATION_CHECK)
WORDINGS = [wording for kind in MAILS for wording in WRITER.folders.wordings(kind)]
# What holds without a fact: courtesy, interest in a job that one applied for, and what such a mail is about.
ALWAYS = {"none", "applied"}
OF_THE_OCCASION = {
    "interview": Kind.THANK_YOU,
    "second_note": Kind.ADDITIONAL_DETAIL,
    "rejection": Kind.REJECTION_THANKS,
}


_TAG = re.compile(r"\{[{%](.*?)[%}]\}")


class Sentence(NamedTuple):
    """A sentence of a wording as its file has it, and the facts that must be there when it is said."""

    text: str
    asked: frozenset[str]


def sentences_of(source: str) -> Iterator[Sentence]:
    """Yield the sentences of a wording that hold words of its own."""
    body = source.partition("{% filter prose(contracted) %}")[2].partition("{% endfilter %}")[0]
    asked: list[frozenset[str]] = []
    for line in filter(None, map(str.strip, body.splitlines())):
        if whole := re.fullmatch(r"\{% (if|elif|else|endif)([^%]*)%\}", line):
            if whole[1] != "if":
                asked.pop()
            if whole[1] != "endif":
                asked.append(names_asked(whole[2]))
            continue
        for text in cut(line):
            yield Sentence(text, frozenset().union(*asked, names_asked(" ".join(_TAG.findall(text)))))


def cut(line: str) -> list[str]:
    """Cut a line into sentences, without what is only a fact; an end inside a tag is none."""
    tags = re.findall(r"\{[{%].*?[%}]\}", line)
    plain = line
    for number, tag in enumerate(tags):
        plain = plain.replace(tag, f"\0{number}\0", 1)
    pieces = re.split(r"(?<=[.?!])\s+|\s(?=\0\d+\0$)", plain)
    whole = [re.sub(r"\0(\d+)\0", lambda found: tags[int(found[1])], piece) for piece in pieces]
    return [text for text in whole if re.search(r"[a-z]{2}", re.sub(r"\{%.*?%\}|\{\{ [\w| ]+ \}\}", "", text))]


def names_asked(tags: str) -> frozenset[str]:
    """Return the facts that tags need, "a or b" as one of them; what follows ``not`` need not be there."""
    needed = re.sub(r'\w+ or "[^"]*"|"[^"]*"|not \([^)]*\)|not \w+|[()]', " ", tags)
    either = {found[0] for found in re.finditer(r"\w+ or \w+", " ".join(needed.split()))}
    alone = re.sub(r"\w+ or \w+", " ", " ".join(needed.split()))
    return frozenset((set(re.findall(r"\w+", alone)) & FACTS.keys()) | either)


def known_claims(kind: str) -> dict[str, list[str]]:
    return dict(CLAIMS[kind])


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording.full_name)
def test_each_sentence_rests_on_what_its_if_asks_for(wording) -> None:
    """A sentence of a wording is in the list, with claims that are courtesy, of the occasion, or facts it asks for."""
    known = known_claims(wording.kind)
    found = list(sentences_of(read_template(wording.path)))
    assert found
    for sentence in found:
        assert sentence.text in known, f"{wording.full_name} says something that claims_of_wordings.toml does not list"
        for claim in known[sentence.text]:
            holds = claim in ALWAYS or OF_THE_OCCASION.get(claim) == wording.kind or claim in sentence.asked
            assert holds, f"{wording.full_name}: {sentence.text!r} needs {claim}, and no `if` asks for it"


@pytest.mark.parametrize("kind", MAILS)
def test_no_claim_is_listed_that_no_wording_makes(kind: Kind) -> None:
    """The list is of what is said today; each sentence rests on something."""
    said = {
        sentence.text
        for wording in WRITER.folders.wordings(kind)
        for sentence in sentences_of(read_template(wording.path))
    }
    assert set(known_claims(kind)) == said
    assert all(known_claims(kind).values())


def test_a_sentence_without_its_fact_is_found() -> None:
    """A claim in a branch that does not ask for its fact is not among what is asked for."""
    lines = ("{% if topic %}", "A.", "{% else %}", "I liked that {{ you_did }}. You teach well.", "{% endif %}")
    source = "\n".join(("{% filter prose(contracted) %}", *lines, "{% endfilter %}"))
    found = list(sentences_of(source))
    assert [sentence.text for sentence in found] == ["I liked that {{ you_did }}.", "You teach well."]
    assert [sentence.asked for sentence in found] == [{"you_did"}, set()]
