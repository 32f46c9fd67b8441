"""A hub: desks exchange with it while the city is away, and it tells the city by itself."""

import threading
import time
from contextlib import ExitStack
from pathlib import Path

from helpers.faulty_proxy import Line, faulty
from perpusdesk.services.set_up import add_branch, open_desk
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.connections import Connection
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.join import join_new
from perpusdesk_server.hub import Upstream
from perpusdesk_server.opening import as_hub
from perpusdesk_server.serving import Serving
from server.places import UNHURRIED, city, code_of, joined, listening


def hub_of(folder: Path, serving: Serving, port: int) -> Serving:
    keys = KeyStore(folder)
    library = join_new(folder, code_of(serving, port, role="hub"), "Hub", keys, post_enrolment)
    assert isinstance(library, Library)
    return Serving(as_hub(library, keys), None, limits=UNHURRIED)


def wait_until(true) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        threading.Event().wait(0.1)


def test_a_branch_works_on_while_the_city_is_away(tmp_path: Path) -> None:
    serving = city(tmp_path / "city")
    with ExitStack() as stack:
        port = stack.enter_context(listening(serving))
        proxy = stack.enter_context(faulty(port, Line()))
        hub = hub_of(tmp_path / "hub", serving, port)
        upstream = Upstream(hub, Connection(f"http://127.0.0.1:{proxy.port}"))
        upstream._rhythm.chance = lambda: 0.0
        hub_port = stack.enter_context(listening(hub, enrol=upstream.enrol, on_close=upstream.stop))
        code = code_of(serving, port, address=f"http://127.0.0.1:{hub_port}")
        one = stack.enter_context(joined(tmp_path / "one", code))  # admitted through the hub
        upstream.start()
        two_code = code_of(serving, port)
        url = f"http://127.0.0.1:{hub_port}"
        two = stack.enter_context(joined(tmp_path / "two", two_code, url=url))  # by the city itself
        wait_until(lambda: hub.within(lambda lib: lib.value("select count(*) from branch")))
        proxy.refuses = True
        proxy.cut_all()
        assert one.exchange().done
        add_branch(open_desk(one.library), "Cabang Timur")
        assert one.exchange().outcome.sent >= 1
        assert two.exchange().done
        assert two.library.value("select 1 from branch where name = 'Cabang Timur'") == 1
        proxy.refuses = False
        there = "select count(*) from branch where name = 'Cabang Timur'"
        wait_until(lambda: serving.within(lambda lib: lib.value(there)))
