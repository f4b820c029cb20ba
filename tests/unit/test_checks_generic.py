"""A mail is generic when it names nothing of the conversation, however short what was talked about is."""

from __future__ import annotations

import pytest
from changing import replace

from followup_mail.cadence.step import Kind
from followup_mail.checks import check_mail, choose_rules
from followup_mail.checks.samples import Sample, sample_facts
from followup_mail.drafts.material import told_by
from followup_mail.facts.application import Application
from tests.unit.test_checks_templates import NO_OWN_TEMPLATES, errors, write

RULE = choose_rules(["FM301"])
TOPICS = [
    "Kafka",
    "Rust",
    "on-call",
    "parking",
    "the ICU",
    "your roadmap",
    "C++",
    "Go",
    "R",
    "AI",
    "your team",
    "leadership",
    "hiring",
    "code review",
    "how you work",
    "the way you lead",
    "401k matching",
    "Personalführung",
    "SQL",
    "dbt",
    ".NET",
    "K8s",
    "IT",
    "pricing",
    "what matters to your team",
    "issue tracking",
    "training",
]
HOLLOW = [
    "the role",
    "various things",
    "Various things",
    "stuff",
    "everything",
    "Everything",
    "the job and the team",
    "the position and the company",
    "the company and its culture",
    "lots of interesting topics",
    "the next steps",
]
WORDINGS = [wording.name for wording in NO_OWN_TEMPLATES.wordings(Kind.THANK_YOU)]
NOTHING_SAID = """
Thank you for taking the time to meet with me on Tuesday about the Data Engineer position. I enjoyed learning more about
your team and how you work, and I am very excited about this opportunity. I look forward to hearing from you.

It was a pleasure to meet you. I go into the next stage with confidence: my skills and my experience are a great match
for your requirements, and I would be glad to grow with the company and to learn from its leadership.

Thank you for your time and for the interesting conversation about the role. I was pleased to hear about your hiring
process, and I am sure that I would be a valuable addition to your team. I hope to hear from you soon.
""".strip().split("\n\n")


def meeting(**told_by_them: object) -> dict[str, object]:
    person = {"name": "Catherine Okafor", "email": "catherine.okafor@northwind.example", **told_by_them}
    return {"start": "2026-11-17 14:00", "duration": "1 h", "people": [person]}


def told(topic: str, field: str = "discussed") -> Application:
    return sample_facts({"interviews": [meeting(**{field: topic})], "fit": [], "not_mentioned": []})


def is_generic(core: str, facts: Application) -> bool:
    context = replace(Sample(core, kind=Kind.THANK_YOU).context(), facts=facts)
    return bool(check_mail(context, RULE))


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("field", ["discussed", "convinced"])
@pytest.mark.parametrize("wording", WORDINGS)
def test_every_wording_that_names_the_topic_passes(topic: str, field: str, wording: str) -> None:
    """Whatever was talked about, in one word or in ordinary ones, a draft that names it is about the conversation.

    Not every note becomes a topic that a draft can name; a mail from such a note alone says that it is generic.
    """
    facts = told(topic, field)
    person = facts.interviews[0].people[0]
    draft = write(facts, person, Kind.THANK_YOU, wording=wording)
    found = [finding for finding in errors(facts, draft, person) if finding.startswith("FM301")]
    told_here = told_by(person)
    is_named = any(told_here[name] for name in ("topic", "spoken", "convinced", "you_did", "your_words", "thanks_for"))
    assert bool(found) == (not is_named)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("field", ["discussed", "convinced"])
def test_a_mail_that_says_what_it_was_about_passes(topic: str, field: str) -> None:
    """A topic that no draft can name is named by the user's own words, however short it is."""
    core = f"Thank you for taking the time to meet with me on Tuesday. It was good to talk to you about {topic}."
    assert not is_generic(f"{core} I look forward to hearing from you soon.", told(topic, field))


@pytest.mark.parametrize("field", ["moment", "link", "offer"])
@pytest.mark.parametrize("wording", WORDINGS)
def test_what_the_user_wrote_is_of_the_conversation(field: str, wording: str) -> None:
    """A typed sentence about this person is a fact of the conversation, in each wording."""
    facts = told("I liked that you check every valve twice, because a loose one costs a night.", field)
    person = facts.interviews[0].people[0]
    draft = write(facts, person, Kind.THANK_YOU, wording=wording)
    assert [finding for finding in errors(facts, draft, person) if finding.startswith("FM301")] == []


@pytest.mark.parametrize("field", ["moment", "link", "offer", "point", "problem", "use"])
def test_the_words_of_a_typed_sentence_are_facts(field: str) -> None:
    """A mail in other words that goes back to a typed sentence is not generic; without that fact it is."""
    said = "You check every valve twice before the season."
    facts = (
        sample_facts({"interviews": [meeting()], "fit": [], "not_mentioned": [], "unsaid": {field: said}})
        if (field in {"point", "problem", "use"})
        else told(said, field)
    )
    core = f"{NOTHING_SAID[0]} The valve comes to mind, and the season."
    assert not is_generic(core, facts)
    assert is_generic(
        core, sample_facts({"interviews": [meeting(discussed=["the payroll"])], "fit": [], "not_mentioned": []})
    )


@pytest.mark.parametrize("core", NOTHING_SAID)
def test_an_inquiry_needs_no_recital(core: str) -> None:
    """One question about the state of an application may say nothing of the conversation."""
    context = replace(Sample(core, kind=Kind.STATUS_INQUIRY).context(), facts=told("Kafka"))
    assert check_mail(context, RULE) == ()


@pytest.mark.parametrize("topic", HOLLOW)
@pytest.mark.parametrize("wording", WORDINGS)
def test_no_wording_makes_something_of_a_topic_that_says_nothing(topic: str, wording: str) -> None:
    """What could be said of any interview is no topic, in whichever sentence it stands."""
    facts = told(topic)
    person = facts.interviews[0].people[0]
    draft = write(facts, person, Kind.THANK_YOU, wording=wording)
    assert [one for one in errors(facts, draft, person) if one.startswith("FM301")]


@pytest.mark.parametrize("topic", [*TOPICS, "the role", "Northwind Labs", "the Data Engineer position", "", "..."])
@pytest.mark.parametrize("core", NOTHING_SAID)
def test_a_mail_that_names_nothing_stays_generic(topic: str, core: str) -> None:
    """Words that stand in any mail do not name a topic, though the topic has them too."""
    assert is_generic(core, told(topic))


@pytest.mark.parametrize(
    ("topic", "sentence"),
    [
        ("the move from nightly batches to streaming", "Streaming is what I keep coming back to."),
        ("Kafka", "I keep coming back to Kafka's part in it."),
        ("parking", "I will take the bus: parking is as you said."),
        ("your roadmap", "The roadmap that you drew for me is a brave one."),
        ("testing in production", "I have tested much, and never in production."),
        ("hiring", "Your thoughts on hiring have stayed with me."),
        ("open source drivers", "I liked how open-source drivers came about."),
        ("farm-to-table", "Farm to table with three of them is honest."),
        ("e-learning", "Your view of elearning was new to me."),
        ("the data base of parts", "The database of parts is older than I am."),
        ("the warm-up list", "The warm up list is a kind idea."),
        ("how your team reviews each other's designs", "I like it that designs are read by all of you."),
    ],
)
def test_a_topic_in_ones_own_words_is_named(topic: str, sentence: str) -> None:
    """A topic is named by the words that are special to it, in another form or order as well."""
    thanks = "Thank you for taking the time to meet with me on Tuesday about the position."
    assert is_generic(f"{thanks} I look forward to hearing from you soon, with kind regards.", told(topic))
    assert not is_generic(f"{thanks} {sentence} I look forward to hearing from you soon.", told(topic))


def test_one_ordinary_word_of_a_topic_does_not_name_it() -> None:
    """ "Your" and "team" stand in any mail; a topic that has them is not named by them."""
    facts = told("how your team plans its releases")
    assert is_generic(NOTHING_SAID[0], facts)
    assert not is_generic(f"{NOTHING_SAID[0]} Releases planned on a wall are new to me.", facts)


ONLY_PRAISE = """
Thank you so much for taking the time to speak with me yesterday. Your vision and energy inspired me, and I left with an
even stronger desire to become part of what you are building.

Many thanks for your valuable time. The interview was very insightful, and I got a clear picture of the challenges
ahead. With my strong communication skills and problem-solving mindset I would hit the ground running.

Thank you for the warm welcome and the engaging discussion about the Data Engineer role. Hearing about Northwind's
commitment to innovation only deepened my excitement. I am certain that my technical expertise, coupled with my
collaborative spirit, would allow me to make an immediate impact.

Thank you for giving me the chance to interview. I am hardworking, punctual and a quick learner, and I get along well
with customers and colleagues alike. I promise to give my best every single day if you choose me.

I am grateful for the opportunity to discuss my candidacy. The conversation confirmed that my professional trajectory
and your strategic roadmap are closely aligned, and I am eager to unlock the next chapter of growth with you.
""".strip().split("\n\n")
OF_ONE_DAY = """
Thanks for the tour of the loading bay. I would move the scales nearer the door, as we did at the mill; it saved us a
forklift.

It was good to meet you, and to see the stockroom. The handwritten labels won me over. I look forward to hearing from
you.

Thank you for Tuesday. I took the bus home because of what you said about parking, and it was not so bad.
""".strip().split("\n\n")


@pytest.mark.parametrize("core", ONLY_PRAISE)
@pytest.mark.parametrize("is_told", [True, False])
def test_praise_and_claims_tell_of_nothing(core: str, is_told: bool) -> None:
    """Hollow words in any number make no mail about one conversation, with facts beside it or without."""
    facts = told("patients who fall at night") if is_told else None
    assert check_mail(replace(Sample(core, kind=Kind.THANK_YOU).context(), facts=facts), RULE)


@pytest.mark.parametrize("core", OF_ONE_DAY)
@pytest.mark.parametrize("is_told", [True, False])
def test_a_short_mail_that_tells_of_something_passes(core: str, is_told: bool) -> None:
    """What the notes don't have may have been there all the same: things to touch are no praise."""
    facts = told("parking") if is_told else None
    assert check_mail(replace(Sample(core, kind=Kind.THANK_YOU).context(), facts=facts), RULE) == ()


def test_words_of_the_advert_are_not_of_the_conversation() -> None:
    """A topic that only stands in a line copied from the advert is not named; in words of one's own it is."""
    advert = "You execute batch records in compliance with regulations and keep single-use bioreactors running."
    copied = "I can execute batch records in compliance with regulations and keep single-use bioreactors running."
    thanks = "Thank you for the opportunity to interview for the position, and for your time."
    context = replace(Sample("", kind=Kind.THANK_YOU).context(), facts=told("batch records"), advert=advert)
    assert check_mail(replace(context, text=f"{thanks} {copied}"), RULE)
    assert check_mail(replace(context, text=f"{thanks} Your batch records remind me of a cook's book."), RULE) == ()


def test_worship_tells_of_nothing() -> None:
    """Praise in large words is no detail of a conversation."""
    core = (
        "Meeting you was a miracle to me, and I shall cherish it forever. Whoever learns from such wisdom and such a "
        "noble mind is the luckiest of all. I am truly grateful for your precious time and await your kind decision."
    )
    assert is_generic(core, told("the crane in the harbour"))
