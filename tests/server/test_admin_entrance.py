"""Who comes in to the administration page, how long they stay, and how they leave."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from perpusdesk_server.admin import accounts
from perpusdesk_server.admin.accounts import WeakPasswordError
from perpusdesk_server.admin.gate import WINDOW_MS, Gate
from perpusdesk_server.admin.sessions import IDLE_MS, LONGEST_MS
from server.administration import MINUTE_MS, NAME, PASSWORD, Browser, Office, office, seen

SESSION = "perpusdesk_admin"
INSIDE = ("/", "/devices", "/devices/00", "/enrol", "/enrol/code/x", "/conflicts", "/log")


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path / "city") as made:
        yield made


def is_in(browser: Browser) -> bool:
    return browser.get("/").status_code == 200


@pytest.mark.parametrize("path", INSIDE)
def test_nobody_sees_a_page_before_signing_in(city: Office, path: str) -> None:
    answer = city.browser().get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/admin/sign-in")
    assert answer.text == ""


@pytest.mark.parametrize("path", ["/enrol", "/enrol/withdraw/00", "/devices/00/shut-out"])
def test_nobody_sends_a_form_before_signing_in(city: Office, path: str) -> None:
    browser = city.browser()
    browser.get("/sign-in")
    answer = browser.post(path, name="Meja", role="desk", hours="24")
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/sign-in?done=over")


def test_there_is_no_password_until_somebody_sets_one(tmp_path: Path) -> None:
    with office(tmp_path / "new", password="") as new:
        browser = new.browser()
        assert "perpusdesk-server password" in seen(browser.get("/sign-in"))
        for name, password in (("", ""), ("admin", "admin"), (NAME, "")):
            assert browser.sign_in(name, password).status_code in (401, 429)
            assert not is_in(browser)


def test_the_name_may_be_written_in_any_case(city: Office) -> None:
    browser = city.browser()
    assert browser.sign_in(f" {NAME.upper()} ").status_code == 303
    assert NAME in browser.get("/").text


@pytest.mark.parametrize("base", ["http://kota.example", "https://kota.example"])
def test_the_cookie_is_for_the_browser_and_this_page_alone(city: Office, base: str) -> None:
    cookie = city.browser(base=base).sign_in().headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")}
    assert {"httponly", "samesite=strict", "path=/admin"} <= parts
    assert ("secure" in parts) == base.startswith("https")


def test_after_five_wrong_passwords_the_right_one_is_not_looked_at_either(city: Office) -> None:
    browser = city.browser()
    told = [browser.sign_in(password=f"salah {n}") for n in range(5)]
    assert [one.status_code for one in told] == [401] * 4 + [429]
    assert "Sisa 2 percobaan" in seen(told[2])
    assert browser.sign_in().status_code == 429
    assert "lagi pukul" in seen(told[4])
    city.clock.now_ms += 15 * MINUTE_MS - 1
    assert browser.sign_in().status_code == 429
    city.clock.now_ms += 1
    assert browser.sign_in().status_code == 303


def test_a_right_password_forgets_the_wrong_ones(city: Office) -> None:
    browser = city.browser()
    for _ in range(3):
        assert browser.sign_in(password="salah").status_code == 401
        assert browser.sign_in(password="salah").status_code == 401
        assert browser.sign_in().status_code == 303
        browser.post("/sign-out")


def test_who_guesses_elsewhere_does_not_lock_the_administrator_out(city: Office) -> None:
    guesser = city.browser("203.0.113.9")
    for _ in range(9):
        guesser.sign_in(password="salah")
    assert city.browser("10.0.0.2").sign_in().status_code == 303


def test_guesses_for_one_name_from_many_places_are_stopped() -> None:
    gate = Gate()
    left = [gate.wrong(f"203.0.113.{n}", NAME, 0) for n in range(30)]
    assert left[-6:] == [4, 4, 3, 2, 1, 0]
    assert gate.closed_until("10.0.0.2", f" {NAME.upper()}", 1) == WINDOW_MS
    assert gate.closed_until("10.0.0.2", "Dewi", 1) == 0
    assert gate.closed_until("10.0.0.2", NAME, WINDOW_MS) == 0


def test_the_gate_forgets_the_oldest_rather_than_grow() -> None:
    gate = Gate()
    for n in range(20_000):
        gate.wrong(str(n), str(n), 0)
    assert len(gate._counts) == 5_000


def test_a_whole_ipv6_network_is_one_place(city: Office) -> None:
    told = [
        city.browser(f"2001:db8::{n:x}").sign_in(f"Orang {n}", "salah").status_code
        for n in range(1, 7)
    ]
    assert told[-1] == 429


def test_who_signs_out_is_out_wherever_the_cookie_is_shown_again(city: Office) -> None:
    here, elsewhere = city.signed_in(), city.signed_in()
    kept = here.client.cookies[SESSION]
    assert here.post("/sign-out").headers["location"] == "/admin/sign-in?done=out"
    assert not is_in(here)
    assert not is_in(elsewhere)
    thief = city.browser()
    thief.client.cookies.set(SESSION, kept, domain="kota.example", path="/admin")
    assert not is_in(thief)


def test_a_new_password_ends_what_was_begun_with_the_old_one(city: Office) -> None:
    browser = city.signed_in()
    city.serving.within(lambda library: accounts.set_password(library, NAME, "sandi yang baru"))
    assert not is_in(browser)
    assert browser.sign_in().status_code == 401
    assert browser.sign_in(password="sandi yang baru").status_code == 303


def test_somebody_who_was_removed_is_out(city: Office) -> None:
    browser = city.signed_in()
    assert city.serving.within(lambda library: accounts.remove(library, NAME))
    assert not is_in(browser)
    assert not city.serving.within(lambda library: accounts.remove(library, NAME))


def test_who_does_nothing_is_signed_out(city: Office) -> None:
    browser = city.signed_in()
    city.clock.now_ms += IDLE_MS - 1
    assert is_in(browser)
    city.clock.now_ms += IDLE_MS
    assert not is_in(browser)


def test_what_the_page_asks_by_itself_keeps_nobody_signed_in(city: Office) -> None:
    browser = city.signed_in()
    for _ in range(3):
        city.clock.now_ms += IDLE_MS // 3 - 1
        browser.get("/", **{"hx-request": "true", "hx-trigger": "live"})
    city.clock.now_ms += 3
    answer = browser.get("/", **{"hx-request": "true", "hx-trigger": "live"})
    assert answer.headers["hx-redirect"] == "/admin/sign-in"


def test_nobody_stays_longer_than_a_working_day(city: Office) -> None:
    browser = city.signed_in()
    until = city.clock.now_ms + LONGEST_MS
    while city.clock.now_ms + IDLE_MS // 2 < until:
        city.clock.now_ms += IDLE_MS // 2
        assert is_in(browser)
    city.clock.now_ms = until
    assert not is_in(browser)


def test_a_changed_cookie_is_nobodys(city: Office) -> None:
    browser = city.signed_in()
    good = browser.client.cookies[SESSION]
    name, *_ = good.split(".")
    for place in range(0, len(good), 7):
        other = "0" if good[place] != "0" else "1"
        thief = city.browser()
        changed = good[:place] + other + good[place + 1 :]
        thief.client.cookies.set(SESSION, changed, domain="kota.example", path="/admin")
        assert not is_in(thief)
    visitor = city.browser()
    visitor.get("/sign-in")
    nobody = visitor.client.cookies["perpusdesk_visitor"]
    visitor.client.cookies.set(SESSION, name + nobody, domain="kota.example", path="/admin")
    assert not is_in(visitor)


def test_a_link_from_elsewhere_does_not_end_a_session(city: Office) -> None:
    browser = city.signed_in()
    mine = dict(browser.client.cookies)
    browser.client.cookies.clear()  # a strict cookie does not come along
    answer = browser.get("/devices", **{"sec-fetch-site": "cross-site"})
    assert answer.headers["refresh"] == "0; url=/admin/devices"
    assert SESSION not in answer.headers.get("set-cookie", "")
    for name, value in mine.items():
        browser.client.cookies.set(name, value, domain="kota.example", path="/admin")
    assert browser.get("/devices", **{"sec-fetch-site": "same-origin"}).status_code == 200


def test_after_signing_in_one_comes_to_the_page_one_wanted(city: Office) -> None:
    browser = city.browser()
    wanted = browser.get("/devices?state=ok").headers["location"]
    assert 'value="/devices?state=ok"' in browser.get(wanted.removeprefix("/admin")).text
    answer = browser.sign_in(next="/devices?state=ok")
    assert answer.headers["location"] == "/admin/devices?state=ok"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "evil",
        "/a\r\nX: y",
        "/sign-out",
    ],
)
def test_nobody_is_sent_elsewhere(city: Office, elsewhere: str) -> None:
    assert city.browser().sign_in(next=elsewhere).headers["location"] == "/admin/"


@pytest.mark.parametrize("weak", ["", "pendek", "x" * 201, f"{NAME} 1234567890"])
def test_a_password_has_ten_signs_and_is_not_the_name(city: Office, weak: str) -> None:
    with pytest.raises(WeakPasswordError):
        city.serving.within(lambda library: accounts.set_password(library, NAME, weak))
    assert city.browser().sign_in().status_code == 303


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\nb"])
def test_what_is_no_name_gets_no_password(city: Office, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name.strip()}$"):
        city.serving.within(lambda library: accounts.set_password(library, name, PASSWORD))


def test_no_file_of_the_library_holds_a_password(city: Office, tmp_path: Path) -> None:
    city.signed_in()
    files = [file.read_bytes() for file in (tmp_path / "city").rglob("*") if file.is_file()]
    assert not any(PASSWORD.encode() in data for data in files)


def test_each_reader_chooses_a_language_and_a_look(city: Office) -> None:
    indonesian, english = city.signed_in(), city.signed_in()
    answer = english.post("/choose", language="en", look="dark", next="/devices")
    assert answer.headers["location"] == "/admin/devices"
    page = english.get("/devices").text
    assert '<html lang="en" data-look="dark">' in page
    assert "No device has joined yet." in page
    page = indonesian.get("/devices").text
    assert '<html lang="id" data-look="auto">' in page
    assert "Belum ada perangkat yang bergabung." in page


def test_a_browser_that_asks_for_english_is_answered_in_english(city: Office) -> None:
    browser = city.browser()
    assert "Sign in" in seen(browser.get("/sign-in", **{"accept-language": "en-GB,en;q=0.8"}))
    assert "Masuk" in seen(browser.get("/sign-in", **{"accept-language": "fr-FR"}))
