"""The names that templates can use: for each fact what it is, and how to supply it when it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ENV: Final = "in .env or the environment."
_SENTENCE: Final = 'Add {} = "..." {} in the facts file, as it should stand in the mail.'
_NOTE: Final = "Add {} to {}; a note becomes this only where that is safe."
_POINT: Final = (
    "Answer the questions of followup-mail ask, or add what came of it, with its figure, to not_mentioned; a note "
    "becomes this only where both can be said."
)
_MET: Final = "Add the person to an interview, with its `start`, in the facts file."
_COLLEAGUE: Final = 'Add the person under the interview, with discussed = ["..."], in the facts file.'
_DECISION: Final = "Add decision_by = 2026-12-04 under [said] in the facts file."

FACTS: Final[Mapping[str, tuple[str, str]]] = {
    "greeting": ("the first line: Hi Dale, Dear Dr. Raman", "Give the person a `name` in the facts file."),
    "addressee": ("what follows Dear or Hi", "Give the person a `name`, or `address_as`, in the facts file."),
    "full_name": ("the recipient's full name", "Give the person a `name` in the facts file."),
    "tone": ("formal, neutral or friendly", 'Add tone = "friendly" under the person in the facts file.'),
    "friendly": ("there when the tone is friendly", 'Add tone = "friendly" under the person in the facts file.'),
    "formal": ("there when the tone is formal", 'Add tone = "formal" under the person in the facts file.'),
    "contracted": (
        "there when contractions are used: in a friendly mail, or as your own mails have it",
        "Show followup-mail mails of yours: followup-mail voice add FILE",
    ),
    "thanks": ("Thanks or Thank you, as the tone goes", "Give the person a `name` in the facts file."),
    "through_agency": (
        "there for a recruiter whose address is not of the company",
        "Give the person the role recruiter.",
    ),
    "at_theirs": ("with you; for a recruiter: at the company", "Give the person a `name` in the facts file."),
    "sign_off": ("the words above your name, as the tone goes", "Give the person a `name` in the facts file."),
    "closes_with_thanks": (
        "there when `sign_off` is a thanks of your own",
        "Show followup-mail mails of yours: followup-mail voice add FILE",
    ),
    "letter_sign_off": ("the words above your name in a letter", "Give the person a `name` in the facts file."),
    "country": ("the recipient's country, two letters", 'Add country = "US" to the facts file.'),
    "company": ("the company's name", 'Add company = "..." to the facts file.'),
    "role": ("the position, as you wrote it", 'Add role = "..." to the facts file.'),
    "job": ("the position, as one says it", 'Add role = "..." to the facts file.'),
    "post": ("what follows the: data engineer role", 'Add role = "..." to the facts file.'),
    "job_in_subject": ("`job`, when it is short enough for a subject", 'Add role = "..." to the facts file.'),
    "moment": ("what you want to thank them for, your sentence", _SENTENCE.format("moment", "under the person")),
    "moment_thanks": (
        "there when your moment is a thank-you of its own",
        _SENTENCE.format("moment", "under the person"),
    ),
    "to_help": ("what they want, as it follows: I would like to help", _SENTENCE.format("link", "under the person")),
    "link_alone": ("the same, where no moment stands before it", _SENTENCE.format("link", "under the person")),
    "link": ("their problem and what you have done, your sentences", _SENTENCE.format("link", "under the person")),
    "offer": ("what you would like to do or ask, your sentence", _SENTENCE.format("offer", "under the person")),
    "why_them": ("what draws you to them, your sentence", _SENTENCE.format("why_them", "at the top")),
    "you_did": ("what convinced you, as it follows: I liked that", _NOTE.format("convinced", "the person")),
    "thanks_for": ("what follows: Thank you for", _NOTE.format("discussed", "the person")),
    "your_words": ("what the recipient said, word for word", _NOTE.format("discussed", "the person")),
    "topic": ("what follows: our conversation about", _NOTE.format("discussed", "the person")),
    "topic_in_subject": ("the same, when it is short enough for a subject", _NOTE.format("discussed", "the person")),
    "topics": ("everything that follows: our conversation about", _NOTE.format("discussed", "the person")),
    "talked_about": (
        "one or two things that you talked about, beside whatever else the notes say",
        _NOTE.format("discussed", "the person"),
    ),
    "our_talk": (
        "one thing that you talked about, for a later mail: our conversation about",
        _NOTE.format("discussed", "the person"),
    ),
    "convinced": ("what convinced you, where that is a thing", _NOTE.format("convinced", "the person")),
    "problem": ("what they told you that `proof` answers, a sentence", _NOTE.format("discussed", "the person")),
    "proof": ("what you have done, a sentence that begins with I", _NOTE.format("fit", "the application")),
    "fit": ("the same, without its full stop", _NOTE.format("fit", "the application")),
    "experience": ("how long you have done what, a thing", _NOTE.format("fit", "the application")),
    "nothing_of_theirs": (
        "there when no note on the conversation gave anything to say",
        "It comes from the facts file.",
    ),
    "nothing_told": ("there when neither answers nor notes gave anything to say", "It comes from the facts file."),
    "point": ("what you did not get to say, your sentence", _SENTENCE.format("point", "under [unsaid]")),
    "point_problem": ("what it helps with, your sentence", _SENTENCE.format("problem", "under [unsaid]")),
    "point_use": ("what you could do with it, your sentence", _SENTENCE.format("use", "under [unsaid]")),
    "point_also": ("a second thing you did not get to say, your sentence", _SENTENCE.format("also", "under [unsaid]")),
    "problem_in_subject": (
        "what they told you about, short enough for a subject",
        _SENTENCE.format("problem", "under [unsaid]"),
    ),
    "says_interest": (
        "there when `why_them` says that you want to work there",
        _SENTENCE.format("why_them", "at the top"),
    ),
    "note_point": ("what you did not get to say, a sentence", _POINT),
    "point_answers": (
        "what they told you that `note_point` answers",
        _NOTE.format("not_mentioned", "the application"),
    ),
    "point_topic": ("a `topic` that `note_point` has to do with", _NOTE.format("not_mentioned", "the application")),
    "works_there": (
        "there when the position is an internal one",
        'Write it into the role: role = "Store manager (internal transfer)".',
    ),
    "detail": ("`note_point`, without its full stop", _POINT),
    "when_we_met": ('the day of the interview with this person, in a mail that leaves at once also "yesterday"', _MET),
    "when_we_met_short": ("the same, without on", _MET),
    "day_we_met": ("the name of that day, however soon the mail leaves", _MET),
    "time_we_met": ("the hour of that interview, by their clock", _MET),
    "by_phone": ("there when you spoke on the phone", _MET),
    "on_site": ("there when you met at their place", _MET),
    "when_interviewed": (
        "the day of the latest interview, whoever was there",
        "Add the interview with its `start` to the facts file.",
    ),
    "time_interviewed": (
        "the hour of that interview, by the recipient's clock",
        "Add the interview with its `start` to the facts file.",
    ),
    "interviewers": ("whom you spoke with in the interview", "Add the people under the interview in the facts file."),
    "people_met": ("whom you spoke with then, the recipient as you", _MET),
    "you_and_panel": ("the same, when the recipient was there", _MET),
    "colleague": ("somebody else whom you spoke with in the interview", _COLLEAGUE),
    "colleague_topic": ("what you discussed with that colleague", _COLLEAGUE),
    "decision_day": ("the day by which they decide", _DECISION),
    "decision_weekday": ("the same, with its weekday", _DECISION),
    "wait_until": (
        "the first day on which a follow-up is welcome",
        "Add not_before = 2026-12-01 under [said] in the facts file.",
    ),
    "quote": ("their own words about the next steps", 'Add quote = "..." under [said] in the facts file.'),
    "they_would": ("what follows: You said that", 'Add quote = "..." under [said] in the facts file.'),
    "i_could": (
        "what follows: that I could, when they said so",
        'Add quote = "..." under [said] in the facts file.',
    ),
    "still_to_come": ("there while the day by which they decide has not passed", _DECISION),
    "they_call": ("there when they said that they will call", 'Add quote = "..." under [said] in the facts file.'),
    "told_by": ("who named that day, when it was somebody else", 'Add by = "NAME" under [said] in the facts file.'),
    "told_by_you": ("there when it was the recipient", 'Add by = "NAME" under [said] in the facts file.'),
    "sent_to_you": ("there when they said to ask the recipient", 'Add ask = "NAME" under [said] in the facts file.'),
    "interest_read": (
        "there when the recipient has read that you are still very interested",
        "It comes from the outbox.",
    ),
    "thanked": ("there when the recipient had a mail from you before", "It comes from the outbox."),
    "applied_day": ("the day you applied", "Add applied = 2026-11-02 to the facts file."),
    "promised": ("what you promised to send, as noted", "Add [[promised]] with `what` to the facts file."),
    "promise": ("a promise that needs no file, your sentence", _SENTENCE.format("says", "under [[promised]]")),
    "attached": ("the promised files that are attached", "Add `file` under [[promised]] in the facts file."),
    "attached_in_subject": (
        "the same, when it fits into a subject",
        "Add `file` under [[promised]] in the facts file.",
    ),
    "understood": ("their reason for the rejection, your sentence", _SENTENCE.format("understood", "under [outcome]")),
    "onward": ("a next step or a wish, your sentence", _SENTENCE.format("onward", "under [outcome]")),
    "parting": ("what you wish them or will remember, your sentence", _SENTENCE.format("parting", "under [outcome]")),
    "promoted": ("there when somebody of their own was chosen", "Add the `reason` under [outcome] in the facts file."),
    "onward_is_step": ("there when that sentence says what you will do", _SENTENCE.format("onward", "under [outcome]")),
    "parting_wish": ("what you wish them, as it ends the mail", _SENTENCE.format("parting", "under [outcome]")),
    "onward_is_wish": ("there when that sentence is a wish", _SENTENCE.format("onward", "under [outcome]")),
    "reason": ("their reason, as it follows: I understand that", _NOTE.format("reason", "[outcome]")),
    "granted": ("their reason, as it follows: I had hoped to join you, but", _NOTE.format("reason", "[outcome]")),
    "told_why": ("there when they gave a reason", _NOTE.format("reason", "[outcome]")),
    "to_learn": ("there when what they missed can be learnt", _NOTE.format("reason", "[outcome]")),
    "somebody_chosen": ("there when they chose somebody else", _NOTE.format("reason", "[outcome]")),
    "told_how": ("what follows: Thank you for", _NOTE.format("reason", "[outcome]")),
    "called_me": ("there when the recipient told it by phone", "How they told it is `told` under [outcome]."),
    "left_with_you": (
        "what you sent them that stays of use: my count sheet",
        "Add `file` under [[promised]] in the facts file.",
    ),
    "remembered": (
        "what they were thanked for, as it follows: I'll remember",
        _SENTENCE.format("moment", "of this person, under the interview"),
    ),
    "told_by_reader": ("there when the recipient may be who told it", "Who wrote is `by` under [outcome]."),
    "was_close": ("there when they said that it was close", _NOTE.format("reason", "[outcome]")),
    "invited": ("a sentence on what they told you to do next", _NOTE.format("reason", "[outcome]")),
    "about_money": ("there when the money or a change of plan was the reason", _NOTE.format("reason", "[outcome]")),
    "met_you": ("there when you met the recipient in an interview", _MET),
    "others_met": ("the other people you met", "Add the people under the interview in the facts file."),
    "others_named": (
        "the other people you met, by name, when they are several",
        "Add the people under the interview in the facts file.",
    ),
    "you_and_others": ("the recipient and they", "Add the people under the interview in the facts file."),
    "turn": ("the place of the recipient among those you met, from 0", "It comes from the facts file."),
    "my_name": ("your name", f"Set FOLLOWUP_NAME {_ENV}"),
    "my_phone": ("your phone number", f"Set FOLLOWUP_PHONE {_ENV}"),
    "my_email": ("your mail address", f"Set FOLLOWUP_EMAIL {_ENV}"),
    "signature": ("your name and what stands under it", f"Set FOLLOWUP_NAME {_ENV}"),
}
"""A template that passes a note on has two more: ``note``, and ``about``, as its cover does."""
