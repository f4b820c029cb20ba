"""What tools take, with the words by which a model knows what to give. Sizes are bounded before anything is read."""

from typing import Annotated, Final

from mcp.server.mcpserver import Context
from mcp_types import ToolAnnotations
from pydantic import BaseModel, Field

from followup_mail.proposals.proposal import MOST_CHANGES, ProposedChange, clean_by
from followup_mail.services.proposals.proposable import FOR_CHANGE

READS: Final = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
"""What a tool says of itself that only reads."""
PROPOSES: Final = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
"""What a tool says of itself that leaves a proposal: the same proposal is kept once."""

Application = Annotated[
    str, Field(max_length=80, description="The short name as list_applications gives it: lumen-freight.")
]
StepName = Annotated[
    str,
    Field(max_length=250, description="The step as read_plan gives it: lumen-freight/thank_you/r1/priya-raman/1."),
]
Subject = Annotated[
    str,
    Field(max_length=400, description="Three to seven words. In a mail that answers theirs, the subject stays theirs."),
]
Body = Annotated[
    str,
    Field(
        max_length=20_000,
        description="The paragraphs between greeting and closing, separated by an empty line. No greeting, closing, "
        "signature or recipient: followup-mail adds them. Only what the facts say.",
    ),
]
Why = Annotated[
    str, Field(max_length=1_000, description="For the user, who decides: in a sentence, what this is and why.")
]


class Change(BaseModel):
    """One change of facts."""

    option: str = Field(
        max_length=60,
        description="What is changed. The resource followup-mail://options explains each.",
        json_schema_extra={"enum": [*FOR_CHANGE]},
    )
    value: str = Field(
        max_length=8_000,
        description='The value. About a person: "NAME: TEXT", such as "priya: late manifests cost them two days". '
        "Only what the user told you or what the transcript says.",
    )
    sentence: str = Field(
        default="",
        max_length=2_000,
        description="The sentence of the kept transcript that it comes from, letter for letter, or its number as "
        "read_transcript gives it; empty if the user told you.",
    )

    def as_proposed(self) -> ProposedChange:
        """Return it as a proposal has it."""
        return ProposedChange(self.option, self.value, self.sentence)


Changes = Annotated[
    list[Change], Field(min_length=1, max_length=MOST_CHANGES, description="All made together, or none.")
]

Replaces = Annotated[
    int,
    Field(
        ge=0,
        le=999_999,
        description="The number of a waiting proposal of facts of yours for this application that this one replaces; "
        "0: none.",
    ),
]


def name_client(context: Context) -> str:
    """Return how the client calls itself, cleaned; it may lie."""
    try:
        params = context.session.client_params
    except ValueError:  # outside a request
        return clean_by("")
    return clean_by(params.client_info.name if params else "")
