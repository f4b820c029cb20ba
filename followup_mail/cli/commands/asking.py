"""The command ``ask``: the sentences that make a mail one's own, asked with beginnings to choose from."""

from typing import Annotated, NoReturn

import typer

from followup_mail.cli.commands.arguments import App, Ours
from followup_mail.cli.commands.completing import complete_kind, complete_person
from followup_mail.cli.commands.places import open_workspace


def ask(
    application: App,
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="PERSON", autocompletion=complete_person, help="Only about this person (name or address)."
        ),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--for", metavar="KIND", autocompletion=complete_kind, help="Only what this mail needs, e.g. thank_you."
        ),
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="Also what has been answered, to keep or change it.")] = False,
    ours: Ours = False,
    transcript: Annotated[
        bool,
        typer.Option("--transcript", help="Let the writing model propose notes from the transcript that is kept."),
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Ask line by line; also reads answers from a pipe.")] = False,
) -> None:
    """Ask for the sentences that your mails are made of.

    You choose how a sentence begins and type the rest. It grows below what you type, with a remark where something does
    not fit. Each answer is kept at once; everything can be skipped, and asked again later.

    Where a writing model is set, it asks one more question about each person, and suggests corrections of what you
    typed; nothing changes unless you take them. `--ours` leaves it out.

    Of a transcript given with `add --notes`, the sentences that fit are shown at each question. With `--transcript` the
    writing model reads it instead and proposes notes, each with the sentence it comes from. Nothing is written down
    before you accept them: followup-mail proposals.

    \b
    followup-mail ask lumen-freight
    followup-mail ask lumen-freight --to priya --for thank_you
    followup-mail ask lumen-freight --again
    followup-mail ask lumen-freight --transcript
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.cli.views.ask_form import ask_for_sentences, lead_through_text, questions_with_text
    from followup_mail.cli.views.finished_mails import say_why_not, show_after_asking
    from followup_mail.cli.views.model_view import ask_model, find_debrief
    from followup_mail.cli.views.show_outdated import carry_through
    from followup_mail.services.asking.ask_questions import next_mail, open_questions
    from followup_mail.services.context.request import read_kind

    workspace = open_workspace()
    if transcript:
        from followup_mail.cli.views.transcript_notes_view import propose_from_transcript

        propose_from_transcript(workspace, application, is_alone=not (to or kind or again or ours))
        return
    wanted = read_kind(kind) if kind else None
    loaded = workspace.facts.load(application)
    taken = lead_through_text(workspace, loaded.slug, wanted, to, again=again, plain=plain)
    if taken is None:
        return
    questions = questions_with_text(workspace, loaded.slug, wanted, to, again=again)
    asking = ask_model(workspace, ours=ours)
    model = find_debrief(workspace, loaded.slug, asking.anew() if again else asking, wanted, (to,) if to else ())
    if not questions and not (model and model.has_more()):
        screen.out("Nothing is open." if again else "Nothing is open. To change an answer, add --again.")
        return
    if not plain and not screen.is_interactive():
        _refuse_without_terminal(loaded.slug)
    mail = wanted or next_mail(loaded)
    if questions and (why_not := say_why_not(mail, loaded)):
        screen.note(screen.wrap(why_not))
    kept = ask_for_sentences(workspace, loaded.slug, questions, kind=wanted, to=to, model=model, plain=plain)
    count = len(kept) + taken
    screen.out(f"Kept {count} {'answer' if count == 1 else 'answers'} in {workspace.facts.path(loaded.slug)}")
    if count and screen.is_interactive():
        # Whoever ended the questions early is not asked another one.
        is_done = not plain and not open_questions(workspace.facts.load(loaded.slug), workspace.now(), wanted, to)
        show_after_asking(workspace, loaded.slug, mail, kept, to, asking, is_done=is_done)
    screen.note(f"See a mail with: followup-mail preview {loaded.slug} {mail}")
    carry_through(workspace, loaded.slug, loaded)


def _refuse_without_terminal(slug: str) -> NoReturn:
    from followup_mail.errors import RefusedError

    by_hand = f"followup-mail edit {slug}"
    fix = f"Add --plain to answer from a pipe, or write the sentences into the file: {by_hand}"
    raise RefusedError("There is no terminal to ask on.", fix=fix)
