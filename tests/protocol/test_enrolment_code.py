"""The enrolment code: typed, pasted, scanned; every slip of the fingers is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.protocol import enrolment_code as codes
from perpusdesk.protocol.enrolment_code import BadCode, CodeFault, EnrolmentCode

CODE = EnrolmentCode(
    server="https://perpus.kota.example",
    library=bytes(range(16)),
    authority=bytes(range(16, 32)),
    secret=bytes(range(32, 42)),
    expires_s=1_795_000_000,
)
HUB = replace(CODE, server="https://192.168.1.20:8470", tls=bytes(range(100, 132)), library=None)


@pytest.mark.parametrize("code", [CODE, HUB, replace(CODE, server="http://127.0.0.1:9/perpus")])
def test_a_code_reads_as_it_was_written(code: EnrolmentCode) -> None:
    text = codes.write(code)
    assert codes.read(text) == code
    assert codes.read(codes.qr_text(code)) == code
    assert set(codes.qr_text(code)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_a_code_may_be_typed_as_people_type() -> None:
    text = codes.write(CODE)
    assert codes.read(f"  {text.lower().replace('-', '  ')}\n") == CODE
    assert codes.read(text.replace("-", "\n-")) == CODE
    assert codes.read(text.replace("0", "o").replace("1", "l")) == CODE


@pytest.mark.parametrize("place", [1, 2, 9])
def test_a_wrong_group_is_named(place: int) -> None:
    groups = codes.write(CODE).split("-")
    wrong = "Z" if groups[place][2] != "Z" else "Y"
    groups[place] = groups[place][:2] + wrong + groups[place][3:]
    assert codes.read("-".join(groups)) == BadCode(CodeFault.MISTYPED, (place,))


def test_a_missing_character_is_found_in_its_group() -> None:
    groups = codes.write(CODE).split("-")
    groups[4] = groups[4][1:]
    assert codes.read("-".join(groups)) == BadCode(CodeFault.MISTYPED, (4,))


def test_groups_in_the_wrong_order_are_found() -> None:
    groups = codes.write(CODE).split("-")
    groups[5], groups[6] = groups[6], groups[5]
    assert codes.read("-".join(groups)) == BadCode(CodeFault.MISTYPED, (5, 6))


def test_half_a_code_says_where_to_go_on() -> None:
    groups = codes.write(CODE).split("-")
    assert codes.read("-".join(groups[:8])) == BadCode(CodeFault.INCOMPLETE, (8,))
    assert codes.read("PDESK") == BadCode(CodeFault.INCOMPLETE, (1,))


def test_a_group_too_many_is_named() -> None:
    groups = codes.write(CODE).split("-")
    extra = codes.write(HUB).split("-")[len(groups)]
    assert codes.read("-".join([*groups, extra])) == BadCode(CodeFault.MISTYPED, (len(groups),))


@pytest.mark.parametrize("text", ["", "9789793062792", "B000457", "https://example.org", "pdes"])
def test_other_codes_are_no_enrolment_codes(text: str) -> None:
    assert codes.read(text) == BadCode(CodeFault.NOT_A_CODE)


def test_a_code_of_a_newer_program_is_known_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "_VERSION", 2)
    text = codes.write(CODE)
    monkeypatch.undo()
    assert codes.read(text) == BadCode(CodeFault.NEWER)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "perpus.example",
        "ftp://perpus.example",
        "https://",
        "https://a b",
        "https://user@perpus.example",
        "https://perpus.example/?q=1",
        "https://perpus.example/#x",
        "https://perpus.example:99999",
        "https://" + "a" * 200,
        "https://perpus.example\n",
    ],
)
def test_no_other_address_gets_into_a_code(url: str) -> None:
    assert not codes.usable_server(url)
    with pytest.raises(ValueError, match=r"(?s).*"):
        codes.write(replace(CODE, server=url))


@settings(max_examples=200)
@given(data=st.data())
def test_every_single_wrong_character_and_every_swap_is_found(data: st.DataObject) -> None:
    text = codes.qr_text(CODE)
    place = data.draw(st.integers(len(codes.PREFIX), len(text) - 2))
    if data.draw(st.booleans()):
        symbol = data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZU*"))
        changed = text[:place] + symbol + text[place + 1 :]
    else:
        changed = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    read = codes.read(changed)
    assert read == CODE if changed == text else isinstance(read, BadCode)


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(codes.read(text), BadCode)
    assert isinstance(codes.read(codes.PREFIX + text), BadCode)
