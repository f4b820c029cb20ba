"""Ask about a new application: one question at a time, with a way back, and nothing lost whatever ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import Move, typed_so_far
from followup_mail.cli.terminal.short_prompts import (
    NEEDED,
    ShortPrompter,
    ShortQuestion,
    choose_short_prompter,
    say_refused,
)
from followup_mail.cli.views.which_reading import choose_reading
from followup_mail.facts.debrief import Answers
from followup_mail.facts.said_readings import AmbiguousError
from followup_mail.incoming.transcript import TranscriptLine
from followup_mail.services.adding.add_application import find_twin, refuse_twin
from followup_mail.services.adding.add_draft import AddDraft, draft_path, find_draft, keep_draft
from followup_mail.services.adding.add_steps import AddStep, answer_so_far, list_steps, read_step, skip_answer
from followup_mail.services.adding.finish_draft import is_enough, keep_readable, lacks_length, make_answers
from followup_mail.services.adding.fitting_lines import as_answer, find_fitting
from followup_mail.services.adding.told_people import Understood
from followup_mail.services.typed.interview_length import ASSUMED
from followup_mail.services.typed.kept_text import read_lines
from followup_mail.services.typed.put_reading import put_reading
from followup_mail.workspace import Workspace

_RULES: Final = "Enter skips, < goes back, Ctrl-D ends here. Every answer is kept once you press Enter."


def ask_all(
    workspace: Workspace, prompter: ShortPrompter | None = None, *, has_name: bool = False, notes: str = ""
) -> Answers:
    """Ask question by question. Ended by Ctrl-D, what was told so far is the answer; by Ctrl-C, it is kept for later.

    Unless it has a short name of its own already, or the first is archived and the user wants another one, a second
    application for one position is refused at once. Raises
    ``EOFError`` or ``KeyboardInterrupt`` when there is not enough for an application yet.
    """
    prompter = prompter or choose_short_prompter()
    dialogue = _Dialogue(workspace, prompter, AddDraft(), has_name, read_lines(workspace, notes))
    try:
        dialogue.draft = _offer_draft(workspace) or AddDraft()
        screen.note(_RULES)
        dialogue.go_through()
    except EOFError:
        screen.note()
        if not is_enough(dialogue.draft):
            _say_kept(workspace, dialogue.draft)
            raise
        screen.note("Your answers so far are kept.")
    except KeyboardInterrupt:
        screen.note()
        _say_kept(workspace, dialogue.draft)
        raise
    if lacks_length(dialogue.draft):
        screen.note(ASSUMED)
    return make_answers(workspace, dialogue.draft)


def _offer_draft(workspace: Workspace) -> AddDraft | None:
    draft = find_draft(workspace)
    if draft is None:
        return None
    screen.note(f"Kept so far: {draft.summary}.")
    if screen.agree(f"Go on with what you began: {draft.name}?"):
        return keep_readable(workspace, draft)
    # It is there until something else is typed.
    return None


def _say_kept(workspace: Workspace, draft: AddDraft) -> None:
    if not draft.is_empty:
        screen.note(f"Your answers are kept in {draft_path(workspace)}. To go on: followup-mail add")


@dataclass
class _Dialogue:
    workspace: Workspace
    prompter: ShortPrompter
    draft: AddDraft
    has_name: bool = False
    """Whether it may stand beside another one for the same position."""
    lines: tuple[TranscriptLine, ...] = ()
    """The sentences of notes, each shown at the questions that it fits."""
    left_over: str = ""
    """What stays in the line after an answer that was not understood, to be corrected."""

    def go_through(self) -> None:
        """Ask every question behind the last one that was answered; going back leads to those before."""
        self._settle_twin()
        steps = list_steps(self.workspace, self.draft)
        at = max((at + 1 for at, step in enumerate(steps) if answer_so_far(self.draft, step)), default=0)
        while at < len(steps):
            key = steps[at].key
            is_back = self._ask(steps[at]) is Move.BACK
            if key == "role" and not is_back:
                self._settle_twin()
            # The answer may have led to other questions.
            steps = list_steps(self.workspace, self.draft)
            keys = [step.key for step in steps]
            at = max(keys.index(key) - 1, 0) if is_back else keys.index(key) + 1

    def _settle_twin(self) -> None:
        """Refuse a second application for one position, unless the first is archived and another one is wanted."""
        company, role = (self.draft.answers.get(key, "") for key in ("company", "role"))
        if self.has_name or not (company and role):
            return
        twin = find_twin(self.workspace, company, role)
        if twin and twin.archived:
            screen.note(f"There is an archived application for {role} at {company}: {twin.slug}.")
            self.has_name = screen.agree("Write a new one beside it?")
        if not self.has_name:
            refuse_twin(self.workspace, company, role)

    def _ask(self, step: AddStep) -> Move | None:
        """Ask until there is an answer, or none is wanted; ``Move.BACK`` for the question before."""
        typed = self.draft.typed.get(step.key, "")
        fitting = self._show_fitting(step)
        while True:
            try:
                text = self.prompter.ask(self._question(step, typed))
            except (EOFError, KeyboardInterrupt) as end:
                self._keep_half(step, typed_so_far(end) or typed, is_written=isinstance(end, EOFError))
                raise
            if isinstance(text, Move):
                return Move.BACK if text is Move.BACK else None
            text = fitting.get(text.strip(), text.strip()) or step.default
            if not text and not step.is_needed:
                self._keep(_without_typed(skip_answer(self.draft, step), step))
                return None
            if not text:
                screen.note(f"  {NEEDED}")
                continue
            if text == answer_so_far(self.draft, step):
                return None
            if self._take(step, text):
                return None
            typed = self.left_over

    def _take(self, step: AddStep, text: str) -> bool:
        """Keep an answer, or what was typed instead of it where it was doubted; return whether one was taken."""
        while text:
            self.left_over = text
            understood = self._understand(step, text)
            if understood is None:
                return False
            if not understood.doubt or (answer := screen.ask_doubt(f"  {understood.doubt}")) == "yes":
                self._show(step, text, understood)
                self._keep(_without_typed(understood.draft, step))
                return True
            text = answer
        return False

    def _keep_half(self, step: AddStep, text: str, *, is_written: bool) -> None:
        """Keep what stood in the line when somebody ended there: as the answer, or to be gone on with."""
        if not text:
            return
        try:
            understood = read_step(self.workspace, self.draft, step, text)
        except ValueError:
            understood = None
        screen.note()
        if is_written and understood and not understood.doubt:
            screen.note(f"Kept as the answer to '{step.ask}': {text}", "  ")
            self._keep(_without_typed(understood.draft, step))
        else:
            said = "Not understood, so not written down" if is_written else "Kept, to be gone on with"
            screen.note(f"{said}, at '{step.ask}': {text}", "  ")
            self._keep(replace(self.draft, typed=self.draft.typed | {step.key: text}))

    def _show_fitting(self, step: AddStep) -> dict[str, str]:
        """Show the sentences that fit a question, and return each by the number that takes it."""
        found = find_fitting(self.lines, self.draft, step)
        if found:
            screen.note("In your notes; a number takes a sentence:")
        for number, line in enumerate(found, 1):
            said = f"{line.label}: {line.text}" if line.label else line.text
            screen.note(screen.wrap(f"{number}  {said}", "  "))
        return {str(number): as_answer(step, line) for number, line in enumerate(found, 1)}

    def _question(self, step: AddStep, typed: str) -> ShortQuestion:
        def look(text: str) -> str:
            try:
                return read_step(self.workspace, self.draft, step, text).shown if text.strip() else ""
            except AmbiguousError as error:
                return " or ".join(reading.said for reading in error.readings) + "?"
            except ValueError:
                return ""

        kept = answer_so_far(self.draft, step)
        so_far = "" if kept == step.default else kept  # What Enter takes anyway would only be in the way.
        return ShortQuestion(step.ask, step.hint, so_far, look, typed, step.is_needed, bool(step.default))

    def _understand(self, step: AddStep, text: str) -> Understood | None:
        """Return what is understood; what is not is said, and None returned. Of two readings one is chosen."""
        try:
            return read_step(self.workspace, self.draft, step, text)
        except AmbiguousError as error:
            written = choose_reading(error)
            self.left_over = ""  # none of its readings is meant, so there is nothing to correct
            return self._understand(step, put_reading(text, error, written)) if written else None
        except ValueError as error:
            screen.note(f"  {say_refused(step.label or step.ask, error)}", "  ")
            self.left_over = text
            return None

    def _show(self, step: AddStep, text: str, understood: Understood) -> None:
        """Show back what was understood, where it is not what was typed, or where that is gone from the screen."""
        lines = understood.shown.split("\n") if understood.shown else []
        if self.prompter.echoes:
            label = f"{step.label}: "
            for line in lines:
                screen.note(f"{label}{line}", "  ")
                label = " " * len(label)
        elif understood.shown not in {"", text}:
            for line in lines:
                screen.note(f"  {line}", "  ")
        for note in understood.notes:
            screen.note(f"  {note}", "  ")

    def _keep(self, draft: AddDraft) -> None:
        if draft != self.draft:
            self.draft = draft
            keep_draft(self.workspace, draft)


def _without_typed(draft: AddDraft, step: AddStep) -> AddDraft:
    """Return the draft without what was begun at a question that is answered now."""
    return replace(draft, typed={key: text for key, text in draft.typed.items() if key != step.key})
