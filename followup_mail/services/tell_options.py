"""What may be proposed about facts, each with what it is for and how its value is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from followup_mail.services.proposable import FOR_CHANGE, FOR_NEW, REMOVABLE_BY_PROPOSAL

OPTIONS: Final[Mapping[str, str]] = {
    "company": 'The company. "Lumen Freight"',
    "role": 'The position. "Data Engineer"',
    "applied": 'When they applied. "2026-11-02", "2 nov"',
    "zone": 'Where the employer is: a city, a zone or a country. "Denver"',
    "country": 'Their country, for public holidays. "Germany"',
    "start": 'When an interview began, by their clock; adds one, unless `interview` names one. "2026-12-02 10:00"',
    "duration": 'How long it took. "45 min"',
    "format": '"video", "phone" or "in person"',
    "decision-by": 'They decide by this day. "friday", "4 dec"',
    "not-before": 'They want to hear nothing before this day. "2026-12-01"',
    "channel": 'What they prefer. "email", "phone", "post" or "linkedin"',
    "interval": 'How often a follow-up is welcome. "2 weeks"',
    "calls": 'Whether calls are welcome, if they said so. "y" or "n"',
    "quote": "Their own words about the next steps.",
    "interview": "The number of the interview that start, duration, format, round and person are about.",
    "round": 'The round of the interview. "2"',
    "person": 'Somebody met. "Priya Raman; Head of Data; hiring manager"',
    "contact": 'Somebody of theirs whom the user did not meet. "Ana Ruiz; recruiter"',
    "discussed": 'A note on what was talked about with somebody. "priya: late manifests cost them two days a week"',
    "convinced": 'A note on what from somebody convinced the user. "priya: how openly she spoke of the outage"',
    "moment": 'What to thank somebody for, as it will stand in the mail. "priya: I liked that you ..., because ..."',
    "link": 'Their problem and what the user has done about one like it. "priya: You want .... I ..."',
    "offer": 'What the user would like to do or to ask, as it will stand. "priya: Could you ...?"',
    "fit": "A note on why the user fits.",
    "not-mentioned": "A note on what the user did not get to say.",
    "promised": 'What the user promised to send. "the case study"',
    "promised-to": 'Whom it was promised to. "case study: priya"',
    "promise-says": (
        "How the mail keeps a promise, as a sentence that will stand in it; without a file or this sentence no mail "
        'leaves. "case study: I will send you the case study this week."'
    ),
    "address": 'A mail address, when the user gives it to you. "priya: priya@new.example"',
    "title": 'A job title. "priya: Head of Data"',
    "phone": 'A number, when the user gives it to you. "priya: +1 312 555 0142"',
    "part": 'Their part in hiring. "priya: hiring manager"',
    "name": 'Their name, put right. "priya: Priya Raman-Shah"',
    "note": "A note for the user alone; never part of a mail.",
    "remove": f'Takes something out: "OPTION: WHICH". OPTION: {", ".join(REMOVABLE_BY_PROPOSAL)}. "fit: airflow"',
}


def tell_options(*, is_new: bool) -> str:
    """Return a line for each option."""
    return "\n".join(f"{name}: {OPTIONS[name]}" for name in (FOR_NEW if is_new else FOR_CHANGE))
