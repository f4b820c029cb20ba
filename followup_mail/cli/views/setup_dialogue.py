"""``setup`` on a terminal: a short question at a time, a way back from each, nothing saved before login or "later"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from followup_mail.cli.terminal import screen
from followup_mail.cli.terminal.prompting import Move
from followup_mail.cli.terminal.secret_prompt import ask_secret
from followup_mail.cli.terminal.short_prompts import ShortPrompter, choose_short_prompter
from followup_mail.cli.views.setup_ending import offer_the_rest
from followup_mail.cli.views.setup_questions import Questions
from followup_mail.cli.views.show_setup import password_word, say_account, say_put_off, show_login, show_saved
from followup_mail.facts.clean import clean_email, clean_name
from followup_mail.services.accounts.recognise_provider import KnownBy, Recognised, recognise
from followup_mail.services.accounts.setup_account import (
    Wish,
    account_texts,
    choose_place,
    no_mailbox,
    refuse_set_elsewhere,
    save,
    server_texts,
    try_login,
    without_spaces,
)
from followup_mail.services.accounts.setup_choices import (
    HOST_HINT,
    asks_for_user,
    has_password,
    kept_certificate,
    read_certificate_path,
    read_server,
)
from followup_mail.services.accounts.setup_sign_in import say_next_command
from followup_mail.settings.password import lacks_password
from followup_mail.settings.providers import SignIn
from followup_mail.settings.secret import Secret
from followup_mail.workspace import Workspace

_RULES: Final = "< goes back, Ctrl-C ends. Nothing is saved before the login was tried, or put off."
_PARTS: Final = ("name", "address", "password", "server", "mailbox", "test")


class _DoneError(Exception):
    """The dialogue is over: there is nothing more to ask."""


def ask_and_set_up(workspace: Workspace, prompter: ShortPrompter | None = None) -> None:
    """Ask, try the login, save, and offer a test mail and the service. Changes one thing where all is set."""
    refuse_set_elsewhere(workspace)
    dialogue = _Dialogue(workspace, Questions(prompter or choose_short_prompter()))
    own = workspace.settings
    steps = dialogue.first_steps()
    if own.name and own.email and own.smtp_host:
        for line in say_account(own):
            screen.note(line)
        chosen = dialogue.questions.word("Change what?", _PARTS, "password" if lacks_password(own) else "")
        if isinstance(chosen, Move) or not chosen:
            screen.note("Nothing was changed.")
            return
        steps = dialogue.steps_for(chosen)
    else:
        screen.note(_RULES)
    try:
        dialogue.go_through(steps)
    except _DoneError:
        return
    dialogue.finish()


Step = Callable[[], object]


@dataclass
class _Dialogue:
    workspace: Workspace
    questions: Questions
    texts: dict[str, str] = field(default_factory=dict)
    found: Recognised = field(default_factory=lambda: Recognised(KnownBy.NOTHING))
    secret: Secret = field(default_factory=Secret)
    address: str = ""
    is_put_off: bool = False
    """Whether the password is to come another day."""

    def __post_init__(self) -> None:
        self.address = self.workspace.settings.email

    def first_steps(self) -> list[Step]:
        """Return everything that there is to ask, in order."""
        return [self.ask_name, *self._account_steps()]

    def steps_for(self, part: str) -> list[Step]:
        """Return the steps that change one part."""
        self.found = recognise(self.address)
        # Who put the password off was not asked about the mailbox.
        mailbox = [self.ask_mailbox] if lacks_password(self.workspace.settings) else []
        ways: dict[str, list[Step]] = {
            "name": [self.ask_name],
            "address": self._account_steps(),
            "password": [self.offer_page, self.ask_password, *mailbox, self.log_in],
            "server": [self.ask_server, self.ask_user, self.ask_password, self.log_in],
            "mailbox": [self.ask_mailbox, self.log_in],
            "test": [self.log_in],
        }
        return ways[part]

    def _account_steps(self) -> list[Step]:
        return [
            self.ask_address,
            self.find_servers,
            self.ask_user,
            self.offer_page,
            self.ask_certificate,
            self.ask_password,
            self.ask_mailbox,
            self.log_in,
        ]

    def go_through(self, steps: list[Step]) -> None:
        """Ask one after the other; a step that is left by ``<`` leads to the one before that asked something.

        One that answers ``Move.SKIP`` wants to begin again: every answer so far stands there to be changed.
        """
        at = 0
        asked: list[int] = []
        while at < len(steps):
            outcome = steps[at]()
            if outcome is Move.SKIP:
                at = 0
                continue
            if outcome is Move.BACK:
                at = asked.pop() if asked else 0
                continue
            if outcome is not None:
                asked.append(at)
            at += 1

    def ask_name(self) -> object:
        so_far = self.texts.get("name", self.workspace.settings.name)
        answer = self.questions.text("Your name", clean_name, so_far=so_far)
        if not isinstance(answer, Move):
            self.texts["name"] = answer
        return answer

    def ask_address(self) -> object:
        answer = self.questions.text("Your e-mail address", clean_email, so_far=self.address)
        if not isinstance(answer, Move):
            self.address = self.texts["email"] = answer
        return answer

    def find_servers(self) -> object:
        """Say who the provider is and what sign-in works there; ask for the server where neither is known."""
        self.found = found = recognise(self.address)
        if found.smtp is None:
            screen.note(f"The provider of {self.address} is not known.")
            return self.ask_server()
        screen.note(f"{found.name}: sends through {found.smtp}." if found.name else f"It sends through {found.smtp}.")
        if found.elsewhere:
            agreed = self.questions.yes(f"DNS says {found.elsewhere}, outside your domain. Is it right?", default=False)
            if agreed is not True:
                return agreed if isinstance(agreed, Move) else self.ask_server()
        if found.sign_in[0] is SignIn.OAUTH:
            return self._without_password(found)
        self._take(found)
        return None

    def ask_server(self) -> object:
        found = self.questions.text("Its server for sending", read_server("smtp"), HOST_HINT)
        if isinstance(found, Move):
            return found
        self._take(Recognised(KnownBy.NAME, found.host, found))
        return found

    def ask_user(self) -> object:
        if not asks_for_user(self.found):
            return None
        answer = self.questions.text("Your account name there", str, "Enter: your address")
        if not isinstance(answer, Move):
            self.texts["smtp_user"] = answer
        return answer

    def offer_page(self) -> object:
        """Say how to get a password there, with the page, and open that on a yes."""
        provider = self.found.provider
        if provider is None or self.found.sign_in[0] is SignIn.OAUTH:
            return None
        screen.note(f"  {provider.page}")
        for sentence in (*provider.steps, provider.notes):
            screen.note(f"- {sentence}", "  ")
        answer = self.questions.yes("Open that page in your browser?", default=False)
        if answer is True:
            import webbrowser

            webbrowser.open(provider.page)
        return answer

    def ask_certificate(self) -> object:
        if not (self.found.provider and self.found.provider.needs_certificate):
            return None
        answer = self.questions.text("The file with its certificate", read_certificate_path)
        if not isinstance(answer, Move):
            self.texts["smtp_ca_file"] = str(answer)
        return answer

    def ask_password(self) -> object:
        may_wait = not has_password(self.workspace.settings)
        later = "; later: not now" if may_wait else ""
        while True:
            typed = ask_secret(f"Your {password_word(self.found)} (not shown while you type{later}):")
            if isinstance(typed, Move):
                return typed
            self.is_put_off = may_wait and typed.casefold() == "later"
            if self.is_put_off:
                self.secret = Secret()
                self.texts |= no_mailbox()  # which the password would open
                return True
            if typed:
                self.secret = Secret(without_spaces(typed, self.found))
                return True
            keeps = " Without one yet, type later: name, address and server are kept." if may_wait else ""
            screen.note(f"  Nothing was typed; < goes back.{keeps}", "  ")

    def ask_mailbox(self) -> object:
        found = self.found
        if self.is_put_off:
            return None
        if found.imap is None and found.provider:
            screen.note(f"No password opens a mailbox at {found.name}.")
            return None
        if found.imap is None:
            screen.note("followup-mail can read your mailbox, so that it stops when they answer.")
            server = self.questions.text(
                "Its server for reading", lambda text: read_server("imap")(text) if text else None, "Enter: none"
            )
            if not isinstance(server, Move):
                self.texts |= server_texts("imap", server) if server else no_mailbox()
            return True if server is None else server
        answer = self.questions.yes("Read your mailbox, so that it stops when they answer?", default=True)
        if not isinstance(answer, Move):
            self.texts |= server_texts("imap", found.imap) if answer else no_mailbox()
        return answer

    def log_in(self) -> object:
        """Try the login; where it fails, let somebody try again, change something, or save it as it is."""
        while not self.is_put_off:
            screen.note("Logging in; nothing is sent ...")
            login = try_login(self.workspace, self._wish())
            show_login(login)
            if login.ok:
                return None
            answer = self.questions.word("What now:", ("again", "change", "save anyway"), "again")
            if isinstance(answer, Move):
                return answer
            if answer == "change":
                return Move.SKIP
            if answer == "save anyway":
                return None
            if self.ask_password() is Move.BACK:
                return Move.BACK
        return None

    def finish(self) -> None:
        """Save, and offer what comes after that."""
        wish = self._wish()
        show_saved(save(self.workspace, wish, choose_place(self.workspace)))
        if self.is_put_off:
            screen.note(say_put_off(self.found))
        elif wish.touches_account or not wish.texts:
            offer_the_rest(self.workspace.read_anew(), self.questions)

    def _wish(self) -> Wish:
        return Wish(self.texts, self.secret)

    def _take(self, found: Recognised) -> None:
        self.found = found
        self.texts |= account_texts(found, ca_file=kept_certificate(self.workspace, found), with_imap=False)

    def _without_password(self, found: Recognised) -> object:
        """Lead on where passwords do not work, or work only if an organisation allows it."""
        for sentence in (*(found.provider.steps if found.provider else ()),):
            screen.note(f"- {sentence}", "  ")
        if SignIn.PASSWORD in found.sign_in:
            agreed = self.questions.yes("Does your organisation allow sending by password?", default=False)
            if agreed is True:
                self._take(replace(found, sign_in=(SignIn.PASSWORD,)))
            if agreed is not False:
                return agreed
        self._take(replace(found, sign_in=(SignIn.OAUTH,)))
        asked = self.questions.text("Your client id", str, "Enter: later; docs/oauth.md says how to get one")
        if not isinstance(asked, str):
            return asked
        self.texts["oauth_client_id"] = asked.strip()
        show_saved(save(self.workspace, self._wish()))
        screen.note(say_next_command(found.name, asked.strip()))
        raise _DoneError
