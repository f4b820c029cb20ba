"""The transcript or notes kept beside the facts of an application: read them, add to them, remove them."""

from __future__ import annotations

from starlette.responses import Response

from followup_mail.errors import FactsError
from followup_mail.incoming.transcript_file import decode_transcript
from followup_mail.services.typed.kept_text import forget_text, keep_text, read_kept
from followup_mail.web.frame.asked import Asked
from followup_mail.web.frame.shown import facts_version


def show_transcript(asked: Asked) -> Response:
    """Show what is kept."""
    return _page(asked, 200)


def keep_transcript(asked: Asked) -> Response:
    """Keep what was pasted or given as a file, behind what is kept already."""
    slug = asked.path["slug"]
    text, files = asked.form.get("text"), asked.form.files.get("file", ())
    with asked.open(f"change {slug} --notes FILE") as workspace:
        slug = workspace.facts.load(slug).slug
        try:
            texts = [decode_transcript(file.content, file.name) for file in files]
            for transcript in (*texts, text) if text.strip() else texts:
                keep_text(workspace, slug, transcript)
        except FactsError as error:
            return _page(asked, 422, text, error)
    if not files and not text.strip():
        return _page(asked, 422, is_empty=True)
    return asked.go(f"/applications/{slug}/transcript", "facts.transcript_kept", slug=slug)


def remove_transcript(asked: Asked) -> Response:
    """Remove it, if it is what was shown."""
    slug = asked.path["slug"]
    with asked.open(f"change {slug} --notes FILE") as workspace:
        slug = workspace.facts.load(slug).slug
        asked.require_shown(facts_version(read_kept(workspace, slug)))
        forget_text(workspace, slug)
    return asked.go(f"/applications/{slug}/transcript", "facts.transcript_removed")


def _page(
    asked: Asked, status: int, text: str = "", error: FactsError | None = None, *, is_empty: bool = False
) -> Response:
    with asked.open() as workspace:
        application = workspace.facts.load(asked.path["slug"])
        kept = read_kept(workspace, application.slug)
        values = {"text": text, "error": error, "is_empty": is_empty}
        return asked.page("facts/transcript.html", status, application=application, kept=kept, **values)
