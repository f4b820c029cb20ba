"""Which folder of a mailbox is what: marks first, then usual names in any language, and which are read for answers."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from pathlib import Path

import pytest
from imap_faults import misbehave
from imapclient.imap_utf7 import encode
from mailboxes import as_user, keep_mailbox
from servers import PASSWORD, USER, Action, Talk

from followup_mail.delivery.smtp_account import Account, Security
from followup_mail.errors import MailboxError
from followup_mail.mailbox.folders import Folder, Role, find_folders, folders_to_read, list_folders
from followup_mail.mailbox.imap_connect import open_mailbox
from followup_mail.mailbox.named_folder import name_folder

CAPABLE = "* CAPABILITY IMAP4rev1 AUTH=PLAIN {more}\r\n{{tag}} OK done"


def listing(*folders: str | tuple[str, str]) -> str:
    """Return an answer to LIST: names, or marks and names."""
    pairs = [("\\HasNoChildren", one) if isinstance(one, str) else one for one in folders]
    lines = [f'* LIST ({marks}) "/" "{encode(name).decode()}"\r\n' for marks, name in pairs]
    return "".join(lines) + "{tag} OK done"


def listed(*folders: str | tuple[str, str], more: str = "", **at: Action) -> tuple[Folder, ...]:
    """Return the folders as understood, of a server that lists these."""
    script: dict[str, Action] = {"list": listing(*folders), "capability": CAPABLE.format(more=more)} | at
    with misbehave(script) as port:
        account = Account("localhost", port, Security.PLAIN, USER, secret=lambda: PASSWORD, timeout=5, service="IMAP")
        with open_mailbox(account) as client:
            return list_folders(client)


def names(folders: Sequence[Folder]) -> list[str]:
    return [one.name for one in folders]


GMAIL = [
    "INBOX",
    ("\\HasChildren \\Noselect", "[Gmail]"),
    ("\\HasNoChildren \\All", "[Gmail]/Alle Nachrichten"),
    ("\\HasNoChildren \\Drafts", "[Gmail]/Entwürfe"),
    ("\\HasNoChildren \\Sent", "[Gmail]/Gesendet"),
    ("\\HasNoChildren \\Junk", "[Gmail]/Spam"),
    ("\\HasNoChildren \\Trash", "[Gmail]/Papierkorb"),
]


def test_all_mails_and_junk_at_gmail() -> None:
    """Where one folder holds every mail, it is read once, and the junk folder, which it leaves out."""
    assert names(folders_to_read(listed(*GMAIL))) == ["[Gmail]/Alle Nachrichten", "[Gmail]/Spam", "[Gmail]/Papierkorb"]


def test_hidden_all_mail_at_gmail() -> None:
    """Who hides "All Mail" from mail programs has the inbox and the Sent folder read instead."""
    found = listed(*(one for one in GMAIL if "Alle" not in one[1]))
    assert names(folders_to_read(found)) == ["INBOX", "[Gmail]/Gesendet", "[Gmail]/Spam", "[Gmail]/Papierkorb"]


def test_marks_of_long_ago() -> None:
    """A server that marks its folders only in the words of XLIST is asked in them."""
    marked = [("\\Inbox", "INBOX"), ("\\AllMail", "[Gmail]/Tous"), ("\\Spam", "[Gmail]/Divers")]
    xlist = listing(*marked).replace("* LIST", "* XLIST")
    found = listed(*(name for _, name in marked), more="XLIST", xlist=xlist)
    assert names(folders_to_read(found)) == ["[Gmail]/Tous", "[Gmail]/Divers"]


def test_marks_that_are_told_when_asked() -> None:
    """A server that marks its folders only when it is asked to is asked (RFC 6154)."""

    def answer(talk: Talk) -> None:
        marks = "\\Sent" if "RETURN (SPECIAL-USE)" in talk.line else "\\HasNoChildren"
        talk.say(listing(("", "INBOX"), (marks, "Post 2026")).replace("{tag}", talk.line.split()[0]))

    found = listed(more="SPECIAL-USE", list=answer)
    assert names(find_folders(found, Role.SENT)) == ["Post 2026"]


def test_marks_win_over_names() -> None:
    """A marked folder is the Sent folder even where another has the usual name; both are read."""
    found = listed("INBOX", "Sent", ("\\Sent", "Post 2026"))
    assert names(find_folders(found, Role.SENT)) == ["Post 2026", "Sent"]
    assert names(folders_to_read(found)) == ["INBOX", "Post 2026", "Sent"]


@pytest.mark.parametrize(
    ("role", "called"),
    [
        (
            Role.SENT,
            (
                "Sent|sent items|Gesendete Objekte|Éléments envoyés|Enviados|Itens enviados|Posta inviata|"
                "Verzonden items|Wysłane|Skickat|Sendt post|Sendte elementer|Odeslaná pošta|Gönderilmiş Öğeler|"
                "Отправленные|Надіслані|"
                "送信済みメール|已发送邮件|寄件備份|보낸 편지함|Elküldött elemek|Lähetetyt|Απεσταλμένα|"
                "INBOX/Sent|INBOX.Gesendet|[Google Mail]/Gesendet|Mail/Sent"
            ),
        ),
        (
            Role.DRAFTS,
            (
                "Drafts|Entwürfe|Brouillons|Borradores|Rascunhos|Bozze|Concepten|Wersje robocze|Utkast|Kladder|"
                "Koncepty|Taslaklar|Черновики|Чернетки|下書き|草稿|INBOX.Entwürfe"
            ),
        ),
        (
            Role.ARCHIVE,
            (
                "Archive|Archiv|Archivo|Arquivo|Archivio|Archief|Archiwum|Arkiv|Arşiv|Архив|Архів|アーカイブ|存档|INBOX.Archives"
            ),
        ),
        (
            Role.JUNK,
            (
                "Junk|SPAM|Junk-E-Mail|Spamverdacht|Courrier indésirable|Correo no deseado|Lixo Eletrônico|"
                "Posta indesiderata|Ongewenste e-mail|Wiadomości-śmieci|Skräppost|Uønsket post|Nevyžádaná pošta|"
                "Gereksiz|Спам|Небажана пошта|迷惑メール|垃圾邮件|INBOX.Junk"
            ),
        ),
    ],
)
def test_usual_names_in_many_languages(role: Role, called: str) -> None:
    """Where a server marks nothing, the usual names of mail programs tell, below the usual beginnings too."""
    wanted = called.split("|")
    assert [one.name for one in listed(*wanted) if one.role is not role] == []


def test_names_that_tell_nothing() -> None:
    """A folder further down is somebody's own, and none is taken for one of all mails by its name."""
    found = listed("INBOX", "Projects/Sent", "Sent/2025", "All", "All Mail", "Presently", "Archive of Ann")
    assert [one for one in found if one.role not in {None, Role.INBOX}] == []


def test_beginnings_of_the_server() -> None:
    """What a server puts before the user's own folders is taken from it (RFC 2342)."""
    own = '* NAMESPACE (("#mine/" "/")) NIL NIL\r\n{tag} OK done'
    found = listed("INBOX", "#mine/Gesendet", "#others/Sent", more="NAMESPACE", namespace=own)
    assert names(find_folders(found, Role.SENT)) == ["#mine/Gesendet"]


@pytest.mark.parametrize(
    "answer", ["{tag} NO never", "{tag} BAD what", "* NAMESPACE NIL NIL NIL\r\n{tag} OK done", "{tag} OK done"]
)
def test_beginnings_that_nobody_tells(answer: str) -> None:
    """A server that announces what it cannot do loses nothing but that."""
    found = listed("INBOX", "Sent", more="NAMESPACE SPECIAL-USE XLIST", namespace=answer, xlist="{tag} BAD")
    assert names(find_folders(found, Role.SENT)) == ["Sent"]


def test_a_folder_with_a_broken_name_hides_no_other() -> None:
    """A name that is no modified UTF-7 is passed over."""
    broken = listing("INBOX", "Entwürfe").replace("{tag}", '* LIST () "/" "&2D0-"\r\n* LIST () "/" "&AA-"\r\n{tag}')
    found = listed(list=broken)
    assert names(found) == ["INBOX", "Entwürfe"]
    assert found[1].role is Role.DRAFTS


def test_the_users_own_folders() -> None:
    """Folders that the user names are read too, each once, in the spelling of the server."""
    found = listed("INBOX", "Sent", "Bewerbungen/Offen", "Jobs")
    read = folders_to_read(found, ("bewerbungen/offen", "Jobs", "inbox", "Sent", "Gone"))
    assert names(read) == ["INBOX", "Sent", "Bewerbungen/Offen", "Jobs", "Gone"]


def test_sent_folder_in_german(good_tls: ssl.SSLContext, ca_file: Path) -> None:
    """The Sent folder of a real server is found by its German name."""
    with keep_mailbox(good_tls) as port, as_user(port, ca_file) as client:
        client.create_folder("Gesendete Objekte")
        assert name_folder(client, Role.SENT) == "Gesendete Objekte"
        client.create_folder("Sent")
        assert name_folder(client, Role.SENT) == "Sent"
        with pytest.raises(MailboxError, match="no folder 'Outbox'; it has: Gesendete Objekte, INBOX, Sent"):
            name_folder(client, Role.SENT, "Outbox")
