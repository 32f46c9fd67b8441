"""Whose packages count in a library: those of devices that its authority certified."""

from __future__ import annotations

from collections.abc import Iterable

from perpusdesk.protocol.certificates import Certificate, CertificateError, read, short_name
from perpusdesk.storage import device_book
from perpusdesk.storage.library import Library


class LibraryTrust:
    """The certificates of one library file (``engine.ports.Trust``)."""

    def __init__(self, library: Library, authority: bytes) -> None:
        """``authority`` is the public key that was pinned when this device was enrolled."""
        self._library, self._authority = library, authority
        self._known: dict[bytes, list[Certificate]] = {}

    def keys_of(self, short: bytes) -> list[tuple[bytes, bytes]]:
        """Return (device, public key) of every certificate under a short name."""
        return [(one.device, one.key) for one in self._of(short)]

    def certificates(self, shorts: Iterable[bytes]) -> list[bytes]:
        """Return the certificates of devices, by short name."""
        return [data for one in shorts for data in device_book.certificates(self._library, one)]

    def keep(self, certificates: Iterable[bytes]) -> int:
        """Keep certificates that the authority signed; return how many were new."""
        new = 0
        for data in certificates:
            certificate = self._read(data)
            if certificate is not None and certificate not in self._of(certificate.short):
                device_book.put_certificate(self._library, certificate, data)
                self._known.pop(certificate.short, None)
                new += 1
        return new

    def may_push(self, device: bytes) -> bool:
        """Whether a device's role lets it add to the library."""
        newest = self.newest(device)
        return newest is not None and newest.may_push

    def may_redact(self, device: bytes) -> bool:
        """Whether a device may take words of erased persons out of what others wrote."""
        newest = self.newest(device)
        return newest is not None and newest.may_redact

    def newest(self, device: bytes) -> Certificate | None:
        """Return the newest certificate of a device."""
        return next((one for one in self._of(short_name(device)) if one.device == device), None)

    def forget(self) -> None:
        """Read certificates anew from now on: others were put into the library past this object."""
        self._known.clear()

    def _of(self, short: bytes) -> list[Certificate]:
        """Return the certificates under a short name, the newest first."""
        if short not in self._known:
            read_all = map(self._read, device_book.certificates(self._library, short))
            found = [one for one in read_all if one is not None]
            if not found:
                return found
            self._known[short] = found
        return self._known[short]

    def _read(self, data: bytes) -> Certificate | None:
        try:
            return read(data, self._authority, self._library.id)
        except CertificateError:
            return None
