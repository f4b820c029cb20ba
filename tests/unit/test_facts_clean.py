"""The gate of facts: what passes, what is cleaned, what is refused and in which words."""

from __future__ import annotations

import unicodedata

import pytest
from email_validator import validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st
from property_budget import examples

from followup_mail.facts.clean import (
    LINE_LIMIT,
    PLAIN_ADDRESS,
    UnfitError,
    clean_country,
    clean_email,
    clean_line,
    clean_link,
    clean_message_id,
    clean_name,
    clean_notes,
    clean_passage,
    clean_phone,
    clean_zone,
)
from followup_mail.facts.unfit_values import is_invisible, quoted

ANY_TEXT = st.text(st.characters(), max_size=60)
GATES = (
    clean_line,
    clean_name,
    clean_passage,
    clean_notes,
    clean_email,
    clean_phone,
    clean_link,
    clean_message_id,
    clean_zone,
    clean_country,
)


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.__name__)
@settings(max_examples=40)
@given(text=ANY_TEXT)
def test_any_text_is_cleaned_or_refused_in_printable_words(gate, text):
    """Whatever is typed either passes without anything invisible in it, or is refused in words safe to print."""
    try:
        told = cleaned = gate(text)
    except UnfitError as error:
        told, cleaned = str(error), None
    assert not any(is_invisible(one) for one in told if not (gate is clean_notes and one in "\n\t"))
    assert cleaned is None or gate(cleaned) == cleaned
    assert len(told) < 500


@pytest.mark.parametrize("hidden", ["\r\nBcc: x@example.com", "\n", "\x00", "\x1b[31m", "\u2028", "\u202e", "\ud800"])
def test_a_line_holds_nothing_that_could_begin_another(hidden):
    """A line break, control, direction override or half a character inside a line is refused."""
    with pytest.raises(UnfitError, match="character 4"):
        clean_line(f"Ann{hidden}Lee")


def test_what_was_copied_along_unseen_is_dropped():
    """Zero-width spaces, soft hyphens and marks of byte order do no harm and leave no trace."""
    assert clean_email("\ufeffann\u200b@exam\u00adple.com\u2060") == "ann@example.com"


def test_joiners_that_names_need_stay():
    """A Persian name keeps its zero-width non-joiner."""
    assert clean_name("علی\u200cرضا") == "علی\u200cرضا"


@pytest.mark.parametrize("text", ["", "  ", "\x1f", "\u200b", "...", "?"])
def test_a_name_needs_a_letter(text):
    """Nobody is greeted as "?"."""
    with pytest.raises(UnfitError):
        clean_name(text)


def test_line_is_normalised():
    """The same name typed on two systems is the same name."""
    assert clean_line("Jose\u0301") == unicodedata.normalize("NFC", "José")


def test_a_passage_is_folded_to_one_line():
    """Line breaks of a pasted paragraph become spaces."""
    assert clean_passage(" one\r\n two\tthree ") == "one two three"


@pytest.mark.parametrize(("gate", "limit"), [(clean_line, 200), (clean_passage, 2_000), (clean_notes, 20_000)])
def test_length_is_limited(gate, limit):
    """A text at the limit passes; one more character does not."""
    assert len(gate("a" * limit)) == limit
    with pytest.raises(UnfitError, match="is the limit"):
        gate("a" * (limit + 1))


def test_notes_keep_their_lines_and_refuse_escapes():
    """Private notes are shown in a terminal: lines yes, escape sequences no."""
    assert clean_notes("a\r\n\tb") == "a\n\tb"
    with pytest.raises(UnfitError, match="an escape"):
        clean_notes("a\x1b]0;b")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ann@Example.COM", "ann@example.com"),
        (" o'brien+jobs@example.co.uk ", "o'brien+jobs@example.co.uk"),
        ("üser@exämple.com", "üser@exämple.com"),
        ("ann@mail.test", "ann@mail.test"),
        ("Ann@LOCALHOST", "Ann@localhost"),
    ],
)
def test_addresses_that_are_addresses(text, address):
    """A bare address passes, international and local ones too; its domain is lower-cased."""
    assert clean_email(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "ann@",
        "@example.com",
        "ann@example",
        "Ann <ann@example.com>",
        "ann@example.com, bob@example.com",
        "ann@example.com>\u200b,<bob@localhost",
        "ann@bob@localhost",
        "ann@foo bar.local",
        "ann@<x>.local",
        "ann@-.local",
        "ann@..local",
    ],
)
def test_addresses_that_are_none(text):
    """What is not one bare address is refused, at names of local networks too."""
    with pytest.raises(UnfitError, match="is not an e-mail address"):
        clean_email(text)


@examples(times=2)
@given(st.from_regex(PLAIN_ADDRESS.pattern, fullmatch=True).filter(lambda text: len(text) <= LINE_LIMIT))
@example("jordan@example.com")
@example("ann@mail.example")
@example("ann@home.lan")
@example("info@company.co.uk")
@example(f"{'a' * 20}.{'b' * 20}+{'c' * 20}@{'d' * 20}-{'e' * 20}-{'f' * 20}.com")
def test_an_address_passed_without_the_library_is_one_that_it_takes(address):
    """Whatever is plain enough to pass without email-validator is what email-validator returns for it."""
    assert clean_email(address) == address
    assert validate_email(address, check_deliverability=False).normalized == address


@pytest.mark.parametrize("name", ["arpa", "invalid", "local", "localhost", "onion", "test"])
def test_names_that_are_set_apart_are_asked_about(name):
    """A domain that ends in a name set apart is never plain: the library, or the rule for local names, decides."""
    assert not PLAIN_ADDRESS.fullmatch(f"ann@mail.{name}")


@pytest.mark.parametrize("text", ["+1 312 555 0142", "030/123456", "(0)30 1234-56 ext. 12", "12345"])
def test_telephone_numbers_stay_as_written(text):
    """The usual ways to write a number pass unchanged."""
    assert clean_phone(text) == text


@pytest.mark.parametrize("text", ["1234", "call me", "+49 30 1234; rm", ""])
def test_telephone_numbers_that_are_none(text):
    """A number has at least five digits and nothing else."""
    with pytest.raises(UnfitError, match="telephone number"):
        clean_phone(text)


@pytest.mark.parametrize("text", ["", "linkedin.com/in/ann", "https://www.linkedin.com/in/ann?x=1"])
def test_web_addresses_pass(text):
    """A web address passes with or without its scheme."""
    assert clean_link(text) == text


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1).x", "data:text/html,a.b", "https:evil.example", "//evil.example", 'a.b"onclick', "Ann"],
)
def test_links_that_do_harm_are_refused(text):
    """A fact that becomes a link has no scheme but http, and nothing that could end an attribute."""
    with pytest.raises(UnfitError, match="is not a web address"):
        clean_link(text)


@pytest.mark.parametrize(
    ("text", "known"), [("<a.b@c>", "<a.b@c>"), ("a.b@c", "<a.b@c>"), ("<abc123>", "<abc123>"), ("a@b@c", "<a@b@c>")]
)
def test_message_ids_get_their_brackets(text, known):
    """A Message-ID may be pasted with or without its brackets."""
    assert clean_message_id(text) == known


@pytest.mark.parametrize(
    "text", ["", "<>", "<a@b><c@d>", "a@b c", "<a b>", "ä@b", "a\x00b", "=?utf-8?q?a?=@b", "a" * 501, "a@b>\r\nBcc: c"]
)
def test_message_ids_that_are_none(text):
    """Two ids, a space or a line break are no Message-ID."""
    with pytest.raises(UnfitError):
        clean_message_id(text)


@pytest.mark.parametrize(
    "text", ["(GMT-06:00) Eastern Time - Tokyo", "(GMT+03:00) Central Time - Chicago", "Sales - A"]
)
def test_a_label_that_contradicts_itself_means_no_zone(text):
    """Offset and city must agree, in winter or in summer; else nothing is proposed."""
    with pytest.raises(UnfitError, match='write it like "Europe/Berlin"'):
        clean_zone(text)


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "CET", "Asia/Kolkata"])
def test_zones_of_the_database_pass(name):
    """A name of the IANA database passes as it is."""
    assert clean_zone(name) == name


def test_a_zone_as_unix_writes_it():
    """A colon before the name, as the variable TZ may have it, is left out."""
    assert clean_zone(":Europe/Berlin") == "Europe/Berlin"


def test_every_name_that_windows_has_is_known():
    """Each zone of Windows is answered with a present name of the database, or taken as it is."""
    from tzlocal.windows_tz import win_tz

    for name in win_tz:
        if name.startswith("UTC"):
            continue
        with pytest.raises(UnfitError, match=r'did you mean "[A-Z][A-Za-z_/-]+(\+12)?"') as told:
            clean_zone(name)
        assert clean_zone(told.value.right.split('"')[1])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Europe/Brelin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("EST", "America/New_York"),
        ("PST", "America/Los_Angeles"),
        ("right/Europe/Berlin", "Europe/Berlin"),
        ("/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"),
        ("Mountain Standard Time", "America/Denver"),
        ("mountain daylight time", "America/Denver"),
        ("Romance Standard Time", "Europe/Paris"),
        ("Nepal Standard Time", "Asia/Kathmandu"),
        ("Argentina Standard Time", "America/Argentina/Buenos_Aires"),
        ("(UTC-06:00) Central Time (US & Canada)", "America/Chicago"),
        ("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "Europe/Brussels"),
        ("(UTC+09:00) Osaka, Sapporo, Tokyo", "Asia/Tokyo"),
        ("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "Europe/Dublin"),
        ("Central European Summer Time", "Europe/Berlin"),
        ("Pacific Time", "America/Los_Angeles"),
        ("CET-1CEST", "Europe/Berlin"),
        ("PST8PDT,M3.2.0,M11.1.0", "America/Los_Angeles"),
        ("JST-9", "Asia/Tokyo"),
        ("(GMT-06:00) Central Time - Chicago", "America/Chicago"),
        ("(GMT-05:00) Central Daylight Time - Chicago", "America/Chicago"),
        ("(GMT-07:00) Mountain Standard Time - Phoenix", "America/Phoenix"),
        ("(GMT-03:00) Brasilia Standard Time - Sao Paulo", "America/Sao_Paulo"),
        ("(GMT+11:00) Eastern Australia Time \u2013 Sydney", "Australia/Sydney"),
        ("(GMT-03:30) Newfoundland Time - St. John\u2019s", "America/St_Johns"),
        ("(GMT+00:00) United Kingdom Time", "Europe/London"),
        ("GMT-06:00 Central Time - Chicago", "America/Chicago"),
        ("Central Time - Chicago", "America/Chicago"),
        ("America/Chicago - Central Time", "America/Chicago"),
    ],
)
def test_the_zone_that_was_meant_is_named(text, meant):
    """A city, a slip or an abbreviation without summer time is refused with the zone that was meant."""
    with pytest.raises(UnfitError, match=f'did you mean "{meant}"'):
        clean_zone(text)


@pytest.mark.parametrize("text", ["GMT+1", "UTC-5", "+02:00", "<-03>3"])
def test_offsets_are_no_zones(text):
    """A bare offset would be an hour off for half the year."""
    with pytest.raises(UnfitError, match="summer time"):
        clean_zone(text)


@pytest.mark.parametrize("text", ["", "../../etc/passwd", "/etc/localtime", "localtime", "Factory", "\x00", "x" * 9999])
def test_zones_that_are_none(text):
    """Neither paths nor the machine's own zone pass."""
    with pytest.raises(UnfitError, match="is not a time zone"):
        clean_zone(text)


@pytest.mark.parametrize(
    ("text", "code"), [("Germany", "DE"), ("UK", "GB"), ("USA", "US"), ("france", "FR"), ("England", "GB")]
)
def test_the_country_that_was_meant_is_named(text, code):
    """A country's name is refused with its code."""
    with pytest.raises(UnfitError, match=f'write "{code}"'):
        clean_country(text)


def test_countries():
    """A code passes in either case; two letters that are no country do not."""
    assert clean_country(" de ") == "DE"
    with pytest.raises(UnfitError):
        clean_country("XX")


def test_quotations_in_messages_are_short_and_harmless():
    """A message never repeats an escape sequence or a page of text."""
    assert quoted("a\x1bb") == "'a\\u001bb'"
    assert quoted("a" * 100) == f"'{'a' * 60}...'"


@pytest.mark.parametrize("letter", ["\u2061", "\u2064", "\u206a", "\ufff9", "\u2800", "\u3164", "\u115f", "\uffa0"])
def test_what_nobody_writes_and_nobody_sees_is_refused(letter: str) -> None:
    """Signs that are drawn as nothing, or as a blank, hide no second name and no empty screen."""
    for gate in (clean_name, clean_notes, clean_passage):
        with pytest.raises(UnfitError, match="invisible"):
            gate(f"Zha{letter}o")
