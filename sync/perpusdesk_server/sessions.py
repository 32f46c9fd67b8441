"""Who is let in: challenges without memory, tokens in memory alone.

A restarted server knows no token: devices prove themselves again, which costs two requests.
"""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b, sha256
from secrets import token_bytes, token_urlsafe
from typing import Final

from perpusdesk.protocol import certificates, session
from perpusdesk.protocol.certificates import Certificate, CertificateError
from perpusdesk.protocol.session import Challenge, Proof, SessionWanted
from perpusdesk.syncing.identity import Identity
from perpusdesk.syncing.link_faults import LinkFault

CHALLENGE_S: Final = 120.0
SESSION_S: Final = 12 * 3600
_MOST_SESSIONS: Final = 20_000
_MOST_OF_ONE: Final = 4
_MAC_BYTES: Final = 16
_RANDOM_BYTES: Final = 16
_TIME_BYTES: Final = 8


class NotLetInError(Exception):
    """A device was not let in; ``reason`` is a code."""

    def __init__(self, reason: LinkFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Guest:
    """A device that has proven who it is, and what its certificate allows."""

    device: bytes
    may_pull: bool
    until: float


class Sessions:
    """Lets devices of one library in; its clock only measures how long ago something was."""

    def __init__(
        self, identity: Callable[[], Identity], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._identity, self._clock = identity, clock
        self._secret = token_bytes(32)
        self._used: OrderedDict[bytes, float] = OrderedDict()
        self._guests: OrderedDict[bytes, Guest] = OrderedDict()
        self._of: dict[bytes, list[bytes]] = {}

    def __len__(self) -> int:
        return len(self._guests)

    # -- letting in -----------------------------------------------------------------------------

    def challenge(self, wanted: SessionWanted, now_ms: int) -> Challenge:
        """Prove who we are, and ask the device to do the same. Raises ``NotLetInError``."""
        mine = self._identity()
        if wanted.version > session.VERSION:
            raise NotLetInError(LinkFault.TOO_NEW)
        if wanted.library != mine.library:
            raise NotLetInError(LinkFault.WRONG_LIBRARY)
        until = int((self._clock() + CHALLENGE_S) * 1000)
        plain = until.to_bytes(_TIME_BYTES, "big", signed=True) + token_bytes(_RANDOM_BYTES)
        nonce = plain + self._mac(plain, wanted.device)
        signature = session.server_signature(mine.private, wanted, mine.device, nonce)
        return Challenge(mine.certificate, nonce, now_ms, signature)

    def proven(self, proof: Proof, now_ms: int) -> Certificate:
        """Return the certificate of a device that proved that it has its key.

        Each challenge is good once. Raises ``NotLetInError``.
        """
        mine = self._identity()
        if proof.library != mine.library:
            raise NotLetInError(LinkFault.WRONG_LIBRARY)
        try:
            certificate = certificates.read(proof.certificate, mine.authority, mine.library)
        except CertificateError as error:
            raise NotLetInError(LinkFault.UNKNOWN_DEVICE) from error
        good = certificate.device == proof.device and self._is_fresh(proof)
        if not (good and session.device_proven(certificate.key, proof, mine.device)):
            raise NotLetInError(LinkFault.UNKNOWN_DEVICE)
        if certificate.expired(now_ms):
            raise NotLetInError(LinkFault.CERTIFICATE_EXPIRED)
        self._use_up(proof.nonce)
        return certificate

    def let_in(self, certificate: Certificate, now_ms: int) -> tuple[str, int]:
        """Return a new token of a device, and for how many seconds it is good."""
        seconds = min(SESSION_S, (certificate.expires_ms - now_ms) // 1000)
        token = token_urlsafe(32)
        guest = Guest(certificate.device, certificate.may_pull, self._clock() + seconds)
        name = _name(token)
        mine = self._of.setdefault(certificate.device, [])
        mine.append(name)
        self._guests[name] = guest
        while len(mine) > _MOST_OF_ONE:
            self._guests.pop(mine.pop(0), None)
        while len(self._guests) > _MOST_SESSIONS:
            self._forget(next(iter(self._guests)))
        return token, seconds

    def guest(self, token: str) -> Guest | None:
        """Return whose token this is, ``None`` when it is nobody's or over."""
        name = _name(token)
        found = self._guests.get(name)
        if found is not None and found.until <= self._clock():
            self._forget(name)
            return None
        return found

    def forget(self, device: bytes) -> None:
        """End the sessions of a device: it proves itself again, with the key that counts now."""
        for name in list(self._of.get(device, ())):
            self._forget(name)

    def _forget(self, name: bytes) -> None:
        gone = self._guests.pop(name, None)
        if gone is not None and name in self._of.get(gone.device, ()):
            self._of[gone.device].remove(name)
            if not self._of[gone.device]:
                del self._of[gone.device]

    # -- challenges -----------------------------------------------------------------------------

    def _mac(self, plain: bytes, device: bytes) -> bytes:
        return blake2b(plain + device, key=self._secret, digest_size=_MAC_BYTES).digest()

    def _is_fresh(self, proof: Proof) -> bool:
        plain, mac = proof.nonce[:-_MAC_BYTES], proof.nonce[-_MAC_BYTES:]
        ours = hmac.compare_digest(self._mac(plain, proof.device), mac)
        until = int.from_bytes(plain[:_TIME_BYTES], "big", signed=True) / 1000
        return ours and until > self._clock() and proof.nonce not in self._used

    def _use_up(self, nonce: bytes) -> None:
        now = self._clock()
        while self._used and next(iter(self._used.values())) < now:
            self._used.popitem(last=False)
        self._used[nonce] = now + CHALLENGE_S


def _name(token: str) -> bytes:
    return sha256(token.encode("utf-8", "replace")).digest()
