"""The endpoints as OpenAPI describes them: bytes in, bytes out, and each refusal."""

from __future__ import annotations

from typing import Any, Final

from perpusdesk.protocol.session import MEDIA_TYPE

_REASONS: Final = {
    400: "No message of ours.",
    401: "No session, or one that is over: open another.",
    408: "Too slow.",
    413: "Too long.",
    415: f"Only {MEDIA_TYPE}.",
    422: "No request that can be read.",
    429: "Too often: Retry-After tells when.",
    500: "A bug here.",
    503: "Too much to do: Retry-After tells when.",
    507: "The server's disk is full.",
}
_REFUSED: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"reason": {"type": "string"}},
    "required": ["reason"],
}
_BYTES: Final[dict[str, Any]] = {"schema": {"type": "string", "format": "binary"}}


def _endpoint(summary: str) -> dict[str, Any]:
    refusals: dict[int | str, dict[str, Any]] = {
        status: {"description": text, "content": {"application/json": {"schema": _REFUSED}}}
        for status, text in _REASONS.items()
    }
    return {
        "summary": summary,
        "responses": {
            200: {"description": "A message of ours.", "content": {MEDIA_TYPE: _BYTES}},
            **refusals,
        },
        "openapi_extra": {"requestBody": {"required": True, "content": {MEDIA_TYPE: _BYTES}}},
    }


ENROL: Final = _endpoint("Admit a device by its one-time code (protocol.enrolment).")
SESSION: Final = _endpoint("Prove each other who we are (protocol.session).")
EXCHANGE: Final = _endpoint("One message of an exchange (protocol.messages).")
EXCHANGE["openapi_extra"]["security"] = [{"session": []}]
UPDATE: Final = _endpoint("The newest release, or a piece of its package (protocol.update).")
UPDATE["openapi_extra"]["security"] = [{"session": []}]
BACKUP: Final = _endpoint("A piece of this device's own sealed backups (protocol.backup_store).")
BACKUP["openapi_extra"]["security"] = [{"session": []}]
