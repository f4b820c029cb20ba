"""A model's paragraphs as a draft: greeting, closing and signature are ours, as in every other mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from followup_mail.drafts.assignment import Writer
from followup_mail.drafts.html_layout import lay_out
from followup_mail.drafts.own_words import find_spans, strip_marks
from followup_mail.drafts.write_draft import tidy
from followup_mail.message.draft import Draft
from followup_mail.writing_model.reply import ModelMail


def make_model_draft(
    writer: Writer, ours: Draft, words: Mapping[str, object], mail: ModelMail, own_sentences: Sequence[str]
) -> Draft:
    """Return ``ours`` with the words of a model; in a thread the subject stays that of the thread."""
    greeting, closing, signature = (strip_marks(str(words[name])) for name in ("greeting", "sign_off", "signature"))
    text = tidy(f"{greeting},\n\n{mail.body}\n\n{closing}\n{signature}")
    subject = ours.subject if ours.thread else mail.subject
    html = lay_out(writer.render, subject, text)
    theirs = sorted((said.strip().rstrip(".") for said in own_sentences), key=text.find)
    return replace(ours, subject=subject, text=text, html=html, own_words=find_spans(text, theirs))
