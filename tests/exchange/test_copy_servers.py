"""Asking other catalogues: real HTTP on this machine, odd answers, and silence."""

from __future__ import annotations

import html
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange.copy_servers import CopyServer, Kind, read_servers, shipped_servers
from perpusdesk.exchange.sru import records_in, search_sru
from perpusdesk.exchange.z3950 import search_z3950

RECORD = (
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
    '<controlfield tag="001">k1</controlfield>'
    '<datafield tag="020" ind1=" " ind2=" "><subfield code="a">9780306406157</subfield></datafield>'
    '<datafield tag="245" ind1="1" ind2="0"><subfield code="a">Pelaut &amp; kertas</subfield>'
    "</datafield></record>"
)


def answer_of(*data: str, prefix: str = "zs:") -> str:
    """Return an SRU answer with these records as they stand."""
    records = "".join(
        f"<{prefix}record><{prefix}recordPacking>xml</{prefix}recordPacking>"
        f"<{prefix}recordData>{one}</{prefix}recordData></{prefix}record>"
        for one in data
    )
    name = f"{prefix}searchRetrieveResponse"
    return f"<?xml version='1.0'?><{name}><{prefix}records>{records}</{prefix}records></{name}>"


Serve = Callable[[bytes], CopyServer]


@pytest.fixture
def asked() -> list[dict[str, list[str]]]:
    return []


@pytest.fixture
def serve(asked: list[dict[str, list[str]]]) -> Iterator[Serve]:
    """Serve one fixed answer on this machine."""
    servers: list[ThreadingHTTPServer] = []

    def start(content: bytes) -> CopyServer:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(parse_qs(urlsplit(self.path).query))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_words: Any) -> None:
                """Stay silent."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/sru"
        return CopyServer(name="Uji", address=address, isbn_query="bath.isbn={isbn}")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("prefix", ["zs:", "srw:", ""])
def test_records_come_out_of_an_answer_whatever_its_prefixes(
    serve: Serve, asked: list[dict[str, list[str]]], prefix: str
) -> None:
    server = serve(answer_of(RECORD, RECORD, prefix=prefix).encode())
    found = search_sru(server, "bath.isbn=9780306406157", 5)
    assert [record.title for record in found] == ["Pelaut & kertas"] * 2
    assert found[0].isbn == ("9780306406157",)
    assert asked == [
        {
            "version": ["1.1"],
            "operation": ["searchRetrieve"],
            "query": ["bath.isbn=9780306406157"],
            "maximumRecords": ["5"],
            "recordSchema": ["marcxml"],
        }
    ]


def test_records_packed_as_text_are_read_and_broken_ones_hide_no_other() -> None:
    found = records_in(answer_of(html.escape(RECORD), "<record><leader>", RECORD))
    assert found is not None
    assert len(found) == 2


@pytest.mark.parametrize("content", [b"", b"<html>Login</html>", b"\xff\xfe\x00", b"{}"])
def test_what_is_no_answer_is_said_so(serve: Serve, content: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        search_sru(serve(content), "x", 5)
    assert caught.value.fault is Fault.UNREACHABLE
    assert caught.value.facts["server"] == "Uji"


def test_a_diagnostic_is_told_in_the_servers_words(serve: Serve) -> None:
    text = answer_of().replace("<zs:records>", "<diag:message>Unsupported index</diag:message>")
    with pytest.raises(KnownError) as caught:
        search_sru(serve(text.encode()), "x", 5)
    assert caught.value.facts["cause"] == "Unsupported index"


def test_an_endless_answer_is_given_up(serve: Serve) -> None:
    with pytest.raises(KnownError) as caught:
        search_sru(serve(b"x" * (5 << 20)), "x", 5)
    assert "too long" in str(caught.value.facts["cause"])


def test_nobody_there_is_a_known_failure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody else's, and nobody listens
        port = taken.getsockname()[1]
        server = CopyServer(name="Uji", address=f"http://127.0.0.1:{port}/", isbn_query="{isbn}")
        with pytest.raises(KnownError) as caught:
            search_sru(server, "x", 5)
    assert caught.value.fault is Fault.UNREACHABLE


def test_the_shipped_list_is_in_order() -> None:
    names = [server.name for server in shipped_servers()]
    assert len(names) == len(set(names)) >= 3


@pytest.mark.parametrize(
    "row",
    [
        {"name": "A", "address": "file:///etc/passwd", "isbn_query": "{isbn}"},
        {"name": "A", "address": "http://a/\nshell", "isbn_query": "{isbn}"},
        {"name": "A", "address": "http://a/", "isbn_query": "isbn"},
        {"name": "A", "address": "a:210/db\nquit", "kind": "z3950", "isbn_query": "{isbn}"},
        {"name": "A", "address": "a:210/db", "kind": "z3950", "isbn_query": "{isbn}\nquit"},
        {"name": "", "address": "http://a/", "isbn_query": "{isbn}"},
        "nonsense",
    ],
)
def test_no_other_address_or_query_is_taken(row: object) -> None:
    with pytest.raises(KnownError):
        read_servers([row])


# -- the tools of those who made the protocols ----------------------------------------------------


@pytest.fixture
def ztest() -> Iterator[int]:
    """A real server of both protocols, where the package yaz is installed."""
    program = shutil.which("yaz-ztest")
    if program is None or shutil.which("yaz-client") is None:
        pytest.skip("yaz-ztest and yaz-client (package yaz) are not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    running = subprocess.Popen(
        [program, f"tcp:127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port
    running.kill()
    running.wait()


def test_a_real_server_is_understood_over_both_protocols(ztest: int) -> None:
    where = f"127.0.0.1:{ztest}/Default"
    sru = CopyServer(name="YAZ", address=f"http://{where}", isbn_query="{isbn}")
    old = CopyServer(name="YAZ", kind=Kind.Z3950, address=where, isbn_query="@attr 1=7 {isbn}")
    title = "How to program a computer"
    assert {record.title for record in search_sru(sru, "computer", 2)} == {title}
    found = search_z3950(old, "@attr 1=4 computer", 2)
    assert [record.title for record in found] == [title, title]
    assert found[0].marc.endswith(b"\x1d")


def test_no_server_for_the_old_protocol_is_a_known_failure() -> None:
    server = CopyServer(
        name="Uji", kind=Kind.Z3950, address="127.0.0.1:9/db", isbn_query="@attr 1=7 {isbn}"
    )
    with pytest.raises(KnownError) as caught:
        search_z3950(server, "@attr 1=7 1", 2)
    assert caught.value.fault is Fault.UNREACHABLE
