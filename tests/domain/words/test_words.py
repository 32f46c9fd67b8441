"""Forms of Indonesian words meet: affixes, doubling, old spelling, sounds, typing errors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.words.correct import nearest
from perpusdesk.domain.words.entry import TitleTexts, entry, own_words
from perpusdesk.domain.words.names import sound
from perpusdesk.domain.words.normal import joined, words
from perpusdesk.domain.words.numbers import same_numbers
from perpusdesk.domain.words.spelling import modern
from perpusdesk.domain.words.stems import stems


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Qur'ân", "quran"),
        ("buku-buku", "buku buku"),
        ("ʿUlūm al-Qurʾān", "ulum al quran"),
        ("Islam & Jawa", "islam dan jawa"),
        ("899.221 AND p", "899 221 and p"),
        ("_a_", "a"),
    ],
)
def test_one_plain_spelling(text: str, plain: str) -> None:
    assert joined(text) == plain


@given(st.text(max_size=60))
def test_plain_words_stay_as_they_are(text: str) -> None:
    plain = words(text)
    assert all(word and " " not in word for word in plain)
    assert words(" ".join(plain)) == plain


@pytest.mark.parametrize(
    "family",
    [
        "menulis penulis tulisan penulisan ditulis tulis",
        "perpustakaan pustakawan kepustakaan pustaka",
        "sejarah sejarawan kesejarahan bersejarah",
        "sekolah bersekolah persekolahan",
        "memasak masakan pemasak",
        "mengarang pengarang karangan",
        "menyapu penyapu sapu disapu",
        "melindungi perlindungan pelindung dilindungi",
        "menyelesaikan penyelesaian diselesaikan selesai",
        "memanfaatkan pemanfaatan manfaat dimanfaatkan",
        "meningkatkan peningkatan tingkat ditingkatkan",
        "mempertahankan pertahanan bertahan tahan",
        "kesehatan sehat menyehatkan",
        "berlari pelari lari",
        "kerajaan raja",
        "mengukur pengukuran ukuran ukur",
        "membangun pembangunan bangunan dibangunnya",
        "buku2 buku bukunya",
        "memasuki masuk dimasuki",
        "kepercayaan percaya mempercayai dipercayakan",
    ],
)
def test_a_family_of_words_has_a_stem_in_common(family: str) -> None:
    first, *others = ({word, *stems(word)} for word in family.split())
    assert [others for other in others if first.isdisjoint(other)] == []


@pytest.mark.parametrize(
    ("one", "other"), [("pantai", "pandai"), ("kepala", "pala"), ("sejarah", "jarah")]
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert set(stems(one)).isdisjoint(stems(other))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789é", min_size=1, max_size=30))
def test_any_word_has_a_few_stems(word: str) -> None:
    assert 1 <= len(stems(word)) <= 4
    assert all(stems(word))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("perpoestakaan", "perpustakaan"),
        ("tjerita", "cerita"),
        ("djakarta", "jakarta"),
        ("njanjian", "nyanyian"),
        ("sjair", "syair"),
        ("achir", "akhir"),
        ("soerabaja", "surabaya"),
        ("jang", "yang"),
        ("rakjat", "rakyat"),
        ("jakarta", None),
        ("juara", None),
    ],
)
def test_old_spelling_is_read_when_it_shows(old: str, new: str | None) -> None:
    assert modern(old) == new


@pytest.mark.parametrize(
    "names",
    [
        "Muhammad Mohammad Moehammad Mochamad",
        "Ahmad Achmad Akhmad",
        "Quran Qoran",
        "Sukarno Soekarno",
        "Syarif Sjarif Sharif",
    ],
)
def test_names_that_sound_alike_have_one_key(names: str) -> None:
    assert len({sound(word) for word in words(names)}) == 1


def test_numbers_in_all_three_ways() -> None:
    assert set(same_numbers("5")) == {"v", "lima"}
    assert same_numbers("laut") == ()


def test_the_nearest_word_is_the_commonest_with_the_fewest_errors() -> None:
    known = {"kekerasan": 30, "kekeringan": 500, "kesadaran": 9}
    assert nearest("kekeraasn", known) == "kekerasan"
    assert nearest("xyzzyxyzzy", known) is None
    assert nearest("lau", {"laut": 9}) is None


def test_only_names_and_islam_are_found_by_sound() -> None:
    texts = TitleTexts(title="Qoran dan hadis", author="Mochamad")
    assert entry(texts).author_variant == "mokhamad muhamad"
    assert entry(texts).title_variant == ""
    islam = entry(TitleTexts(title="Qoran dan hadis", classification="2X1.1"))
    assert "kuran" in islam.title_variant.split()


def test_proposals_come_from_the_record_not_from_the_analysis() -> None:
    made = entry(TitleTexts(title="Perpoestakaan 1945", author="A. Hatta", year="1945"))
    assert own_words(made) == {"perpoestakaan", "hatta"}
