"""Notes that ask for silence, and notes that hold a password or a code, are told from notes on the work."""

from __future__ import annotations

import time

import pytest

from followup_mail.language.private_notes import is_private, is_secret

SILENT = [
    "just between you and me: the depot closes in may", "keep it to yourself, they buy the rival",
    "keep this to yourself until june: new site", "that must not leave this room, new head of nursing",
    "never to leave these four walls", "he asked me not to pass it on: fewer vans",
    "mum's the word on the second kitchen", "mums the word, they leave the mall",
    "still under wraps: an app for the drivers", "stays between us two, the lease ends",
    "this is not common knowledge, they drop the line", "nobody else knows about the new kiln",
]  # fmt: skip
OPEN = [
    "they want one person to choose between, not five", "the gap between you and the next van is 10 m",
    "never keep it to yourself when the alarm rings", "patients should not leave the room before the check",
    "faults are not passed on at the change of shift", "nobody knows who owns the night jobs",
    "she wraps the cheese under the counter", "a nurse stays in the room at night",
]  # fmt: skip
SECRETS = [
    "password is Gr4nite&7", "pw = w1nter!", "my wiki pw: marble77secret", "wifi code 7731-2290", "the PIN is 4471",
    "pin: 0932", "door code 5512#", "passcode 99120", "passwd=opensesame", "login ida / Kiln-2291x",
    "api key sk-93fjQ2kd83hs", "token: ghx_83jfk29dk", "iban DE89 3704 0044 0532 0130 00", "DE89370400440532013000",
    "alarm code is 8841", "secret key = q8Fj2kL0", "guest wifi password granite-otter", "pass phrase: otters like rain",
    "access code AB12-99X", "otp 992113", "PW w1nter!9", "user ida pass Kiln2291", "pwd Gr4nite7",
    "password (portal): marble", "code for the gate: 4417",
]  # fmt: skip
NO_SECRETS = [
    "password reset flow took 3 days", "pin 4 of the connector", "code review in 24 h", "api keys rotated monthly",
    "the code is reviewed twice", "bar codes on 4000 boxes", "token ring from 1998", "postal code 8 in the list",
    "key is good soil", "the key is to ask early", "code coverage 80%", "code: python and go", "passes 12 audits",
    "error code 404 each night", "pin board with 12 cards", "passwords are kept in a vault", "passport checks in 2024",
    "keys to 3 vans", "status code 500s", "login takes 40 seconds", "token cost fell by 30%", "QR code 3 cm wide",
    "password policy: 12 characters at least", "dress code: apron", "she pins 20 orders", "code freeze 12 december",
    "access codes change each month", "2 key accounts", "product code 4711 runs out first", "key: ask early",
    "password manager for 40 people", "code review is 2 days late", "access code review 2024", "ISO 9001 audit in 2024",
]  # fmt: skip


@pytest.mark.parametrize("note", SILENT)
def test_a_note_may_ask_for_silence_in_many_words(note: str) -> None:
    """What somebody told in confidence is private, whatever the saying."""
    assert is_private(note)


@pytest.mark.parametrize("note", OPEN)
def test_words_that_are_like_a_confidence_are_none(note: str) -> None:
    """Rooms, wraps and handovers are what people work with."""
    assert not is_private(note)


@pytest.mark.parametrize("note", SECRETS)
def test_a_password_or_a_code_is_a_secret(note: str) -> None:
    """A note that holds a password, a code, a key or an account stays on this computer."""
    assert is_secret(note)


@pytest.mark.parametrize("note", NO_SECRETS)
def test_talk_about_passwords_and_codes_is_no_secret(note: str) -> None:
    """People work with codes, keys and pins; a note on that holds none."""
    assert not is_secret(note)


@pytest.mark.parametrize(
    "piece", ["account ", "password is ", "code for a", "AB12", "login a/", "token", "pw (", "1234-"]
)
def test_a_long_note_takes_a_moment(piece: str) -> None:
    """No pasted text makes the search for secrets slow."""
    begun = time.perf_counter()
    is_secret(piece * 2_000)
    is_private(piece * 2_000)
    assert time.perf_counter() - begun < 2
