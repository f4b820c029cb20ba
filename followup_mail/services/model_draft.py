"""A model's paragraphs as a draft: greeting, closing and signature are ours, as in every other mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from followup_mail.drafts.assignment import Writer
from followup_mail.drafts.own_words import find_spans, strip_marks
from followup_mail.drafts.write_draft import Words, fill_draft, tidy
from followup_mail.message.draft import Draft
from followup_mail.writing_model.model_mail import ModelMail


def make_model_draft(
    writer: Writer, frame: Draft, facts: Mapping[str, object], mail: ModelMail, own_sentences: Sequence[str]
) -> Draft:
    """Return ``frame``, which names the model, with the words of the model; ``facts`` are those that templates have."""
    greeting, closing, signature = (strip_marks(str(facts[name])) for name in ("greeting", "sign_off", "signature"))
    text = tidy(f"{greeting},\n\n{mail.body}\n\n{closing}\n{signature}")
    theirs = sorted((said.strip().rstrip(".") for said in own_sentences), key=text.find)
    draft = fill_draft(writer, frame, Words(mail.subject, text, find_spans(text, theirs)))
    return replace(draft, wording=f"written by {frame.model}")
