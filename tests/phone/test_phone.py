"""The form in a real Chromium as large as a phone, with no network but the desk.

Skipped where there is no Chromium on the machine.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from phone.conftest import Branch
from phone.test_offers import messages, offer, votes, wish

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
AUDIT = (Path(__file__).parents[1] / "server" / "page_audit.js").read_text(encoding="utf-8")
LOW = """[...document.querySelectorAll("a, button, label:has(input), input[type=text], textarea")]
    .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""
PHONE = {"width": 360, "height": 740}

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    with sync_playwright() as playwright:
        rights = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        away = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*rights, *away])
        context = browser.new_context(
            viewport=PHONE,
            is_mobile=True,
            has_touch=True,
            device_scale_factor=2,
            locale="id-ID",
            java_script_enabled=True,
            color_scheme=request.param,
        )
        made = context.new_page()
        made.set_default_timeout(60_000)
        yield made
        browser.close()


def test_a_visitor_answers_by_touch_and_sees_that_it_is_saved(page: Page, branch: Branch) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://127.0.0.1:{branch.server.port}/")
    page.get_by_role("link", name=branch.survey.name).tap()
    page.wait_for_url(f"{branch.url}/f/*")
    assert page.evaluate(AUDIT) == []
    for group in page.get_by_role("group").all():
        options = group.get_by_role("radio").all()
        if options:
            options[-1].tap()
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('fieldset label')]"
        ".map(one => one.getBoundingClientRect().height))"
    )
    assert smallest >= 44
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= PHONE["width"]
    page.get_by_role("button", name="Kirim jawaban").tap()
    page.wait_for_url("**/thanks")
    assert page.get_by_role("heading", level=1).inner_text() == (
        "Terima kasih, jawaban Anda tersimpan"
    )
    assert page.evaluate(AUDIT) == []
    assert [channel for channel, _answers in branch.answers()] == ["phone"]
    page.go_back()  # to the form, which was sent
    page.wait_for_url("**/thanks")
    assert len(branch.answers()) == 1
    assert all(url.startswith("http://127.0.0.1:") or url.startswith("data:") for url in asked)


def test_a_visitor_wishes_and_says_something(page: Page, branch: Branch) -> None:
    offer(branch)
    wish(branch, "Panduan Lengkap Budi Daya Lele di Kolam Terpal untuk Pemula", "Laras Contoh")
    start = f"http://127.0.0.1:{branch.server.port}/"
    page.goto(start)
    _well_made(page)
    page.get_by_role("link", name="Usulkan buku").tap()
    page.wait_for_url("**/usul/f/*")
    _well_made(page)
    page.get_by_label("Panduan Lengkap").tap()
    page.get_by_label("Judul buku").fill("Hujan di Pasar")
    page.get_by_role("button", name="Kirim usulan").tap()
    page.wait_for_url("**/usul/thanks")
    _well_made(page)
    assert sorted(votes(branch).values()) == [1, 2]
    page.get_by_role("link", name="Kembali ke awal").tap()
    page.wait_for_url(start)
    page.get_by_role("link", name="Saran, pengaduan, atau pujian").tap()
    page.wait_for_url("**/pesan/f/*")
    page.evaluate("document.querySelector('form').noValidate = true")
    page.get_by_role("button", name="Kirim pesan").tap()
    page.get_by_role("alert").wait_for()
    _well_made(page)
    page.get_by_label("Pengaduan").tap()
    page.get_by_role("textbox", name="Pesan Anda").fill("Lampu ruang baca mati")
    page.get_by_role("button", name="Kirim pesan").tap()
    page.wait_for_url("**/pesan/thanks?n=*")
    _well_made(page)
    (line,) = messages(branch)
    assert page.get_by_text(line.row.ticket, exact=True).is_visible()


def _well_made(page: Page) -> None:
    """See that names, contrast and order are right, and whatever is touched is 44 pixels high."""
    page.wait_for_load_state("load")
    assert page.evaluate(AUDIT) == []
    assert page.evaluate(LOW) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_is_missing_is_found_again(page: Page, branch: Branch) -> None:
    page.goto(branch.url)
    page.evaluate("document.querySelector('form').noValidate = true")
    page.get_by_role("button", name="Kirim jawaban").tap()
    page.get_by_role("alert").wait_for()
    page.wait_for_load_state("load")
    assert page.evaluate(AUDIT) == []
    assert branch.answers() == []
