"""Start the page, or find the one that is open, and say where it is."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path

from followup_mail.cli.terminal import screen
from followup_mail.services.accounts.put_launcher import put_launcher, take_launcher_away
from followup_mail.web.frame.desk import Desk
from followup_mail.web.serve import Wish, find_open, is_reached_by_others, reached_here_at, serve
from followup_mail.workspace import Workspace


def open_and_say(places: tuple[Path | None, Path | None], wish: Wish, browser: bool) -> None:
    """Open the page of a home; ``places``: the home and the file of settings named on the command line."""
    desk = Desk(*places)
    with desk.open_to_examine() as (workspace, _):
        home = workspace.home
    if address := find_open(home, wish.to):
        screen.note("The page is open already.")
        _show(address, browser)
        return
    if is_reached_by_others(wish.host):
        screen.note(
            screen.doubtful(
                "Everybody in this network can reach this address, and the traffic is not encrypted. "
                "Only a browser that opens the address below gets in."
            )
        )
        if reached_here_at(wish.host) != wish.host:
            screen.note("On another machine, write an address of this one in its place.")

    def tell(address: str) -> None:
        _show(address, browser)
        screen.note("It ends with Ctrl-C.")

    serve(desk, home, wish, tell)
    screen.note("The page has ended. What is queued stays queued.")


def launcher_and_say(workspace: Workspace, wanted: bool) -> None:
    """Put an icon where the desktop shows icons, or take it away."""
    if wanted:
        screen.out(f"Wrote {put_launcher(workspace)}")
        screen.note("It opens the page. `followup-mail open --no-launcher` takes it away.")
    else:
        screen.out(f"Deleted {take_launcher_away(workspace)}")


def _show(address: str, browser: bool) -> None:
    screen.out_whole(address)
    sys.stdout.flush()  # a program that started this one waits for it
    if browser and not webbrowser.open(address):
        screen.note("No browser could be started; open the address by hand. It works once.")
