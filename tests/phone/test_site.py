"""The forms over real HTTP: answered once, refused in words, closed to whoever has no business."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import pytest

from helpers.surveys import FOURS
from perpusdesk.domain.decisions import Refused
from perpusdesk.phone.limits import Bucket, Slips
from perpusdesk.phone.server import FIRST_PORT, Address, addresses
from perpusdesk.services.surveys.surveys import close_survey
from phone.conftest import Branch

ALL = {f"q-{name}": str(value) for name, value in FOURS.items()}


class Phone:
    """Asks as a phone's browser would, and remembers nothing."""

    def __init__(self, branch: Branch) -> None:
        self._place = urlsplit(branch.url)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, str], str]:
        """Return status, headers and page."""
        line = http.client.HTTPConnection(self._place.hostname or "", self._place.port, timeout=60)
        try:
            line.request(method, path, body, dict(headers or {}))
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, told, answer.read().decode()
        finally:
            line.close()

    def form(self) -> tuple[str, str]:
        """Open the form; return its own path and the page."""
        status, told, _page = self.ask("GET", self._place.path)
        assert status == 303
        status, _told, page = self.ask("GET", told["location"])
        assert status == 200
        return told["location"], page

    def send(
        self, path: str, answers: Mapping[str, str], **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Send a form."""
        told = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.ask("POST", path, urlencode(answers).encode(), told)


def _action(page: str) -> str:
    """Return where a form that is shown is sent to."""
    found = re.search(r'action="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def phone(branch: Branch) -> Phone:
    return Phone(branch)


def test_a_form_is_answered_and_kept_once(branch: Branch, phone: Phone) -> None:
    path, page = phone.form()
    assert branch.survey.name in page and "http://" not in page.replace("http-equiv", "")
    status, told, _page = phone.send(path, ALL)
    assert (status, told["location"]) == (303, f"{urlsplit(branch.url).path}/thanks")
    assert phone.send(path, ALL)[0] == 303  # sent again
    assert phone.ask("GET", path)[1]["location"] == told["location"]  # gone back to
    kept = branch.answers()
    assert [channel for channel, _answers in kept] == ["phone"]
    assert '"waktu":4' in kept[0][1]
    assert "jawaban Anda tersimpan" in phone.ask("GET", told["location"])[2]


def test_the_start_names_what_can_be_answered(branch: Branch, phone: Phone) -> None:
    page = phone.ask("GET", "/")[2]
    assert branch.survey.name in page and f"/s/{branch.survey.id}" in page


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(branch: Branch, phone: Phone) -> None:
    path, _page = phone.form()
    status, _told, page = phone.send(path, {**ALL, "q-waktu": "9"})
    assert status == 422
    assert 'role="alert"' in page and 'class="missing"' in page
    assert page.count("checked") == len(ALL) - 1
    assert branch.answers() == []
    assert phone.send(_action(page), ALL)[0] == 303
    assert len(branch.answers()) == 1


def test_an_empty_form_is_no_answer(branch: Branch, phone: Phone) -> None:
    path, _page = phone.form()
    assert phone.send(path, {})[0] == 422
    assert branch.answers() == []


def test_a_form_of_before_a_restart_is_shown_again(branch: Branch, phone: Phone) -> None:
    path = f"{urlsplit(branch.url).path}/f/of-another-time"
    assert phone.ask("GET", path)[0] == 303
    status, _told, page = phone.send(path, ALL)
    assert status == 409
    assert page.count("checked") == len(ALL)
    assert branch.answers() == []
    assert phone.send(_action(page), ALL)[0] == 303


def test_a_closed_survey_says_so(branch: Branch, phone: Phone) -> None:
    assert not isinstance(
        branch.on_desk(lambda desk: close_survey(desk, branch.survey.id)), Refused
    )
    status, _told, page = phone.ask("GET", urlsplit(branch.url).path)
    assert status == 410 and "sudah ditutup" in page
    assert "Tidak ada yang diisi" in phone.ask("GET", "/")[2]


@pytest.mark.parametrize(
    "path", ["/s/x", f"/s/{UUID(int=7)}", "/../etc/passwd", "/admin", "/s/%00"]
)
def test_what_is_not_there(phone: Phone, path: str) -> None:
    assert phone.ask("GET", path)[0] in (404, 410)


def test_other_sites_cannot_send_answers(branch: Branch, phone: Phone) -> None:
    path, _page = phone.form()
    assert phone.send(path, ALL, Origin="http://elsewhere.example")[0] == 403
    assert branch.answers() == []


def test_a_long_body_is_refused(branch: Branch, phone: Phone) -> None:
    path, _page = phone.form()
    assert phone.send(path, {**ALL, "q-saran": "x" * 70_000})[0] == 413
    assert branch.answers() == []


def test_browsers_are_told_what_they_must_not_do(phone: Phone) -> None:
    _status, told, page = phone.ask("GET", "/")
    assert "default-src 'none'" in told["content-security-policy"]
    assert told["cache-control"] == "no-store"
    assert "set-cookie" not in told and "server" not in told
    assert "<script" not in page


def test_one_phone_does_not_fill_the_urn(branch: Branch, phone: Phone) -> None:
    sent = [phone.send(phone.form()[0], ALL)[0] for _ in range(12)]
    assert sent.count(303) == 10 and sent[-1] == 429
    assert len(branch.answers()) == 10


def test_many_phones_at_once_lose_nothing(branch: Branch) -> None:
    paths = [Phone(branch).form()[0] for _ in range(10)]
    sent: list[int] = []

    def send(path: str) -> None:
        sent.append(Phone(branch).send(path, ALL)[0])

    threads = [threading.Thread(target=send, args=(path,)) for path in paths * 2]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(branch.answers()) == 10


def test_what_visitors_write_is_never_a_page(branch: Branch, phone: Phone) -> None:
    path, _page = phone.form()
    _status, _told, page = phone.send(path, {**ALL, "q-waktu": "9", "q-usia": "<b>x</b>"})
    assert "<b>x</b>" not in page


def test_the_server_stops_and_starts_again(branch: Branch) -> None:
    port = branch.server.port
    branch.server.stop()
    assert not branch.server.running
    with pytest.raises(OSError):
        Phone(branch).form()
    assert branch.server.start("127.0.0.1", port) == port
    assert Phone(branch).form()


def test_a_port_in_use_is_passed_over(branch: Branch) -> None:
    from perpusdesk.phone.server import PhoneServer

    other = PhoneServer(branch.on_desk)
    try:
        assert other.start("127.0.0.1", branch.server.port) != branch.server.port
    finally:
        other.stop()


def test_addresses_are_those_of_this_computer() -> None:
    assert all(one.host.count(".") == 3 and one.port == 80 for one in addresses(80))
    assert Address("192.168.1.7", FIRST_PORT).url == f"http://192.168.1.7:{FIRST_PORT}/"


def test_a_bucket_fills_again_with_time() -> None:
    now = [0.0]
    bucket = Bucket(2, 10.0, lambda: now[0])
    assert [bucket.take("a") for _ in range(3)] == [True, True, False]
    assert bucket.take("b")
    now[0] = 10.0
    assert [bucket.take("a") for _ in range(2)] == [True, False]


def test_a_slip_counts_once_and_can_be_given_back() -> None:
    slips = Slips()
    number = slips.give()
    assert slips.used("other") is None and slips.used(number) is False
    assert [slips.use(number), slips.use(number)] == [True, False]
    slips.back(number)
    assert slips.use(number)
    assert not slips.use("other")
