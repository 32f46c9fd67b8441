"""The band on the spine: which class a call number says."""

import pytest

from perpusdesk.domain.class_colours import DEFAULT_COLOURS, band_colour, main_class


@pytest.mark.parametrize(
    ("call_number", "classification", "digit"),
    [
        ("899.221 3 HIR l", "", "8"),
        ("R 027.459 8 ENS e", "899", "0"),
        ("2X7.124 SAH k", "", "2"),
        ("F AND p", "899.221 3", "8"),
        ("ANAK F ATL a", "", ""),
        ("", "", ""),
        ("B12345", "", ""),
        ("12 AB c", "", ""),
    ],
)
def test_the_main_class(call_number: str, classification: str, digit: str) -> None:
    assert main_class(call_number, classification) == digit


def test_each_class_has_its_own_colour() -> None:
    colours = {band_colour(f"{digit}00 ABC d") for digit in range(10)}
    assert len(colours) == 10
    assert colours == set(DEFAULT_COLOURS.values())


def test_a_librarys_own_colour_counts_unless_it_is_none() -> None:
    assert band_colour("300", colours={"3": "#ABCDEF"}) == "#ABCDEF"
    assert band_colour("300", colours={"3": "merah"}) == ""
    assert band_colour("ANAK", colours={"": "#ABCDEF"}) == ""
