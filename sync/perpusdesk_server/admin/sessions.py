"""Sessions of the administration page, in a signed cookie; nothing is kept but the account's seal.

A cookie says who, since when and until when, and a nonce; the signature is an HMAC-SHA256 whose key
is made of the server's secret and the account's seal. Whoever signs out or gets another password
has another seal, so every earlier cookie is void. Forms carry a token made of the nonce.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex
from typing import Final

from perpusdesk_server.admin.accounts import Accounts, find

MINUTE_MS: Final = 60_000
IDLE_MS: Final = 30 * MINUTE_MS
"""Whoever does nothing for so long has to sign in again."""
LONGEST_MS: Final = 12 * 60 * MINUTE_MS
"""Nobody stays signed in longer, whatever they do."""
_RENEW_MS: Final = 2 * MINUTE_MS
_NOBODY: Final = ""
_MOST: Final = 1024


@dataclass(frozen=True, slots=True)
class Session:
    """A visit of somebody (``name``) or of nobody yet (an empty name); times in Unix ms."""

    name: str
    since_ms: int
    until_ms: int
    nonce: str

    @property
    def signed_in(self) -> bool:
        """Whether somebody gave a right password."""
        return bool(self.name)


def begin(name: str, now_ms: int) -> Session:
    """Begin a session with a new nonce: one that somebody else planted is worth nothing."""
    return Session(name, now_ms, now_ms + (IDLE_MS if name else LONGEST_MS), token_hex(16))


def continued(session: Session, now_ms: int) -> Session | None:
    """Return the session with its time begun anew, ``None`` when it is too early for that."""
    until = min(now_ms + IDLE_MS, session.since_ms + LONGEST_MS)
    if until < session.until_ms + _RENEW_MS:
        return None
    return Session(session.name, session.since_ms, until, session.nonce)


def write(session: Session, known: Accounts) -> str:
    """Return the cookie."""
    name = urlsafe_b64encode(session.name.encode()).decode().rstrip("=")
    body = f"{name}.{session.since_ms}.{session.until_ms}.{session.nonce}"
    return f"{body}.{_sign(_key(session.name, known) or b'', body)}"


def read(cookie: str, known: Accounts, now_ms: int) -> Session | None:
    """Return what a cookie says if we signed it and it is not over."""
    body, _, signature = cookie[:_MOST].rpartition(".")
    parts = body.split(".")
    if len(parts) != 4:
        return None
    try:
        name = urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4)).decode()
        session = Session(name, int(parts[1]), int(parts[2]), parts[3])
    except ValueError:
        return None
    key = _key(session.name, known)
    if key is None or not hmac.compare_digest(_sign(key, body).encode(), signature.encode()):
        return None
    return session if session.since_ms <= now_ms < session.until_ms else None


def form_token(session: Session, known: Accounts) -> str:
    """Return what every form of this session carries, so that no other page can send one."""
    return _sign(_key(session.name, known) or b"", f"form {session.nonce}")


def form_is_ours(token: str, session: Session, known: Accounts) -> bool:
    """Whether a form was made for this session."""
    return hmac.compare_digest(token.encode(), form_token(session, known).encode())


def _key(name: str, known: Accounts) -> bytes | None:
    if name == _NOBODY:
        return known.secret
    account = find(known, name)
    return known.secret + account.seal if account else None


def _sign(key: bytes, text: str) -> str:
    return hmac.new(key, b"perpusdesk admin 1\0" + text.encode(), sha256).hexdigest()
