"""Visitors' phones at a hub: what began at a desk, and what comes back there."""

from __future__ import annotations

import re
import urllib.request
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

from helpers.surveys import FOURS, published
from perpusdesk.services.feedback.phone_offers import Offer, set_phone_offers
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.surveys.surveys import SurveyForm, start_survey
from server.places import city, code_of, joined, listening
from server.test_hub import hub_of


def test_an_answer_at_the_hub_reaches_the_desk(tmp_path: Path) -> None:
    serving = city(tmp_path / "city")
    with ExitStack() as stack:
        port = stack.enter_context(listening(serving))
        hub = hub_of(tmp_path / "hub", serving, port)
        hub_port = stack.enter_context(listening(hub, phones=True))
        url = f"http://127.0.0.1:{hub_port}"
        desk = stack.enter_context(joined(tmp_path / "desk", code_of(serving, port), url=url))
        head = open_desk(desk.library)
        today = head.today()
        form = SurveyForm("SKM", published(head).id, today, today + timedelta(days=3))
        started = start_survey(head, form)
        assert isinstance(started, Done)
        assert desk.exchange().done
        page = urllib.request.urlopen(f"{url}/visitor/", timeout=60).read().decode()
        assert f"/visitor/s/{started.value.id}" in page and "/visitor/style.css" in page
        page = urllib.request.urlopen(f"{url}/visitor/s/{started.value.id}", timeout=60).read()
        action = re.search(r'action="(/visitor/[^"]+)"', page.decode())
        assert action
        sent = urlencode({f"q-{name}": value for name, value in FOURS.items()}).encode()
        assert urllib.request.urlopen(f"{url}{action[1]}", sent, timeout=60).status == 200
        assert desk.exchange().done
        assert desk.library.rows("select channel from answer") == [("phone",)]
        with pytest.raises(HTTPError, match="410"):  # nobody has ticked it
            urllib.request.urlopen(f"{url}/visitor/usul", timeout=60)
        assert isinstance(set_phone_offers(head, {Offer.WISHES, Offer.MESSAGES}), Done)
        assert desk.exchange().done
        _send(url, "usul", title="Hujan di Pasar")
        shown = _send(url, "pesan", kind="praise", text="Ruang baca nyaman")
        assert desk.exchange().done
        assert desk.library.rows("select title, source from wish") == [("Hujan di Pasar", "phone")]
        ((channel, ticket),) = desk.library.rows("select channel, ticket from complaint")
        assert channel == "mobile" and ticket in shown


def _send(url: str, form: str, **fields: str) -> str:
    """Open a form at the hub and send it; return the page of thanks."""
    page = urllib.request.urlopen(f"{url}/visitor/{form}", timeout=60).read().decode()
    action = re.search(r'action="(/visitor/[^"]+)"', page)
    assert action
    answer = urllib.request.urlopen(f"{url}{action[1]}", urlencode(fields).encode(), timeout=60)
    assert "/visitor/" in answer.url and answer.status == 200
    told: str = answer.read().decode()
    return told


def test_without_the_option_there_is_nothing_for_visitors(tmp_path: Path) -> None:
    serving = city(tmp_path / "city")
    with listening(serving) as port, pytest.raises(HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/visitor/", timeout=60)
