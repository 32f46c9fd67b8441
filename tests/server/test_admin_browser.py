"""The administration page in a real Chromium: by keyboard, on a phone, in the dark, without script.

Skipped where there is no Chromium on the machine.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.services.library.devices import list_devices
from perpusdesk.services.set_up import open_desk
from perpusdesk_server.admin import accounts
from perpusdesk_server.admin.ports import LogLine
from perpusdesk_server.serving import Serving
from server.administration import DAY_MS, MINUTE_MS, NAME, PASSWORD, Clock, Office
from server.places import city, joined, listening

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
AUDIT = (Path(__file__).parent / "page_audit.js").read_text(encoding="utf-8")
PATIENCE_MS = 60_000
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1366, "height": 768}

expect.set_options(timeout=PATIENCE_MS)
pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
    pytest.mark.timeout(600),
]


@dataclass(slots=True)
class Place:
    """A server that listens, and a browser that was started once."""

    serving: Serving
    url: str
    browser: Browser

    @contextmanager
    def reader(self, **options: Any) -> Iterator[Page]:
        """Open a browser window of somebody; what its console complains of fails the test."""
        chosen = {"viewport": DESK, "locale": "id-ID", "reduced_motion": "reduce", **options}
        context: BrowserContext = self.browser.new_context(**chosen)
        context.set_default_timeout(PATIENCE_MS)
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text) if _is_wrong(told) else None)
        try:
            yield page
            assert wrong == []
        finally:
            context.close()

    @contextmanager
    def administrator(self, **options: Any) -> Iterator[Page]:
        """Open the window of somebody who signed in."""
        with self.reader(**options) as page:
            page.goto(f"{self.url}/")
            page.get_by_label("Nama").fill(NAME)
            page.get_by_label("Sandi").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(f"{self.url}/")
            yield page


def _is_wrong(told: Any) -> bool:
    """Whether the console tells of more than a status that a page has on purpose."""
    return told.type in ("error", "warning") and "Failed to load resource" not in told.text


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with ExitStack() as stack:
        serving = city(tmp_path_factory.mktemp("browser") / "city")
        serving.within(lambda library: accounts.set_password(library, NAME, PASSWORD))
        port = stack.enter_context(listening(serving))
        serving.address = f"http://127.0.0.1:{port}"
        _fill(serving)
        playwright = stack.enter_context(sync_playwright())
        rights = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=rights)
        stack.callback(browser.close)
        yield Place(serving, f"{serving.address}/admin", browser)


def _fill(serving: Serving) -> None:
    """Let there be devices to which something happened."""
    now = serving.within(lambda library: library.now_ms())
    house = Office(serving, Clock(now))
    lives: dict[str, tuple[str, int, dict[str, int | str | bool]]] = {
        "Meja depan": ("desk", MINUTE_MS, {}),
        "Meja katalog": ("admin", MINUTE_MS, {"program": "0.0.9", "backup_ms": 0}),
        "Meja Timur": ("desk", 12 * DAY_MS, {"waiting": 1400, "backup_ms": now - 40 * DAY_MS}),
        "Mobil Keliling": ("van", 9 * MINUTE_MS, {"now_ms": now + 185 * MINUTE_MS, "held": 2}),
        "Komputer pengunjung dengan nama yang panjang sekali": ("reader", MINUTE_MS, {}),
    }
    for name, (role, ago, facts) in lives.items():
        device = house.admit(name, role, "Pusat")
        house.heard(device, ago, **facts)
        serving.note(LogLine(now - ago, device, came=4000, went=90_000))
    serving.note(LogLine(now, None, reason="forged"))


def go(page: Page, name: str) -> None:
    """Follow a link of the rail."""
    page.get_by_role("navigation", name="Halaman").get_by_role("link", name=name).click()


# -- coming in ------------------------------------------------------------------------------------


def test_signing_in_and_out_by_keyboard_alone(place: Place) -> None:
    with place.reader() as page:
        page.goto(f"{place.url}/devices")
        expect(page.get_by_label("Nama")).to_be_focused()
        page.keyboard.type(NAME)
        page.keyboard.press("Tab")
        page.keyboard.type("bukan ini sandinya")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("tidak cocok")
        expect(page.get_by_label("Sandi")).to_be_focused()  # the name stayed
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{place.url}/devices")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        expect(page.locator("#content")).to_be_focused()
        ring = page.get_by_role("link", name="Daftarkan perangkat")
        for _ in range(9):
            page.keyboard.press("Tab")
            if ring.evaluate("one => one === document.activeElement"):
                break
        style = "one => [getComputedStyle(one).outlineStyle, getComputedStyle(one).outlineWidth]"
        assert ring.evaluate(style) == ["solid", "2px"]
        page.get_by_role("button", name="Keluar").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Anda sudah keluar")
        page.go_back()
        expect(page.get_by_label("Sandi")).to_be_visible()


@pytest.mark.slow  # the same is asked of the page without a browser each day
def test_after_five_wrong_passwords_it_says_until_when_nobody_comes_in(
    place: Place, tmp_path: Path
) -> None:
    other = city(tmp_path / "other")  # all tests come from one address
    other.within(lambda library: accounts.set_password(library, NAME, PASSWORD))
    with listening(other) as port, place.reader() as page:
        page.goto(f"http://127.0.0.1:{port}/admin/")
        for n in range(5):
            page.get_by_label("Nama").fill("Orang lain")
            page.get_by_label("Sandi").fill(f"tebakan nomor {n}")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        told = page.get_by_role("alert").inner_text()
        assert "Terlalu banyak percobaan yang salah" in told
        assert "WIB" in told


# -- looking --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_list_follows_what_is_typed_without_loading_anew(place: Place) -> None:
    with place.administrator() as page:
        go(page, "Perangkat")
        listening = "() => 'htmx-internal-data' in document.querySelector('form.filters')"
        page.wait_for_function(listening)  # a hand is slower than the page, a test is not
        page.evaluate("window.same = true")
        every = page.locator("tbody tr").count()  # other tests may have added some
        page.get_by_label("Nama atau cabang").press_sequentially("mobil")
        page.wait_for_function("() => location.search.startsWith('?q=mobil&')")
        page.wait_for_function("() => document.querySelectorAll('tbody tr').length === 1")
        assert page.get_by_role("rowheader").inner_text().startswith("Mobil Keliling")
        assert page.url.endswith("q=mobil&state=&branch=&role=&sort=attention")
        assert page.evaluate("document.activeElement.id") == "q"
        page.get_by_label("Nama atau cabang").fill("")
        rows = "document.querySelectorAll('tbody tr').length"
        page.wait_for_function(f"count => {rows} === count", arg=every)
        page.get_by_label("Keadaan").select_option("attention")
        page.wait_for_function(f"count => {rows} < count", arg=every)
        assert page.evaluate("window.same")
        page.get_by_role("link", name="Perangkat", exact=True).last.click()
        assert page.get_by_role("columnheader", name="Perangkat").get_attribute("aria-sort")


def test_the_list_refreshes_by_itself(place: Place) -> None:
    with place.administrator() as page:
        page.clock.install()
        page.goto(f"{place.url}/devices")
        with page.expect_response(lambda answer: answer.url.endswith("/devices")) as asked:
            page.clock.run_for(31_000)
        assert asked.value.request.headers["hx-trigger"] == "live"
        assert page.locator("#live").count() == 1


def test_all_can_be_read_and_done_without_scripts(place: Place) -> None:
    with place.administrator(java_script_enabled=False) as page:
        go(page, "Perangkat")
        page.get_by_label("Nama atau cabang").fill("timur")
        page.get_by_role("button", name="Tampilkan").click()
        expect(page.get_by_role("rowheader")).to_have_count(1)
        page.get_by_role("link", name="Meja Timur").click()
        expect(page.locator("main")).to_contain_text("Sudah 12 hari tidak bertukar data.")
        go(page, "Daftarkan")
        page.get_by_label("Nama perangkat").fill("Tanpa skrip")
        page.get_by_role("button", name="Buat kode").click()
        assert "Berlaku 24 jam lagi" in page.locator(".until").inner_text()
        assert not page.get_by_role("button", name="Salin").is_visible()


def test_language_and_look_are_chosen_by_the_reader(place: Place) -> None:
    with place.administrator(color_scheme="light") as page:
        with page.expect_navigation():
            page.get_by_role("button", name="Gelap").click()
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(ground) == "rgb(29, 35, 43)"
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
        go_english = page.get_by_role("navigation", name="Pages")
        go_english.get_by_role("link", name="Devices").click()
        expect(page.locator("tbody")).to_contain_text("12 days ago")
        assert page.evaluate(ground) == "rgb(29, 35, 43)"


# -- doing ----------------------------------------------------------------------------------------


def test_a_code_from_the_page_admits_a_real_desk_which_is_then_shut_out(
    place: Place, tmp_path: Path
) -> None:
    with place.administrator() as page, ExitStack() as stack:
        go(page, "Daftarkan")
        page.get_by_label("Nama perangkat").fill("Meja baru")
        page.get_by_label("Mobil keliling").check()
        page.get_by_role("button", name="Buat kode").click()
        page.wait_for_url("**/enrol/code/*")
        text = "-".join(page.locator("#code > span:not(.unseen)").all_inner_texts())
        code = enrolment_code.read(text)
        assert isinstance(code, EnrolmentCode)
        expect(page.locator("[data-until]")).to_contain_text("23:5")
        page.reload()
        assert "sudah ditampilkan" in page.get_by_role("heading", level=1).inner_text()

        def exchanged() -> int:
            with joined(tmp_path / "van", code, "Laptop") as van:
                return van.exchange().outcome.received

        assert stack.enter_context(ThreadPoolExecutor(1)).submit(exchanged).result() > 0

        go(page, "Perangkat")
        page.get_by_role("link", name="Meja baru").click()
        expect(page.locator("main .head")).to_contain_text("Mobil keliling")
        page.get_by_role("link", name="Tutup akses …").click()
        page.get_by_label("Alasan").fill("Laptopnya hilang di pasar")
        page.get_by_role("button", name="Tutup akses").click()
        expect(page.locator("main")).to_contain_text("bukan nama perangkat ini")
        page.get_by_label("Ketik nama perangkatnya").fill("Meja baru")
        page.keyboard.press("Enter")
        page.wait_for_url("**/devices/*?done=shut-out")
        assert "Aksesnya sudah ditutup" in page.get_by_role("status").inner_text()
        assert revoked(place.serving) == {"Meja baru"}
        page.get_by_role("link", name="Buka lagi akses").click()
        page.get_by_label("Alasan").fill("Ketemu lagi")
        page.keyboard.press("Enter")
        page.wait_for_url("**/devices/*?done=let-in")
        assert revoked(place.serving) == set()


def revoked(serving: Serving) -> set[str]:
    lines = serving.within(lambda library: list_devices(open_desk(library)))
    return {line.name for line in lines if line.revoked}


def test_another_site_cannot_send_a_form_in_the_administrators_name(
    place: Place, tmp_path: Path
) -> None:
    with place.administrator() as page:
        go(page, "Daftarkan")
        token = page.locator("input[name=token]").first.get_attribute("value")
        evil = tmp_path / "evil.html"
        evil.write_text(
            f'<form method="post" action="{place.url}/enrol"><input name="token" value="{token}">'
            '<input name="name" value="Penyusup"><input name="role" value="admin">'
            '<input name="hours" value="24"></form><script>document.forms[0].submit()</script>'
        )
        page.goto(evil.as_uri(), wait_until="commit")
        page.wait_for_url(f"{place.url}/**")
        page.goto(f"{place.url}/enrol")
        assert page.get_by_label("Nama perangkat").is_visible()  # still signed in
        assert "Penyusup" not in page.locator("main").inner_text()


# -- form -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [
        pytest.param(PHONE, "dark", id="phone-dark"),
        pytest.param(DESK, "light", id="desk-light"),
        pytest.param(PHONE, "light", id="phone-light", marks=pytest.mark.slow),
        pytest.param(DESK, "dark", id="desk-dark", marks=pytest.mark.slow),
    ],
)
def test_every_page_can_be_read_and_used_by_everybody(
    place: Place, viewport: dict[str, int], scheme: str
) -> None:
    flaws: dict[str, list[str]] = {}
    with place.reader(viewport=viewport, color_scheme=scheme) as page:
        page.goto(f"{place.url}/")
        flaws["sign-in"] = page.evaluate(AUDIT)
    with place.administrator(viewport=viewport, color_scheme=scheme) as page:
        flaws["overview"] = page.evaluate(AUDIT)
        device = page.locator(".tasks a").first.get_attribute("href")
        for path in (
            "/devices",
            "/devices?q=tidak+ada",
            "/enrol",
            "/conflicts",
            "/log",
            "/nothing",
        ):
            page.goto(place.url + path)
            flaws[path] = page.evaluate(AUDIT)
        page.goto(place.url.removesuffix("/admin") + str(device))
        flaws["device"] = page.evaluate(AUDIT)
        page.get_by_role("link", name="Tutup akses …").click()
        with page.expect_navigation():
            page.get_by_role("button", name="Tutup akses").click()
        flaws["shut out"] = page.evaluate(AUDIT)
        page.goto(f"{place.url}/enrol")
        page.get_by_label("Nama perangkat").fill("Untuk dilihat")
        page.get_by_role("button", name="Buat kode").click()
        page.wait_for_url("**/enrol/code/*")
        flaws["code"] = page.evaluate(AUDIT)
        page.goto(f"{place.url}/enrol?done=withdrawn")
        flaws["codes"] = page.evaluate(AUDIT)
    assert {name: found for name, found in flaws.items() if found} == {}


def test_the_audit_sees_what_is_wrong(place: Place) -> None:
    with place.administrator() as page:
        page.evaluate(
            """document.querySelector("main").insertAdjacentHTML("beforeend", `
                <h4 id="content">x</h4><h1>y</h1><button class="skipped"></button>
                <p id="pale">pale</p><p id="broad">broad</p><input id="bare">`);
               document.getElementById("pale").style.color = "#ccc";
               document.getElementById("broad").style.width = "3000px";"""
        )
        found = " | ".join(page.evaluate(AUDIT))
        for flaw in (
            "no name: <button>",
            "no name: <input>",
            "contrast 1.",
            "too wide",
            "first headings",
            "id twice: content",
        ):
            assert flaw in found
