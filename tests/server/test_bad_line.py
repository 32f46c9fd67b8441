"""Real desks and a real server on a bad line: all end with the same library, whatever was cut."""

from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from helpers.faulty_proxy import Line, faulty
from perpusdesk.services.set_up import add_branch, open_desk
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from server.places import Branch, city, code_of, joined, listening


def writes(desk: Branch, chance: Random) -> None:
    """Write as a desk does: now and then much at once."""
    for number in range(chance.randrange(1, 4)):
        add_branch(open_desk(desk.library), f"Cabang {chance.random()}{number}")
    note = "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(12_000))
    action = Action("add_title")
    action.set("title", desk.library.new_id(), {"title": "Besar", "note": note}, fresh=True)
    desk.library.write(action)


def until_done(desk: Branch, tries: int = 60) -> None:
    for _ in range(tries):
        done = desk.exchange()
        if done.done:
            return
        assert done.reason in {"cut", "timeout", "refused"}
    raise AssertionError(f"never came through: {done.reason}")


def hurry(desk: Branch) -> None:
    """Let it try again at once."""
    desk.link._wait = lambda number, after_s: None


def digest(library: Library) -> str:
    return library.digest()


def story(folder: Path, line: Line, seed: int, rounds: int) -> int:
    chance = Random(seed)
    serving = city(folder / "server")
    with listening(serving) as port, faulty(port, line, seed) as proxy, ExitStack() as stack:
        url = f"http://127.0.0.1:{proxy.port}"
        desks = [
            stack.enter_context(joined(folder / name, code_of(serving, port), name, url))
            for name in ("satu", "dua")
        ]
        for desk in desks:
            hurry(desk)
        for _ in range(rounds):
            for desk in desks:
                writes(desk, chance)
                desk.exchange()
        for desk in desks + desks:
            until_done(desk)
        proxy.line = Line()
        for desk in desks:
            until_done(desk)
        there = serving.within(digest)
        assert [desk.library.digest() for desk in desks] == [there, there]
        counts = {desk.library.value("select count(*) from op") for desk in desks}
        assert counts == {serving.within(lambda one: one.value("select count(*) from op"))}
        assert serving.within(lambda one: one.value("select count(*) from branch")) > rounds
        return proxy.cuts


@pytest.mark.parametrize("seed", [1, 2])
def test_a_line_that_is_cut_at_any_byte(tmp_path: Path, seed: int) -> None:
    assert story(tmp_path, Line(cut=0.9, half=0.5, reach=9_000), seed, 4) > 5


def test_a_line_that_delays_and_gives_bytes_one_by_one(tmp_path: Path) -> None:
    story(tmp_path, Line(cut=0.2, half=0.5, delay_s=0.01, bytes_per_s=400_000), 3, 2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 130))
def test_many_stories_of_bad_lines(tmp_path: Path, seed: int) -> None:
    story(tmp_path, Line(cut=0.6, half=0.5, reach=12_000, delay_s=0.002), seed, 8)


def test_a_server_that_comes_back_finds_its_desks_waiting(tmp_path: Path) -> None:
    serving = city(tmp_path / "server")
    with listening(serving) as port, faulty(port, Line()) as proxy:
        url = f"http://127.0.0.1:{proxy.port}"
        with joined(tmp_path / "desk", code_of(serving, port), url=url) as desk:
            hurry(desk)
            assert desk.exchange().done
            proxy.refuses = True
            proxy.cut_all()
            add_branch(open_desk(desk.library), "Cabang Barat")
            away = desk.exchange()
            assert away.reason == "cut"
            assert away.waiting == 1
            proxy.refuses = False
            back = desk.exchange()
            assert (back.reason, back.outcome.sent, back.waiting) == ("", 1, 0)
