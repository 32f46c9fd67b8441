"""What the administration page shows and does; what it refuses changes nothing."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

import pytest

from perpusdesk.common.i18n import speaking
from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.protocol.wire.errors import WireFault
from perpusdesk.services.library.devices import revoke_device
from perpusdesk.services.set_up import add_branch, open_desk
from perpusdesk.storage import device_book
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.storage.postgres.library import PostgresLibrary
from perpusdesk.storage.queries import devices as query
from perpusdesk.syncing.engine.opening import Flaw
from perpusdesk_server.admin import accounts
from perpusdesk_server.admin.door import FORM_BYTES
from perpusdesk_server.admin.ports import LogLine
from perpusdesk_server.admin.reasons import reason_text
from perpusdesk_server.opening import as_server
from perpusdesk_server.serving import Serving
from server.administration import (
    ADDRESS,
    DAY_MS,
    MINUTE_MS,
    NAME,
    PASSWORD,
    Browser,
    Office,
    office,
    seen,
)
from server.places import code_of, joined, listening

FORM = {"name": "Meja depan", "role": "desk", "hours": "24", "branch": ""}


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path / "city") as made:
        yield made


@pytest.fixture
def sri(city: Office) -> Browser:
    browser = city.signed_in()
    browser.get("/enrol")
    return browser


def codes(city: Office) -> list[device_book.CodeRecord]:
    return [record for _, record in city.serving.within(device_book.codes)]


def issued(browser: Browser, **form: str) -> EnrolmentCode:
    answer = browser.post("/enrol", **{**FORM, **form})
    assert answer.status_code == 303, seen(answer)
    return shown(browser, answer.headers["location"])


def shown(browser: Browser, address: str) -> EnrolmentCode:
    page = browser.get(address.removeprefix("/admin"))
    found = re.search(r'data-copy="([^"]+)"', page.text)
    assert found is not None, seen(page)
    code = enrolment_code.read(found[1])
    assert isinstance(code, EnrolmentCode)
    return code


# -- forms ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_that_another_page_sends_does_nothing(
    city: Office, sri: Browser, headers: dict[str, str]
) -> None:
    answer = sri.post("/enrol", headers, **FORM)
    assert answer.status_code == 403
    assert "tidak ada yang berubah" in seen(answer).lower()
    assert codes(city) == []


@pytest.mark.parametrize("token", ["", "0" * 64, "é", "x" * 9000])
def test_a_form_without_the_sessions_token_does_nothing(
    city: Office, sri: Browser, token: str
) -> None:
    assert sri.post("/enrol", **{**FORM, "token": token}).status_code == 403
    assert codes(city) == []


def test_the_token_of_another_session_does_nothing(city: Office, sri: Browser) -> None:
    other = city.signed_in()
    assert sri.post("/enrol", **{**FORM, "token": other.token}).status_code == 403
    assert codes(city) == []


def test_a_form_is_not_sent_by_an_address(city: Office, sri: Browser) -> None:
    sri.get(f"/enrol?token={sri.token}&name=Meja&role=desk&hours=24")
    assert sri.get("/sign-out").status_code == 405
    assert codes(city) == []


def test_a_form_that_is_too_long_is_not_read(city: Office, sri: Browser) -> None:
    assert sri.post("/enrol", **{**FORM, "name": "x" * FORM_BYTES}).status_code == 413
    assert codes(city) == []


def test_every_answer_tells_browsers_to_keep_to_this_page(sri: Browser) -> None:
    for path in ("/", "/nothing", "/sign-in", "/static/admin.css", "/static/htmx.min.js"):
        headers = sri.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
    assert sri.get("/devices").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/"])
def test_no_other_file_is_given_out(sri: Browser, path: str) -> None:
    assert sri.get(path).status_code == 404


def test_an_address_that_leads_nowhere_says_so_in_the_frame(sri: Browser) -> None:
    for path in ("/nothing", "/devices/00", "/devices/00/shut-out"):
        answer = sri.get(path)
        assert answer.status_code == 404
        assert "tidak ada" in seen(answer)
        assert NAME in answer.text


# -- codes ----------------------------------------------------------------------------------------


def test_a_code_admits_the_device_that_it_was_made_for(city: Office, sri: Browser) -> None:
    branch = city.serving.within(lambda library: next(iter(open_desk(library).branches)))
    code = issued(sri, name="  Mobil   Melati ", role="van", branch=branch.hex)
    assert code.server == ADDRESS
    certificate = city.join(code).certificate
    assert (certificate.name, certificate.role) == ("Mobil Melati", "van")
    assert certificate.branch == branch.bytes
    (record,) = codes(city)
    assert (record.issued_by, record.used) == (NAME, True)
    assert "Mobil Melati" in seen(sri.get("/enrol"))
    assert "Mobil Melati" in seen(sri.get("/devices"))


def test_the_picture_holds_the_same_code(sri: Browser) -> None:
    import numpy as np
    import zxingcpp

    address = sri.post("/enrol", **FORM).headers["location"].removeprefix("/admin")
    page = sri.get(address).text
    side = int(re.findall(r'class="qr" viewBox="0 0 (\d+) \d+"', page)[0])
    picture = np.full((side, side), 255, np.uint8)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", page):
        picture[int(y), int(x) : int(x) + int(length)] = 0
    (found,) = zxingcpp.read_barcodes(picture.repeat(4, 0).repeat(4, 1))
    text = re.search(r'data-copy="([^"]+)"', page)
    assert text is not None
    assert found.text == text[1].replace("-", "")


def test_a_code_is_shown_once(sri: Browser) -> None:
    address = sri.post("/enrol", **FORM).headers["location"]
    shown(sri, address)
    again = sri.get(address.removeprefix("/admin"))
    assert again.status_code == 410
    assert "PDESK" not in again.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " \t "},
        {"name": "x" * 61},
        {"role": "server"},
        {"role": "king"},
        {"hours": "9999"},
        {"hours": "-1"},
    ],
)
def test_a_form_that_says_too_little_comes_back_as_it_was(
    city: Office, sri: Browser, wrong: dict[str, str]
) -> None:
    answer = sri.post("/enrol", **{**FORM, **wrong})
    assert answer.status_code == 422
    assert codes(city) == []
    if "name" not in wrong:
        assert 'value="Meja depan"' in answer.text


def test_a_code_can_be_withdrawn_until_it_is_used(city: Office, sri: Browser) -> None:
    issued(sri)
    page = sri.get("/enrol").text
    target = re.search(r'action="/admin(/enrol/withdraw/\w+)"', page)
    assert target is not None
    assert sri.post(target[1]).headers["location"] == "/admin/enrol?done=withdrawn"
    assert codes(city) == []
    assert sri.post(target[1]).headers["location"] == "/admin/enrol?done=too_late"
    assert sri.post("/enrol/withdraw/xyz").status_code == 404


def test_without_an_address_no_code_is_made(city: Office, sri: Browser) -> None:
    city.serving.address = ""
    assert sri.post("/enrol", **FORM).status_code == 409
    assert codes(city) == []


def test_a_device_that_lost_its_key_gets_a_code_of_its_own(city: Office, sri: Browser) -> None:
    device = city.admit("Meja depan")
    answer = sri.post(f"/devices/{device.hex()}/code")
    assert shown(sri, answer.headers["location"]).server == ADDRESS
    assert [one.device for one in codes(city) if not one.used] == [device]
    server = city.serving.authority.device.hex()
    assert sri.post(f"/devices/{server}/code").status_code == 409


# -- the fleet ------------------------------------------------------------------------------------


def test_what_needs_a_person_stands_first(city: Office, sri: Browser) -> None:
    silent, fast, well, late = (city.admit(name) for name in ("Timur", "Barat", "Pusat", "Utara"))
    city.heard(silent, 12 * DAY_MS, waiting=14)
    city.heard(fast, MINUTE_MS, now_ms=city.clock.now_ms + 3 * 60 * MINUTE_MS)
    city.heard(well, MINUTE_MS)
    city.heard(late, MINUTE_MS, backup_ms=city.clock.now_ms - 9 * DAY_MS)
    told = seen(sri.get("/"))
    assert "Timur Sudah 12 hari tidak bertukar data." in told
    assert "Barat Jamnya 3 jam 1 menit terlalu cepat." in told
    assert "Utara Cadangan terakhirnya berumur 9 hari." in told
    assert "Pusat " not in told.partition("Seluruhnya")[0]
    rows = re.findall(r'id="device-\w+"[^>]*>([^<]+)', sri.get("/devices").text)
    assert rows == ["Barat", "Timur", "Utara", "Pusat"]
    assert "14" in seen(sri.get("/devices?q=timur"))


def names(browser: Browser, question: str) -> list[str]:
    return re.findall(r'id="device-\w+"[^>]*>([^<]+)', browser.get(f"/devices?{question}").text)


def test_the_list_is_narrowed_and_sorted(city: Office, sri: Browser) -> None:
    city.serving.within(lambda library: add_branch(open_desk(library), "Cabang Timur"))
    branches = city.serving.within(lambda library: dict(open_desk(library).branches))
    timur = next(id_ for id_, one in branches.items() if one.name == "Cabang Timur")
    city.heard(city.admit("Meja A", branch="Pusat"), 5 * MINUTE_MS, waiting=1)
    city.heard(city.admit("Meja B", branch="Cabang Timur"), 9 * DAY_MS, waiting=7)
    city.heard(city.admit("Mobil", "van", branch="Cabang Timur"), MINUTE_MS, waiting=3)
    assert names(sri, "sort=name") == ["Meja A", "Meja B", "Mobil"]
    assert names(sri, "sort=name&down=1") == ["Mobil", "Meja B", "Meja A"]
    assert names(sri, "sort=waiting") == ["Meja B", "Mobil", "Meja A"]
    assert names(sri, "sort=seen") == ["Mobil", "Meja A", "Meja B"]
    assert names(sri, "q=timur&sort=name") == ["Meja B", "Mobil"]
    assert names(sri, f"branch={timur.hex}&role=van") == ["Mobil"]
    assert names(sri, "state=attention") == ["Meja B"]
    assert names(sri, "state=ok&sort=name") == ["Meja A", "Mobil"]
    assert names(sri, "q=nothing+like+that") == []
    assert names(sri, "sort=nonsense&state=nonsense&from=nonsense") != []


def test_a_long_list_comes_in_pages(city: Office, sri: Browser) -> None:
    def many(library: Library) -> None:
        from perpusdesk.storage.drafts import Action

        action = Action("enrol_device")
        for n in range(130):
            action.set(
                "device", library.new_id(), {"name": f"Meja {n:03}", "number": 50 + n}, fresh=True
            )
        library.write(action)

    city.serving.within(many)
    assert names(sri, "sort=name") == [f"Meja {n:03}" for n in range(100)]
    assert names(sri, "sort=name&from=100") == [f"Meja {n:03}" for n in range(100, 130)]
    assert "101–130 dari 130" in seen(sri.get("/devices?sort=name&from=100"))
    assert names(sri, "sort=name&from=9900") == [f"Meja {n:03}" for n in range(100)]


def test_names_are_words_and_never_a_part_of_the_page(city: Office, sri: Browser) -> None:
    name = "<script>alert(1)</script>\"'&"
    device = city.admit(name)
    city.heard(device, 30 * DAY_MS, program="<b>1")
    for path in ("/", "/devices", f"/devices/{device.hex()}", f"/devices/{device.hex()}/shut-out"):
        answer = sri.get(path)
        assert "<script>alert" not in answer.text
        assert name in seen(answer).replace(" ", "") or name in seen(answer), path
    assert "<script>x" not in sri.get("/devices?q=%3Cscript%3Ex&sort=%22%3E%3Cscript%3Ex").text


# -- shutting out ---------------------------------------------------------------------------------


def cut_of(city: Office, device: bytes) -> dict[int, int] | None:
    every = city.serving.within(query.devices)
    return next(one.cut for one in every if one.id.bytes == device)


def test_a_device_is_shut_out_in_two_steps_with_a_reason(city: Office, sri: Browser) -> None:
    device = city.admit("Laptop lama")
    page = f"/devices/{device.hex()}/shut-out"
    assert sri.get(page).status_code == 200
    for form in ({}, {"reason": "hilang"}, {"name": "Laptop lama"}, {"reason": "x", "name": "y"}):
        assert sri.post(page, **form).status_code == 422
        assert cut_of(city, device) is None
    answer = sri.post(page, reason=" dicuri di  pasar ", name="laptop LAMA")
    assert answer.headers["location"] == f"/admin/devices/{device.hex()}?done=shut-out"
    assert cut_of(city, device) is not None
    told = seen(sri.get(f"/devices/{device.hex()}?done=shut-out"))
    assert f"Akses ditutup: dicuri di pasar ({NAME})" in told
    assert sri.get(page).status_code == 303  # it is shut out already
    assert names(sri, "state=off") == ["Laptop lama"]


def test_a_device_is_let_in_again(city: Office, sri: Browser) -> None:
    device = city.admit("Laptop lama")
    city.serving.within(
        lambda library: revoke_device(open_desk(library), UUID(bytes=device), "hilang")
    )
    page = f"/devices/{device.hex()}/let-in"
    assert sri.get(page).status_code == 200
    assert sri.post(page).status_code == 422
    assert cut_of(city, device) is not None
    assert sri.post(page, reason="ketemu").status_code == 303
    assert cut_of(city, device) is None


def test_the_server_cannot_be_shut_out(city: Office, sri: Browser) -> None:
    server = city.serving.authority.device
    page = f"/devices/{server.hex()}/shut-out"
    assert sri.get(page).status_code == 303
    sri.post(page, reason="x", name="Server kota")
    assert cut_of(city, server) is None


def test_what_a_shut_out_desk_sends_waits_until_it_is_accepted(
    city: Office, sri: Browser, tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    with own_server(city) as port, joined(desk, code_of(city.serving, port)) as lost:
        lost.exchange()
        device = lost.library.device
        city.serving.within(
            lambda library: revoke_device(open_desk(library), UUID(bytes=device), "hilang")
        )
        add_branch(open_desk(lost.library), "Cabang Gelap")
        lost.exchange()
    page = f"/devices/{device.hex()}"
    told = seen(sri.get(page))
    assert "Karantina 1" in told
    assert "Cabang Gelap" not in told
    assert branch_names(city) == ["Pusat"]
    assert "1 di karantina" in seen(sri.get("/devices"))
    assert "1 catatan lalu berlaku" in seen(sri.get(f"{page}/accept"))
    assert sri.post(f"{page}/accept", reason="sudah diperiksa").status_code == 303
    assert branch_names(city) == ["Cabang Gelap", "Pusat"]
    assert cut_of(city, device) is not None
    assert "Tidak ada yang menunggu" in seen(sri.get(page))


@contextmanager
def own_server(city: Office) -> Iterator[int]:
    """Let devices reach the same library over HTTP; it stays open afterwards."""
    with patch.object(Serving, "close", lambda _: None), listening(city.serving) as port:
        yield port


def branch_names(city: Office) -> list[str]:
    return city.serving.within(
        lambda library: sorted(one.name for one in open_desk(library).branches.values())
    )


def test_the_page_works_with_a_library_in_postgresql(postgres_dsn: str, tmp_path: Path) -> None:
    library = PostgresLibrary.create_in(postgres_dsn)
    add_branch(open_desk(library), "Pusat")
    serving = Serving(*as_server(library, KeyStore(tmp_path), "Server"), address=ADDRESS)
    with closing(serving):
        serving.within(lambda library: accounts.set_password(library, NAME, PASSWORD))
        place = Office(serving)
        device = place.admit("Laptop lama")
        place.heard(device, 9 * DAY_MS)
        sri = place.signed_in()
        assert "Sudah 9 hari tidak bertukar data." in seen(sri.get("/"))
        page = f"/devices/{device.hex()}/shut-out"
        assert sri.post(page, reason="hilang", name="Laptop lama").status_code == 303
        assert cut_of(place, device) is not None
        assert "hilang" in seen(sri.get(f"/devices/{device.hex()}"))
        sri.get("/enrol")
        issued(sri)
        assert sri.get("/conflicts").status_code == 200


# -- the log --------------------------------------------------------------------------------------


def test_the_log_tells_who_exchanged_and_what_was_refused(city: Office, sri: Browser) -> None:
    device = city.admit("Meja depan")
    city.serving.note(LogLine(city.clock.now_ms - 5 * MINUTE_MS, device, came=12_000, went=700))
    city.serving.note(LogLine(city.clock.now_ms - MINUTE_MS, None, reason="forged"))
    city.serving.note(LogLine(city.clock.now_ms, None, reason="forged"))
    told = seen(sri.get("/log"))
    assert told.index("Ditolak") < told.index("Meja depan")
    assert "Tanda tangannya bukan milik perangkat yang disebut × 2" in told
    assert "12 kB diterima, 1 kB dikirim" in told
    told = seen(sri.get("/log?only=refused"))
    assert "Meja depan" not in told


def _codes_of_refusals() -> set[str]:
    """Return every reason by which the server and the engine refuse something."""
    folders = [
        Path(__file__).parents[2] / part for part in ("sync", "src/perpusdesk/syncing/engine")
    ]
    found = {
        code
        for folder in folders
        for file in folder.rglob("*.py")
        for code in re.findall(
            r'(?:Refusal\(|WrongRequestError\(\d+, |MessageError\()"(\w+)"', file.read_text()
        )
    }
    return found | {str(one) for enum in (Flaw, WireFault) for one in enum}


def test_every_reason_is_told_in_words_of_both_languages() -> None:
    codes_ = _codes_of_refusals()
    assert len(codes_) > 15
    for code in codes_:
        with speaking("en"):
            english = reason_text(code)
        assert english != code.replace("_", " "), code
        assert reason_text(code) != english, code


def test_contradictions_are_counted_without_a_name(city: Office, sri: Browser) -> None:
    assert "Tidak ada yang perlu diputuskan" in seen(sri.get("/conflicts"))
