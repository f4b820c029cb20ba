"""What is known about mail providers: every row is complete, and an address or a DNS answer finds the right one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from followup_mail.delivery.smtp_account import Security
from followup_mail.errors import NotFoundError, SettingsError
from followup_mail.services.accounts.recognise_provider import KnownBy, recognise
from followup_mail.settings.autoconfig_file import read_autoconfig
from followup_mail.settings.providers import (
    Provider,
    Server,
    SignIn,
    find_provider,
    known_day_limit,
    list_providers,
    provider_of_address,
)

ROWS = list(list_providers().values())
WANTED = (
    "gmail google-workspace microsoft-365 outlook-com icloud yahoo aol fastmail gmx web-de proton-bridge zoho yandex"
)
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1"><emailProvider id="college.example"><displayName>College Mail</displayName>
<incomingServer type="pop3"><hostname>pop.college.example</hostname><port>995</port><socketType>SSL</socketType>
</incomingServer><incomingServer type="imap"><hostname>imap.college.example</hostname><port>993</port>
<socketType>SSL</socketType></incomingServer>
<outgoingServer type="smtp"><hostname>old.college.example</hostname><port>25</port><socketType>plain</socketType>
</outgoingServer><outgoingServer type="smtp"><hostname>smtp.college.example</hostname><port>587</port>
<socketType>STARTTLS</socketType><username>%EMAILLOCALPART%</username>
<authentication>password-cleartext</authentication></outgoingServer></emailProvider></clientConfig>
"""


@pytest.mark.parametrize("one", ROWS, ids=lambda one: one.key)
def test_every_row_is_complete(one: Provider) -> None:
    """Each provider has encrypted servers, a way to sign in, a page and sentences, and a page behind each fact."""
    assert one.name
    assert one.sign_in
    assert one.steps
    assert one.notes
    assert all(Security.PLAIN is not server.security and 1 <= server.port <= 65535 for server in (one.smtp, one.imap))
    assert all(sentence.endswith(".") for sentence in (*one.steps, one.notes))
    assert {"servers", "sign-in"} <= {page.tells for page in one.checked}
    assert one.per_day is None or "limit" in {page.tells for page in one.checked}
    for page in (*(page.page for page in one.checked), one.page):
        assert page.startswith("https://")


@pytest.mark.parametrize("one", ROWS, ids=lambda one: one.key)
def test_a_page_says_whether_it_was_read(one: Provider) -> None:
    """A page that was read has its day; one that was not says so and has none."""
    for page in one.checked:
        assert page.by in {"copy", "quoted", "known"}
        assert (page.on is None) == (page.by == "known")
        assert page.on is None or page.on >= date(2026, 11, 29)


def test_every_provider_of_the_list_is_there() -> None:
    """The providers that people in a job search mostly have are all known."""
    assert set(WANTED.split()) <= list_providers().keys()


def test_no_domain_belongs_to_two() -> None:
    """A domain of an address stands with one provider only, in lower case."""
    domains = [domain for one in ROWS for domain in one.domains]
    assert len(domains) == len(set(domains))
    assert all(domain == domain.lower() for domain in domains)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("jordan@Gmail.com", "gmail"),
        ("jordan@hotmail.co.uk", "outlook-com"),
        ("jordan@live.de", "outlook-com"),
        ("jordan@msn.com", "outlook-com"),
        ("jordan@me.com", "icloud"),
        ("jordan@yahoo.fr", "yahoo"),
        ("jordan@aol.com", "aol"),
        ("jordan@gmx.at", "gmx"),
        ("jordan@web.de", "web-de"),
        ("jordan@pm.me", "proton-bridge"),
        ("jordan@ya.ru", "yandex"),
    ],
)
def test_the_address_names_the_provider(address: str, key: str) -> None:
    """The domain of an address is enough, in any country of the provider's."""
    found = provider_of_address(address)
    assert found is not None
    assert found.key == key
    assert recognise(address, ask=_never).known_by is KnownBy.ADDRESS


@pytest.mark.parametrize(
    ("mx", "key"),
    [
        ("1 ASPMX.L.GOOGLE.COM.", "google-workspace"),
        ("0 college-example.mail.protection.outlook.com.", "microsoft-365"),
        ("0 outlook-com.olc.protection.outlook.com.", "outlook-com"),
        ("10 in1-smtp.messagingengine.com.", "fastmail"),
        ("10 mx01.mail.icloud.com.", "icloud"),
        ("10 mx.zoho.eu.", "zoho-eu-own-domain"),
        ("10 mx.yandex.net.", "yandex"),
    ],
)
def test_mx_names_who_hosts_a_domain(mx: str, key: str) -> None:
    """For a domain of one's own, the servers that take its mail tell who hosts it; the longest ending counts."""
    found = recognise("jordan@college.edu", ask=lambda _, kind: (mx,) if kind == "MX" else ())
    assert found.known_by is KnownBy.MX
    assert found.provider is not None
    assert found.provider.key == key


def test_srv_records_name_the_servers() -> None:
    """What a domain announces is used, the encrypted service first; a target of "." is none."""
    records = {
        "_submissions._tcp.college.edu": ("0 0 0 .",),
        "_submission._tcp.college.edu": ("20 1 587 far.college.edu.", "10 1 587 near.college.edu."),
        "_imaps._tcp.college.edu": ("0 1 993 mail.college.edu.",),
    }
    found = recognise("jordan@college.edu", ask=lambda name, _: records.get(name, ()))
    assert found.known_by is KnownBy.SRV
    assert found.smtp == Server("near.college.edu", 587, Security.STARTTLS)
    assert found.imap == Server("mail.college.edu", 993, Security.TLS)
    assert found.elsewhere == ""


def test_a_server_of_another_domain_needs_a_yes() -> None:
    """A server that DNS names outside the domain is marked: the answer may be forged."""
    records = {"_submissions._tcp.college.edu": ("0 1 465 mail.trap.example.",)}
    assert recognise("jordan@college.edu", ask=lambda name, _: records.get(name, ())).elsewhere == "mail.trap.example"


def test_dns_that_does_not_answer_is_no_error() -> None:
    """Where DNS has nothing to say, nothing is known, and nothing is raised."""
    assert recognise("jordan@college.edu", ask=lambda *_: ()).known_by is KnownBy.NOTHING
    assert recognise("jordan@college.example").known_by is KnownBy.NOTHING


def test_nobody_is_known_by_a_made_up_name() -> None:
    """An unknown name is refused with the names that are known; a full name is as good as the short one."""
    assert find_provider("Google Workspace") is find_provider("google-workspace")
    with pytest.raises(NotFoundError) as refused:
        find_provider("nonsense")
    assert "gmail" in refused.value.fix


def test_an_autoconfig_file_names_the_servers(tmp_path: Path) -> None:
    """The first encrypted server for sending is taken, and the user name is filled in."""
    path = tmp_path / "config.xml"
    path.write_text(FILE, "utf-8")
    found = read_autoconfig(path, "jordan@college.example")
    assert found.smtp == Server("smtp.college.example", 587, Security.STARTTLS)
    assert found.imap == Server("imap.college.example", 993, Security.TLS)
    assert (found.name, found.user, found.sign_in) == ("College Mail", "jordan", (SignIn.PASSWORD,))


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><clientConfig>&b;</clientConfig>',
        "<clientConfig>",
        "no XML",
        "<clientConfig/>",
        FILE.replace("587", "70000"),
        FILE.replace("587", "0005870000"),
        FILE.replace("smtp.college.example", "http://trap"),
        "x" * 300_000,
    ],
)
def test_a_bad_autoconfig_file_is_refused(tmp_path: Path, text: str) -> None:
    """A file with a document type, without an encrypted server, or that is none, is refused in a sentence."""
    path = tmp_path / "config.xml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError):
        read_autoconfig(path, "jordan@college.example")


@pytest.mark.parametrize(
    ("host", "address", "most"),
    [
        ("smtp.gmail.com", "jordan@gmail.com", 500),
        ("SMTP.Gmail.com", "Jordan@GoogleMail.com", 500),
        ("smtp.gmail.com", "careers@college.example", 2_000),
        ("smtp-relay.gmail.com", "careers@college.example", 10_000),
        ("smtp.office365.com", "careers@college.example", 10_000),
        ("smtp.mail.me.com", "jordan@icloud.com", 1_000),
        ("mail.college.example", "careers@college.example", None),
    ],
)
def test_known_day_limits(host: str, address: str, most: int | None) -> None:
    """What a provider takes in a day is known where it says so; of other servers nothing is claimed."""
    assert known_day_limit(host, address) == most


def _never(*_: str) -> tuple[str, ...]:
    raise AssertionError("DNS was asked")
