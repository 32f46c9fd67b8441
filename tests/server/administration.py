"""The administration page of a real library, asked as browsers do, with a clock of its own."""

from __future__ import annotations

import atexit
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from secrets import token_bytes
from tempfile import mkdtemp
from unittest.mock import patch

import httpx2
import msgspec
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from perpusdesk.protocol import enrolment_code, keys
from perpusdesk.protocol.messages import Facts
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.enrolment import Applicant, Asked, Joined, ask, hear
from perpusdesk_server import jobs
from perpusdesk_server.admin import accounts
from perpusdesk_server.admin.app import admin_app
from perpusdesk_server.opening import as_server
from perpusdesk_server.serving import Serving
from server.places import UNHURRIED, city

NAME, PASSWORD = "Sri Contoh", "hujan di kota lama"
ADDRESS = "https://perpus.kota.example"
MINUTE_MS, DAY_MS = 60_000, 24 * 3600 * 1000
START_MS = time.time_ns() // 1_000_000 // MINUTE_MS * MINUTE_MS
"""A whole minute; today, because codes lapse by the library's own clock."""


@dataclass(slots=True)
class Clock:
    """The page's clock; it stands until a test moves it."""

    now_ms: int = START_MS

    def __call__(self) -> int:
        return self.now_ms


@dataclass(slots=True)
class Office:
    """A server and its page."""

    serving: Serving
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.app = Starlette(routes=[Mount("/admin", admin_app(self.serving, now_ms=self.clock))])

    app: Starlette = field(init=False)

    def browser(self, place: str = "10.0.0.1", base: str = "http://kota.example") -> Browser:
        """Return somebody who looks at the page from ``place``."""
        client = TestClient(self.app, base, client=(place, 50_000), follow_redirects=False)
        return Browser(client)

    def signed_in(self) -> Browser:
        """Return an administrator."""
        browser = self.browser()
        assert browser.sign_in().status_code == 303
        return browser

    def admit(self, name: str, role: str = "desk", branch: str = "") -> bytes:
        """Admit a device without a store of its own; return its id."""
        words = {"address": ADDRESS, "name": name, "role": role, "branch": branch}
        made = self.serving.store(lambda: jobs.enrol(self.serving, words))
        code = enrolment_code.read(made["code"])
        assert isinstance(code, enrolment_code.EnrolmentCode)
        return self.join(code).certificate.device

    def join(self, code: enrolment_code.EnrolmentCode) -> Joined:
        """Let a new device come in by a code."""
        who = Applicant(token_bytes(16), keys.make_key(token_bytes(32)), "Laptop", "0.1.0")
        asked = ask(code, who, token_bytes)
        assert isinstance(asked, Asked), asked
        joined = hear(asked, self.serving.store(lambda: self.serving.enrol(asked.request)))
        assert isinstance(joined, Joined), joined
        return joined

    def heard(self, device: bytes, ago_ms: int, **facts: int | str | bool) -> None:
        """Let a device have been here, and have said this of itself."""
        at = self.clock.now_ms - ago_ms
        said = Facts(**{"now_ms": at, "program": "0.1.0", "backup_ms": self.clock.now_ms, **facts})

        def keep(library: Library) -> None:
            with library.local_work() as database:
                row = (device, at, msgspec.msgpack.encode(said))
                database.execute_sql("insert into contact values (?, ?, ?)", row)

        self.serving.within(keep)


@dataclass(slots=True)
class Browser:
    """Keeps cookies and fills forms in with the token of the page that was looked at last."""

    client: TestClient
    token: str = ""

    def get(self, path: str, **headers: str) -> httpx2.Response:
        """Look at a page."""
        return self._looked(self.client.get(f"/admin{path}", headers=headers))

    def post(
        self, path: str, headers: dict[str, str] | None = None, **form: str
    ) -> httpx2.Response:
        """Send a form."""
        filled = {"token": self.token, **form}
        return self._looked(self.client.post(f"/admin{path}", data=filled, headers=headers))

    def sign_in(self, name: str = NAME, password: str = PASSWORD, **form: str) -> httpx2.Response:
        """Sign in, and look at the first page when that worked."""
        self.get("/sign-in")
        answer = self.post("/sign-in", name=name, password=password, **form)
        if answer.status_code == 303:
            self.get("/")
        return answer

    def _looked(self, answer: httpx2.Response) -> httpx2.Response:
        found = re.search(r'name="token" value="(\w+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer


@cache
def _made() -> Path:
    """Make one server for all tests of this process, to be copied."""
    folder = Path(mkdtemp(prefix="perpusdesk-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    city(folder / "city").close()
    return folder


@contextmanager
def office(folder: Path, *, password: str = PASSWORD) -> Iterator[Office]:
    """Give a server whose administrator has a password (``""``: none).

    Passwords are stretched little here, to save time; the browser's tests use them as they are.
    """
    for file in _made().iterdir():  # the library and, beside it, its keys
        copy = folder.parent / file.name.replace("city", folder.name)
        (shutil.copytree if file.is_dir() else shutil.copy)(file, copy)
    library, keys_ = Library.open(folder), KeyStore(folder)
    serving = Serving(*as_server(library, keys_, "Server kota"), limits=UNHURRIED)
    serving.address = ADDRESS
    with closing(serving), patch.object(accounts, "_COST", 2**4):
        if password:
            serving.within(lambda library: accounts.set_password(library, NAME, password))
        yield Office(serving)


def seen(answer: httpx2.Response) -> str:
    """Return the words of a page as people read them, without its frame."""
    body = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
