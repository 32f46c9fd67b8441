"""The recovery code: typed by people from paper; each slip is found, and nothing else opens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.protocol import recovery_code as codes
from perpusdesk.protocol.code_groups import ALPHABET
from perpusdesk.protocol.recovery_code import BadCode, CodeFault
from perpusdesk.protocol.sealing import SealError, seal, unseal

SEEDS = st.binary(min_size=codes.SEED_BYTES, max_size=codes.SEED_BYTES)
CODE = codes.new_code(bytes(range(16)))


@given(SEEDS)
def test_a_code_reads_as_it_was_written(seed: bytes) -> None:
    code = codes.new_code(seed)
    assert [len(group) for group in code.split("-")] == [codes.GROUP] * codes.GROUPS
    assert set(code) <= {*ALPHABET, "-"}
    assert codes.read_code(code) == seed
    assert codes.read_code(codes.qr_text(code)) == seed


@given(SEEDS, st.sampled_from(["", " ", "  ", "-", "\n", ". "]), st.booleans())
def test_it_may_be_typed_as_people_type(seed: bytes, between: str, small: bool) -> None:
    text = codes.new_code(seed).replace("-", between).replace("0", "O").replace("1", "l")
    assert codes.read_code(f" {text.lower() if small else text}\n") == seed


def test_dashes_in_odd_places_are_no_fault() -> None:
    whole = CODE.replace("-", "")
    odd = " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))
    assert codes.read_code(odd) == bytes(range(16))


@given(SEEDS, st.integers(0, 34), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found_in_its_group(seed: bytes, place: int, other: str) -> None:
    groups = codes.new_code(seed).split("-")
    group, at = divmod(place, codes.GROUP)
    changed = groups[group][:at] + other + groups[group][at + 1 :]
    if changed == groups[group]:
        return
    groups[group] = changed
    assert codes.read_code("-".join(groups)) == BadCode(CodeFault.MISTYPED, (group + 1,))


@given(SEEDS, st.integers(0, 6), st.integers(0, 3))
def test_two_swapped_characters_are_found(seed: bytes, group: int, at: int) -> None:
    groups = codes.new_code(seed).split("-")
    text = groups[group]
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    groups[group] = swapped
    found = codes.read_code("-".join(groups))
    assert found == (seed if swapped == text else BadCode(CodeFault.MISTYPED, (group + 1,)))


def test_groups_in_the_wrong_order_are_found() -> None:
    groups = CODE.split("-")
    groups[1], groups[4] = groups[4], groups[1]
    assert codes.read_code("-".join(groups)) == BadCode(CodeFault.MISTYPED, (2, 5))


def test_a_group_of_another_sheet_is_found() -> None:
    groups, other = CODE.split("-"), codes.new_code(bytes(16)).split("-")
    groups[3] = other[3]
    assert codes.read_code("-".join(groups)) == BadCode(CodeFault.MISTYPED)


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("", BadCode(CodeFault.EMPTY)),
        ("  -- ", BadCode(CodeFault.EMPTY)),
        (codes.PREFIX, BadCode(CodeFault.EMPTY)),
        (CODE[:17], BadCode(CodeFault.INCOMPLETE, (4,))),
        (CODE[:19], BadCode(CodeFault.INCOMPLETE, (4, 5))),
        (CODE[:8] + CODE[9:], BadCode(CodeFault.MISTYPED, (2,))),
        (f"{CODE}-00000", BadCode(CodeFault.MISTYPED, (8,))),
        ("perpustakaan", BadCode(CodeFault.INCOMPLETE, (1, 2, 3, 4))),
    ],
)
def test_what_is_no_code_says_where(text: str, bad: BadCode) -> None:
    assert codes.read_code(text) == bad


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(codes.read_code(text), bytes | BadCode)


@given(SEEDS, SEEDS)
def test_only_the_code_opens_what_was_sealed_for_it(seed: bytes, other: bytes) -> None:
    sealed = seal(codes.public_of(seed), b"key", bytes(range(32)))
    assert unseal(codes.private_of(seed), sealed) == b"key"
    if other != seed:
        with pytest.raises(SealError):
            unseal(codes.private_of(other), sealed)


def test_the_keys_of_a_seed_stay_what_they_are() -> None:
    """Sheets that were printed must open for ever."""
    assert CODE == "000GF-40R42-0M309-E2098-185GN-R38E3-1Y8D9"
    assert codes.public_of(bytes(range(16))).hex() == (
        "03f6d84e4b9326bd5add3930c7a524e741b764443be0f7befa9e7e3d55fc206c"
    )


def test_a_seed_has_128_bits() -> None:
    with pytest.raises(ValueError, match="15"):
        codes.new_code(bytes(15))


def test_the_code_of_a_sheet_is_told_from_others() -> None:
    assert codes.looks_like_code(codes.qr_text(CODE).lower())
    assert not codes.looks_like_code(CODE)
    assert not codes.looks_like_code("PDESK12345")
