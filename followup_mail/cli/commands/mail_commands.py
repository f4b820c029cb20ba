"""Commands about what to say: preview, check, templates."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from followup_mail.cli.commands.arguments import App, Ignore, Json, KindName, Ours, To
from followup_mail.cli.commands.completing import complete_application, complete_kind, complete_rule, complete_wording
from followup_mail.cli.commands.help_panels import DRAFTS
from followup_mail.cli.commands.places import open_workspace, refuse_without_kind

if TYPE_CHECKING:
    from followup_mail.drafts.template_folders import Wording


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command(rich_help_panel=DRAFTS)(preview)
    app.command(rich_help_panel=DRAFTS)(check)
    app.command(rich_help_panel=DRAFTS)(allow_file)
    templates = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="The wordings that mails are written from, and your own.",
    )
    templates.command("list")(list_templates)
    templates.command("show")(show_template)
    templates.command("copy")(copy_template)
    templates.command("check")(check_templates)
    app.add_typer(templates, name="templates", rich_help_panel=DRAFTS)


def preview(
    application: App = "",
    kind: KindName = "",
    to: To = None,
    wording: Annotated[str, typer.Option(metavar="NAME", help="A wording by name, e.g. short_note.")] = "",
    at: Annotated[str, typer.Option(metavar="WHEN", help="As if it were queued for that moment.")] = "",
    text: Annotated[bool, typer.Option("--text", help="Only the text of the mail.")] = False,
    eml: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the message, as it will leave, there.")
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the HTML part there.")] = None,
    prompt: Annotated[
        bool, typer.Option("--prompt", help="Only the prompt that the writing model would get; nothing is asked.")
    ] = False,
    ours: Ours = False,
    again: Annotated[bool, typer.Option("--again", help="Have the writing model write it anew.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="Show text and HTML side by side in the browser.")] = False,
    json: Json = False,
) -> None:
    """Show what would be sent, to whom and when. Nothing is queued or sent.

    A writing model, where one is set, writes the mail the first time, and the same mail is shown from then on.

    \b
    followup-mail preview lumen-freight thank_you
    followup-mail preview lumen-freight thank_you --to priya --open
    followup-mail preview lumen-freight status_inquiry --eml mail.eml
    """
    from followup_mail.cli.views.show_preview import Shown, preview_and_show
    from followup_mail.services.context.request import Request, read_kind

    if not kind:
        refuse_without_kind(application, "preview")
    now = at.strip() == "now"
    request = Request(application, read_kind(kind), tuple(to or ()), wording, at, now, even_taken=True)
    preview_and_show(open_workspace(), request, Shown(text, eml, html, prompt, open_, json), ours, again)


def check(
    what: Annotated[str, typer.Argument(metavar="APP|FILE.eml", help="An application, or a mail as a file.")] = "",
    every: Annotated[
        bool, typer.Option("--all", help="Every mail that is due or queued, in all applications.")
    ] = False,
    application: Annotated[
        str,
        typer.Option(
            "--app",
            metavar="APP",
            autocompletion=complete_application,
            help="Check the file against the facts of this one.",
        ),
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            autocompletion=complete_kind,
            help="What the file is, where it is taken for something else: thank_you, additional_detail, "
            "status_inquiry, rejection_thanks or application_check.",
        ),
    ] = "",
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE", autocompletion=complete_rule, help="Only these rules: codes, names or families (FM2)."
        ),
    ] = None,
    ignore: Ignore = None,
    explain: Annotated[
        str, typer.Option(metavar="CODE", autocompletion=complete_rule, help="Explain one rule, with examples.")
    ] = "",
    json: Json = False,
) -> None:
    """Look for what an interviewer would trip over in a mail.

    In the mails of an application, waiting or still to be written, each as if those before it had been sent; or in a
    mail that you wrote elsewhere and saved as a file. With --app that is judged as strictly as one of ours.

    Exit code 1 when an error is found, 0 when there is none (warnings included).

    \b
    followup-mail check lumen-freight
    followup-mail check --all
    followup-mail check my-own.eml --app lumen-freight
    followup-mail check --explain FM301
    """
    from followup_mail.cli.views.show_checks import check_and_show, explain_rule

    if explain:
        explain_rule(explain)
        return
    chosen = (tuple(select or ()), tuple(ignore or ()))
    found = check_and_show(open_workspace(), what, application, every, chosen, json, kind)
    if found:
        raise typer.Exit(1)


def allow_file(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="The files.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="Show the files that are allowed.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Allow these files no longer.")] = False,
    json: Json = False,
) -> None:
    """Allow a file outside the home folder to be attached.

    A promised file beside the facts or below the home folder needs no word. One elsewhere is named in the facts by its
    absolute path, and attached once you have allowed it here, or said yes when preview, queue or send asked.

    \b
    followup-mail allow-file ~/Documents/case-study.pdf
    followup-mail allow-file --list
    followup-mail allow-file --remove ~/Documents/case-study.pdf
    """
    from followup_mail.cli.views.allowed_files_view import allow_and_show

    allow_and_show(open_workspace(), paths or [], list_, remove, json)


def list_templates(json: Json = False) -> None:
    """List every wording, and the guides for a writing model.

    Your own are marked.

    \b
    followup-mail templates list
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.services.as_json.json_views import wordings_json
    from followup_mail.services.writing.wordings import list_guides, list_wordings, version_of

    folders = open_workspace().template_folders
    found = list_wordings(folders)
    if json:
        screen.emit_json(wordings_json(found))
        return
    screen.table(("Kind", "Wording", "From"), [(w.kind, w.name, _say_place(w)) for w in found])
    screen.out()
    guides = [(guide.full_name, version_of(guide), _say_place(guide)) for guide in list_guides(folders)]
    screen.table(("Guide for a writing model", "Version", "From"), guides)


def _say_place(wording: "Wording") -> str:
    return str(wording.path) if wording.own else "the office" if wording.shared else "built in"


def show_template(
    name: Annotated[
        str, typer.Argument(metavar="KIND/WORDING", autocompletion=complete_wording, help="e.g. thank_you/short_note")
    ],
) -> None:
    """Print a wording with the facts that it uses, or a guide.

    \b
    followup-mail templates show thank_you/short_note
    followup-mail templates show thank_you/guide
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.drafts.template_folders import GUIDE
    from followup_mail.services.writing.wordings import facts_in, find_wording, read_source

    folders = open_workspace().template_folders
    wording = find_wording(folders, name)
    screen.out_whole(read_source(wording).rstrip("\n"))
    if wording.name == GUIDE:
        screen.note("\n`followup-mail preview APP KIND --prompt` shows all that the model is given for a mail.")
        return
    screen.note(f"\nIt uses: {', '.join(facts_in(folders, wording))}.")


def copy_template(
    name: Annotated[
        str, typer.Argument(metavar="KIND/WORDING", autocompletion=complete_wording, help="e.g. thank_you/short_note")
    ],
    as_name: Annotated[str, typer.Option("--as", metavar="NAME", help="Under another name, to have both.")] = "",
) -> None:
    """Copy a wording to your own folder, to change it there.

    Your own goes before the built-in one of the same name. Never overwrites.

    \b
    followup-mail templates copy thank_you/short_note --as mine
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.services.writing.wordings import copy_wording, find_wording

    folders = open_workspace().template_folders
    path = copy_wording(folders, find_wording(folders, name), as_name)
    screen.out(f"Copied to {path}")
    screen.note("Change it with any editor; `followup-mail templates check` says whether it works.")


def check_templates(json: Json = False) -> None:
    """Try every wording on sample facts.

    With and without the optional facts. Exit code 5 when one is broken.

    \b
    followup-mail templates check
    """
    from followup_mail.cli.terminal import screen
    from followup_mail.errors import ExitCode
    from followup_mail.services.as_json.json_views import tried_wordings_json
    from followup_mail.services.writing.template_check import try_wordings

    tried = try_wordings(open_workspace().template_folders)
    if json:
        screen.emit_json(tried_wordings_json(tried))
    else:
        for wording, problems in tried:
            screen.out(f"{screen.bad('NO ') if problems else screen.good('ok ')} {wording.full_name}")
            for problem in problems:
                screen.out(screen.wrap(problem, "    "))
    if any(problems for _, problems in tried):
        raise typer.Exit(ExitCode.TEMPLATE)
