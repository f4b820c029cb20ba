"""The command ``add``: by flags, from a file, or as a debrief of a minute on the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from followup_mail.cadence.wording import say_list
from followup_mail.cli.commands.arguments import Json, Yes
from followup_mail.cli.commands.completing import complete_method
from followup_mail.cli.commands.places import open_workspace
from followup_mail.facts.channels import Channel

if TYPE_CHECKING:
    from followup_mail.workspace import Workspace


def add(
    slug: Annotated[
        str, typer.Argument(metavar="[APP]", help="A short name for it; made from the company if left out.")
    ] = "",
    company: Annotated[str, typer.Option(metavar="NAME", help="The company.")] = "",
    role: Annotated[str, typer.Option(metavar="NAME", help="The position.")] = "",
    applied: Annotated[str, typer.Option(metavar="DAY", help='When you applied: "2 nov", 2026-11-02.')] = "",
    zone: Annotated[
        str,
        typer.Option("--zone", metavar="ZONE", help="Where they are: Denver, Germany. Default: your own."),
    ] = "",
    country: Annotated[str, typer.Option(metavar="CODE", help="Their country, for the public holidays: Germany.")] = "",
    cadence: Annotated[
        str, typer.Option(metavar="NAME", autocompletion=complete_method, help="The method to follow up by.")
    ] = "",
    start: Annotated[
        str,
        typer.Option(metavar="MOMENT", help='When the interview began, by their clock: "yesterday 9:00", "5 nov 2pm".'),
    ] = "",
    duration: Annotated[str, typer.Option(metavar="SPAN", help='How long it took: 45, "an hour"; else 45 min.')] = "",
    format_: Annotated[str, typer.Option("--format", metavar="HOW", help="video, phone or in person.")] = "",
    person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PERSON",
            help='Somebody met: "Priya Raman <priya@x.example>; Head of Data; hiring manager". Repeatable.',
        ),
    ] = None,
    discussed: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help='"PERSON: a note on what was talked about". Repeatable.'),
    ] = None,
    convinced: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help='"PERSON: a note on what convinced you". Repeatable.')
    ] = None,
    moment: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help='"PERSON: I liked that you ...": stands in the mail. Repeatable.'),
    ] = None,
    link: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help='"PERSON: You want .... I ...": stands in the mail. Repeatable.'),
    ] = None,
    offer: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help='"PERSON: I would like to ...": stands in the mail. Repeatable.'),
    ] = None,
    fit: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Why you fit. Repeatable.")] = None,
    not_mentioned: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="What you did not get to say. Repeatable.")
    ] = None,
    promised: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help='What you promised to send; "tom: the log" to one alone. Repeatable.'),
    ] = None,
    decision_by: Annotated[str, typer.Option(metavar="DAY", help="They decide by this day: friday, 4 dec.")] = "",
    not_before: Annotated[str, typer.Option(metavar="DAY", help="They want to hear nothing before this day.")] = "",
    channel: Annotated[
        str, typer.Option(metavar="HOW", help=f"What they prefer: {say_list(tuple(Channel), 'or')}.")
    ] = "",
    interval: Annotated[str, typer.Option(metavar="SPAN", help='How often a follow-up is welcome: "2 weeks".')] = "",
    calls: Annotated[str, typer.Option(metavar="y|n", help="Whether calls are welcome, if they said.")] = "",
    quote: Annotated[str, typer.Option(metavar="TEXT", help="Their own words about the next steps.")] = "",
    file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Take the facts from a file instead; - for standard input.")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Take the facts from an invitation (.ics) or a mail (.eml)."),
    ] = None,
    card: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Take somebody from a card (.vcf). Repeatable.")
    ] = None,
    round_: Annotated[
        int | None, typer.Option("--round", metavar="N", min=1, max=20, help="Which round an invitation is for.")
    ] = None,
    beside: Annotated[
        bool, typer.Option("--beside", help="A new application beside another one for the same position.")
    ] = False,
    yes: Yes = False,
    notes: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A transcript or notes, to be kept and asked about; - for standard input."),
    ] = None,
    json: Json = False,
) -> None:
    """Write down an application: whom you met and what was said.

    Asks when run on a terminal without options: first what happened, then for the sentences that your mails are made
    of. Never overwrites. With --from and --card it shows what would be written and asks; it goes into the application
    that it belongs to.

    \b
    followup-mail add
    followup-mail add --from invite.ics --card priya.vcf
    followup-mail add --company "Lumen Freight" --role "Data Engineer" \\
        --start "yesterday 14:00" --duration "45 min" --zone America/Chicago \\
        --person "Priya Raman <priya@lumen.example>; Head of Data" \\
        --discussed "priya: the move to streaming"
    """
    given = dict(locals())
    from followup_mail.cli.terminal import screen
    from followup_mail.cli.views import debrief_form
    from followup_mail.cli.views.show_understood import show_understood, show_warnings
    from followup_mail.services.adding.add_application import add_debrief, add_file
    from followup_mail.services.adding.add_draft import drop_draft
    from followup_mail.services.adding.debrief_options import has_answers

    workspace = open_workspace()
    is_asked = not (file or source or card or has_answers(given))
    if is_asked and slug and _goes_beside(workspace, slug, notes, json):
        return
    text = debrief_form.read_notes(notes) if notes else ""
    if file and (source or card):
        raise typer.BadParameter("--file is a whole facts file; leave it out beside --from and --card.")
    if source or card:
        _import(workspace, (source, card or []), slug, given)
        return
    if file:
        source = Path("standard input") if str(file) == "-" else file
        added = add_file(workspace, debrief_form.read_file(file), source, slug, beside=beside)
    else:
        answers = debrief_form.collect(workspace, given, text)
        # Who was asked has said already whether it is another one.
        added = add_debrief(workspace, answers, slug, beside=beside or is_asked)
        if not is_asked:
            show_understood(answers)
            show_warnings(workspace, added.application)
    if is_asked:
        drop_draft(workspace)
    if text:
        debrief_form.keep_notes(workspace, added.application, text)
    if is_asked or (text and screen.is_interactive()):
        debrief_form.ask_sentences(workspace, added.application)
    if json:
        screen.emit_json(added)
        return
    screen.out(f"Wrote {added.file}")
    _say_next(workspace, added.application)


def _import(workspace: "Workspace", files: tuple[Path | None, list[Path]], name: str, given: dict[str, Any]) -> None:
    from followup_mail.cli.views.import_dialogue import import_and_show
    from followup_mail.services.importing.import_case import NEW

    import_and_show(workspace, files, name or (NEW if given["beside"] else ""), given)


def _goes_beside(workspace: "Workspace", name: str, notes: Path | None, json: bool) -> bool:
    """Put a transcript beside the facts that are there. Raises before the first question for a name that is taken."""
    from followup_mail.cli.views.change_view import change_facts
    from followup_mail.services.adding.add_application import require_free_name

    if notes is None or name not in workspace.facts.slugs():
        require_free_name(workspace, name)
        return False
    change_facts(workspace, name, {"notes": notes}, json)
    return True


def _say_next(workspace: "Workspace", name: str) -> None:
    from followup_mail.cli.terminal import screen

    screen.note(f"Look at it with `followup-mail show {name}`, change it with `followup-mail edit {name}`.")
    screen.note(f"What is due, and why: `followup-mail plan {name}`.")
    if not workspace.leaves_machine:
        screen.note("No mail server is set yet, so nothing can be sent: `followup-mail setup`.")
