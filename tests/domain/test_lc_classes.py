"""Shelf classes from LC numbers: the ranges that matter, short numbers, and nonsense."""

import pytest

from perpusdesk.domain.lc_classes import class_from_lc


@pytest.mark.parametrize(
    ("number", "language", "shelf"),
    [
        ("PL5089.H5", "ind", "899.221"),
        ("PL8000.A1", "", "890"),
        ("DS644.4", "", "959.8"),
        ("DS740", "", "950"),
        ("QA76.73.P22", "", "004"),
        ("QA300", "", "510"),
        ("KNW3495", "", "349"),
        ("KZZ10", "", "341"),
        ("MLCME 2001/03412 (H)", "ind", "300"),
        ("MLCSE 2002/02158 (G)", "ind", "910"),
        ("Microfiche 00/50042 (P)", "ind", "899.221"),
        ("Microfiche 00/50042 (P)", "jav", "899.222"),
        ("Microfiche 00/50042 (P)", "eng", "800"),
        ("MLCME 2001/03412", "ind", ""),
        ("", "ind", ""),
        ("lowercase", "", ""),
    ],
)
def test_the_shelf_of_a_number(number: str, language: str, shelf: str) -> None:
    assert class_from_lc(number, language) == shelf
