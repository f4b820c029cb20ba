"""The look of ``doctor`` at the writing model."""

from __future__ import annotations

from followup_mail.delivery.redaction import one_line
from followup_mail.services.accounts.setup_look import Examined, SetupCheck, fault, fine

_MODELS_SHOWN = 8
_MODELS_WIDTH = 400
"""Letters of their names that are shown at most."""


def look_at_writing_model(examined: Examined) -> SetupCheck:
    """Ask for the list of models: no mail is written, and nothing of the user's is sent but the key."""
    endpoint = examined.workspace.writing_model
    if endpoint is None:
        return fine("writing model", "none is set, so the program's own wordings are used")
    from followup_mail.writing_model.chat import knows_model, list_models

    listed = list_models(endpoint)
    if knows_model(endpoint, listed):
        return fine("writing model", f"'{endpoint.model}' is ready at {endpoint.place}")
    said = f"{endpoint.place} answers, but doesn't list the model '{endpoint.model}'"
    shown = one_line(", ".join(listed[:_MODELS_SHOWN]))[:_MODELS_WIDTH] or "none is there yet, so add it first"
    return fault("writing model", said, f"Set FOLLOWUP_WRITER_MODEL to a model that it lists: {shown}")
