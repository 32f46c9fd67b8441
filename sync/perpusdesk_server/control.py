"""How a command on this machine reaches the server that is running: a secret in the owner's files.

While a library is served nobody else may write to it, so ``perpusdesk-server enrol`` asks the
process that does. The secret is drawn anew at every start.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, Final

import httpx2
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from perpusdesk.common.errors import KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.syncing.tls import context_for
from perpusdesk_server import jobs
from perpusdesk_server.jobs import JobRefusedError, UnusableError
from perpusdesk_server.serving import Serving

PATH: Final = "/v1/control"
_FILE: Final = "control.json"
_MOST_BYTES: Final = 16 * 1024
_SECONDS: Final = 120.0
log = logging.getLogger(__name__)


class Control:
    """The door for this machine's administrator, open while the server runs."""

    def __init__(self, folder: Path, url: str, pin: bytes | None) -> None:
        """``folder`` holds the secrets, ``url`` is where this machine reaches the server."""
        self._file = folder / _FILE
        self._secret = token_urlsafe(32)
        kept = {"url": url, "pin": pin.hex() if pin else "", "secret": self._secret}
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(self._file, json.dumps(kept).encode())
        self._file.chmod(0o600)

    def close(self) -> None:
        """Shut the door."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)

    def router(self, serving: Serving) -> APIRouter:
        """Return the endpoint."""
        router = APIRouter(include_in_schema=False)

        @router.post(PATH, response_class=Response)
        async def control(request: Request) -> Response:
            shown = request.headers.get("authorization", "").encode("utf-8", "replace")
            if not hmac.compare_digest(shown, f"Bearer {self._secret}".encode()):
                return JSONResponse({"reason": "unauthorised"}, 401)
            body = b""
            async for part in request.stream():
                body += part
                if len(body) > _MOST_BYTES:
                    return JSONResponse({"reason": "too_large"}, 413)
            work = serving.store.submit(lambda: answered(serving, body), patient=True)
            return JSONResponse(await asyncio.wrap_future(work))

        return router


def answered(serving: Serving, body: bytes) -> dict[str, Any]:
    """Do what a command asks; on the store's thread."""
    try:
        asked = json.loads(body)
        job = jobs.JOBS[asked["job"]]
        return {"done": job(serving, asked.get("words") or {})}
    except JobRefusedError as error:
        said = say_refusal(error.refused, error.desk)
        facts = {name: str(value) for name, value in error.refused.facts.items()}
        return {
            "refused": {"code": error.refused.reason.value, "facts": facts, "message": said.what}
        }
    except UnusableError as error:
        return {"unusable": {"code": error.code, "what": error.what}}
    except KnownError as error:
        return {"fault": {"code": error.fault.value, "message": str(say_fault(error))}}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        log.error("a command could not be understood", exc_info=error)
        return {"unusable": {"code": "usage", "what": ""}}


def ask_running(folder: Path, job: str, words: Mapping[str, Any]) -> dict[str, Any] | None:
    """Ask the server that runs with these secrets; ``None`` when none runs."""
    try:
        kept = json.loads((folder / _FILE).read_text("utf-8"))
        pin = bytes.fromhex(kept["pin"]) if kept["pin"] else None
        with httpx2.Client(verify=context_for(pin), timeout=_SECONDS, trust_env=False) as client:
            answer = client.post(
                kept["url"] + PATH,
                json={"job": job, "words": dict(words)},
                headers={"authorization": f"Bearer {kept['secret']}"},
            )
        heard: dict[str, Any] = answer.json()
    except (OSError, ValueError, KeyError, httpx2.HTTPError):
        return None
    return heard if answer.status_code == httpx2.codes.OK else None
