"""Who may use the administration page: names and passwords, kept with the library on this server.

Passwords are kept as scrypt (RFC 7914, N=2^15, r=8, p=1: 32 MiB and some 0.1 s for each guess) with
a salt of their own. There is none until somebody sets it on the server itself.
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from hashlib import scrypt
from secrets import token_bytes
from threading import Lock
from typing import Any, Final

import msgspec

from perpusdesk.storage.library import Library

LEAST_LENGTH: Final = 10
MOST_LENGTH: Final = 200
MOST_NAME: Final = 60
_LOCAL: Final = "admin_accounts"
_COST: Final = 2**15
_BLOCK: Final = 8
_MEMORY: Final = 64 * 1024 * 1024
_ONE_AT_A_TIME: Final = Lock()


class Account(msgspec.Struct, frozen=True):
    """One administrator. ``seal`` is renewed at each sign-out: what was sealed before is over."""

    name: str
    salt: bytes
    password: bytes
    seal: bytes


class Accounts(msgspec.Struct, frozen=True):
    """All administrators, and the secret that signs their sessions."""

    secret: bytes
    people: dict[str, Account] = {}


class WeakPasswordError(ValueError):
    """The password is too short, too long, or is the name."""


def accounts(library: Library) -> Accounts:
    """Return who may sign in; makes the secret when there is none yet."""
    kept = library.local(_LOCAL)
    if kept is not None:
        return msgspec.msgpack.decode(b64decode(kept), type=Accounts)
    new = Accounts(token_bytes(32))
    _keep(library, new)
    return new


def set_password(library: Library, name: str, password: str) -> None:
    """Let somebody sign in by this password from now on; ends their sessions.

    Raises ``WeakPasswordError``, or ``ValueError`` for what cannot be a name.
    """
    name = name.strip()
    if not 0 < len(name) <= MOST_NAME or not name.isprintable():
        raise ValueError(name)
    if not LEAST_LENGTH <= len(password) <= MOST_LENGTH or _key(name) in password.casefold():
        raise WeakPasswordError(LEAST_LENGTH)
    salt = token_bytes(16)
    account = Account(name, salt, _stretched(password, salt), token_bytes(16))
    known = accounts(library)
    _keep(library, msgspec.structs.replace(known, people={**known.people, _key(name): account}))


def remove(library: Library, name: str) -> bool:
    """Let somebody sign in no more; ``False`` when there is no such account."""
    known = accounts(library)
    people = {key: one for key, one in known.people.items() if key != _key(name)}
    _keep(library, msgspec.structs.replace(known, people=people))
    return len(people) < len(known.people)


def renew_seal(library: Library, name: str) -> None:
    """End all sessions of an administrator."""
    known = accounts(library)
    account = known.people.get(_key(name))
    if account is not None:
        new = msgspec.structs.replace(account, seal=token_bytes(16))
        _keep(library, msgspec.structs.replace(known, people={**known.people, _key(name): new}))


def find(known: Accounts, name: str) -> Account | None:
    """Return the account of this name, in whatever case it is written."""
    return known.people.get(_key(name))


def right(account: Account | None, password: str) -> bool:
    """Whether this is the password; takes as long for somebody who is not known."""
    salt = account.salt if account else bytes(16)
    wanted = account.password if account else bytes(32)
    given = _stretched(password[: MOST_LENGTH + 1], salt)
    return hmac.compare_digest(given, wanted) and account is not None


def _stretched(password: str, salt: bytes) -> bytes:
    with _ONE_AT_A_TIME:  # many guesses at once shall not take the server's memory
        return scrypt(
            password.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=32
        )


def _key(name: str) -> str:
    return name.strip().casefold()


def _keep(library: Library, known: Accounts) -> None:
    value: Any = b64encode(msgspec.msgpack.encode(known)).decode()
    library.put_local(_LOCAL, value)
