"""The server's endpoints as their description promises them, and what is there for everybody."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from perpusdesk_server.app import create_app
from perpusdesk_server.running import Listening, _bound
from server.places import city, listening


@schemathesis.serializer("application/msgpack")
def _as_it_is(_: object, value: object) -> bytes:
    """Bytes are sent as they are, whatever they are."""
    return value if isinstance(value, bytes) else str(value).encode()


BYTES_MAY_BE_NO_MESSAGE = [positive_data_acceptance]


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with listening(city(tmp_path / "server")) as port:
        yield f"http://127.0.0.1:{port}"


def test_every_answer_keeps_the_description(tmp_path: Path) -> None:
    serving = city(tmp_path / "server")
    described = create_app(serving).openapi()
    with listening(serving) as port:
        schema = schemathesis.openapi.from_dict(described)
        schema.config.update(base_url=f"http://127.0.0.1:{port}")
        seen = set()

        for result in schema.get_all_operations():
            operation = result.ok()

            @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
            @given(case=operation.as_strategy())
            def one(case: schemathesis.Case) -> None:
                answer = case.call()
                assert answer.status_code < 500
                case.validate_response(answer, excluded_checks=BYTES_MAY_BE_NO_MESSAGE)
                seen.add(case.path)

            one()
        assert {"/v1/enrol", "/v1/session", "/v1/exchange", "/health"} <= seen


def test_browsers_are_told_to_be_careful_on_every_answer(url: str) -> None:
    with httpx2.Client(trust_env=False) as client:
        for path in ("/health", "/nowhere", "/v1/exchange", "/admin/sign-in"):
            answer = client.get(url + path)
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "server" not in answer.headers or "uvicorn" in answer.headers["server"]


def test_the_figures_name_no_device(url: str) -> None:
    with httpx2.Client(trust_env=False) as client:
        client.post(url + "/v1/session", content=b"x")
        text = client.get(url + "/metrics").text
    assert 'perpusdesk_requests_total{what="Session",outcome="wrong_type"} 1' in text
    assert "perpusdesk_request_seconds_count 1" in text


def test_the_line_is_tcp_so_that_no_answer_is_held_back() -> None:
    line = _bound(Listening(port=0))
    assert line.proto == socket.IPPROTO_TCP
    line.close()


def test_the_server_needs_no_screen_and_no_camera() -> None:
    """Everything of it is imported where none of these can be."""
    code = (
        "import sys\n"
        "for name in ('PySide6', 'cv2', 'zxingcpp', 'pyzbar', 'pypdfium2'):\n"
        "    sys.modules[name] = None\n"
        "import perpusdesk_server.__main__, perpusdesk_server.commands, perpusdesk_server.app\n"
        "import perpusdesk_server.running, perpusdesk_server.admin.app\n"
        "assert not [one for one in sys.modules if one.startswith('perpusdesk.scan')]\n"
        "sys.exit(perpusdesk_server.__main__.run(['--help']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
