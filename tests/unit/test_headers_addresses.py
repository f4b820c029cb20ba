"""Addresses on the wire: what passes, in which form, and what never does."""

from __future__ import annotations

import pytest

from followup_mail.facts.unfit_values import is_invisible
from followup_mail.message.address_syntax import wire_address


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("sam@example.com", "sam@example.com"),
        ("Sam.O'Neil+jobs@EXAMPLE.com", "Sam.O'Neil+jobs@example.com"),
        ("post@bücher.example", "post@xn--bcher-kva.example"),
        ("post@STRASSE.straße.example", "post@strasse.xn--strae-oqa.example"),
        ("josé@example.com", "josé@example.com"),
        ("用户@例え.テスト", "用户@xn--r8jz45g.xn--zckzah"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_a_good_address_passes(address: str, wire: str) -> None:
    """The domain becomes lower-case A-labels, the local part stays as it is."""
    assert wire_address(address) == wire


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sam",
        "@example.com",
        "sam@",
        "a b@example.com",
        "a@b@example.com",
        '"a b"@example.com',
        "a,b@example.com",
        "a;b@example.com",
        "a<b>@example.com",
        "a(b)@example.com",
        "a\\b@example.com",
        ".a@example.com",
        "a..b@example.com",
        "a.@example.com",
        "sam@exa mple.com",
        "sam@example.com.",
        "sam@-example.com",
        "sam@exam_ple.com",
        "sam@[127.0.0.1]",
        "sam@example.com>",
        "sam@example.com\r\nRCPT TO:<eve@evil.example>",
        "sam@example.com\n",
        "a\u00a0b@example.com",
        "a\u200bb@example.com",
        "a\u202eb@example.com",
        "eve\uff20evil.example@example.com",
        "a\uff0cb@example.com",
        "\ud800@example.com",
        "a@\ud800.example",
        "a@ex\uff0cample.com",
        "a@" + "x" * 64 + ".example",
        "a@" + "xy." * 100 + "example",
        "x" * 65 + "@example.com",
        "é" * 33 + "@example.com",
    ],
)
def test_a_bad_address_is_refused(address: str) -> None:
    """What a server or parser could take for more than one plain address is refused, in words safe on a terminal."""
    with pytest.raises(ValueError, match=r"address|domain") as refused:
        wire_address(address)
    assert not any(is_invisible(one) for one in str(refused.value))
