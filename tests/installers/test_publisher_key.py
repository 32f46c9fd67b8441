"""The publisher's key: outside the repository, for its owner alone; place holders sign nothing."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from helpers.releases import KEY, PUBLISHERS
from installers.publisher_key import (
    FILE_VARIABLE,
    KEYS,
    VARIABLE,
    PublisherKeyError,
    main,
    make_pair,
    private_key,
    real_keys,
)
from perpusdesk.protocol.keys import public_of

HOLDING = f"# Keys\n{'ab' * 32} # place holder: nobody has the private half\n"


@pytest.fixture
def public(tmp_path: Path) -> Path:
    file = tmp_path / "source" / "resources" / "publisher.keys"
    file.parent.mkdir(parents=True)
    file.write_text(HOLDING, "utf-8")
    return file


def test_a_new_key_takes_the_place_holders_place(public: Path, tmp_path: Path) -> None:
    private = tmp_path / "safe" / "publisher.key"
    private.parent.mkdir()
    make_pair(private, public)
    key = bytes.fromhex(private.read_text("ascii").strip())
    assert real_keys(public) == (public_of(key),)
    if sys.platform != "win32":
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert private_key({FILE_VARIABLE: str(private)}, real_keys(public)) == key


def test_a_second_key_stands_beside_the_first(public: Path, tmp_path: Path) -> None:
    make_pair(tmp_path / "one", public)
    first = real_keys(public)
    make_pair(tmp_path / "two", public)
    assert real_keys(public)[:1] == first and len(real_keys(public)) == 2


def test_no_private_key_comes_into_the_repository(public: Path) -> None:
    for inside in (public.parent / "private", public.parent.parent / "private"):
        with pytest.raises(PublisherKeyError, match="inside"):
            make_pair(inside, public)
        assert not inside.exists()
    assert public.read_text("utf-8") == HOLDING


def test_an_older_key_is_not_overwritten(public: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.write_text("precious", "ascii")
    with pytest.raises(PublisherKeyError):
        make_pair(private, public)
    assert private.read_text("ascii") == "precious"
    assert public.read_text("utf-8") == HOLDING


def test_a_place_holder_signs_no_release(public: Path) -> None:
    with pytest.raises(PublisherKeyError, match="place holder"):
        real_keys(public)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, "neither"),
        ({VARIABLE: "abc"}, "no key"),
        ({VARIABLE: "ab" * 31}, "no key"),
        ({VARIABLE: "ab" * 32}, "not in publisher.keys"),
    ],
)
def test_what_no_program_would_believe_is_refused(told: dict[str, str], why: str) -> None:
    with pytest.raises(PublisherKeyError, match=why):
        private_key(told, PUBLISHERS)


def test_the_environment_gives_the_key_itself_or_its_file() -> None:
    assert private_key({VARIABLE: f"{KEY.hex()}\n"}, PUBLISHERS) == KEY


def test_the_command_says_what_it_wants_and_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main([str(KEYS.parent / "publisher.key")]) == 3
    told = capsys.readouterr().err
    assert "--check" in told and "inside the repository" in told
    assert not (KEYS.parent / "publisher.key").exists()
