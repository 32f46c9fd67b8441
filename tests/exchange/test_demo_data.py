"""The demo library's shipped data: real titles that all read well, names that are nobody's."""

from collections import Counter
from functools import cache

from perpusdesk.common.paths import resources
from perpusdesk.domain.call_numbers import propose_call_number
from perpusdesk.exchange.demo_data import demo_people, demo_titles
from perpusdesk.exchange.marc_titles import BadRecord, read_titles_file
from perpusdesk.exchange.title_record import TitleRecord

FILE = resources("demo", "titles.mrc.xz")


@cache
def titles() -> list[TitleRecord]:
    return list(demo_titles())


def test_every_shipped_record_is_good_and_the_file_is_small() -> None:
    assert not [entry for entry in read_titles_file(FILE) if isinstance(entry, BadRecord)]
    assert len(titles()) == 3200
    assert FILE.stat().st_size < 1_500_000


def test_every_title_has_a_class_a_year_and_a_full_call_number() -> None:
    for title in titles():
        number = propose_call_number(
            title.title, title.author, title.classification, corporate=title.author_is_corporate
        )
        assert title.classification
        assert title.year
        assert len(number.rsplit(" ", 2)) == 3, title.title


def test_no_title_twice_and_all_of_the_shelves() -> None:
    assert len({title.control_number for title in titles()}) == 3200
    shelves = Counter(title.classification[0] for title in titles())
    assert set(shelves) == set("0123456789")
    assert sum(title.for_children for title in titles()) > 400
    assert sum(title.language == "ind" for title in titles()) > 1200


def test_the_first_titles_are_a_mix() -> None:
    first = list(demo_titles(100))
    assert len(first) == 100
    assert 20 < sum(title.language == "ind" for title in first) < 80


def test_clean_values() -> None:
    for title in titles():
        for value in (title.title, title.subtitle, title.publisher, title.place, title.author):
            assert value == value.strip(" /:;,=")


def test_people_are_plainly_made_up() -> None:
    people = demo_people()
    assert sum(branch.share for branch in people.branch) == 100
    assert people.phone_prefix.startswith("0800-0000-")
    marks = [mark.split()[0] for mark in people.marker]
    for place in [*people.streets, *people.villages, *people.campuses]:
        assert any(mark in place for mark in marks), place
