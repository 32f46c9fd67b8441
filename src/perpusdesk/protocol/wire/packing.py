"""Making the rest of a body shorter, where that helps: zstd with a dictionary that is shipped.

Packing 0 is none. Packing 1 is one zstd frame of level 3 without magic number, checksum, content
size or dictionary number, with dictionary 1; before it the size of what is packed (varint).
"""

from __future__ import annotations

import threading
from functools import cache
from typing import Final

import zstandard

from perpusdesk.common.paths import resources
from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.numbers import Reader, put

PLAIN, DICTIONARY_1 = 0, 1
MOST_BYTES: Final = 8 * 1024 * 1024
_LEVEL: Final = 3
_TOO_SHORT: Final = 48


@cache
def _dictionary() -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(resources("wire", "dictionary-1.zdict").read_bytes())


class _Zstd(threading.local):
    """What packs and unpacks; zstd's objects serve one thread at a time."""

    def __init__(self) -> None:
        parameters = zstandard.ZstdCompressionParameters.from_level(
            _LEVEL,
            format=zstandard.FORMAT_ZSTD1_MAGICLESS,
            write_content_size=False,
            write_checksum=False,
            write_dict_id=False,
        )
        self.compress = zstandard.ZstdCompressor(
            dict_data=_dictionary(), compression_params=parameters
        ).compress
        self.decompress = zstandard.ZstdDecompressor(
            dict_data=_dictionary(), format=zstandard.FORMAT_ZSTD1_MAGICLESS
        ).decompress


@cache
def _zstd() -> _Zstd:
    return _Zstd()


def pack(data: bytes) -> tuple[int, bytes]:
    """Return the packing and the packed bytes, whichever are fewer."""
    if len(data) < _TOO_SHORT:
        return PLAIN, data
    out = bytearray()
    put(out, len(data))
    out += _zstd().compress(data)
    return (DICTIONARY_1, bytes(out)) if len(out) < len(data) else (PLAIN, data)


def unpack(packing: int, data: bytes) -> bytes:
    """Return what was packed; raises ``WireError``, also for more than 8 MiB."""
    if packing == PLAIN:
        if len(data) > MOST_BYTES:
            raise WireError(WireFault.TOO_LARGE, bytes=len(data))
        return data
    if packing != DICTIONARY_1:
        raise WireError(WireFault.TOO_NEW, packing=packing)
    reader = Reader(data)
    size = reader.number()
    if not 0 < size <= MOST_BYTES:
        raise WireError(WireFault.TOO_LARGE, bytes=size)
    frame = reader.rest()
    try:
        _check_frame(frame)
        found = _zstd().decompress(frame, max_output_size=size, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise WireError(WireFault.DAMAGED) from error
    if len(found) != size:
        raise WireError(WireFault.DAMAGED)
    return found


def _check_frame(frame: bytes) -> None:
    """Refuse a frame that says more than ours do: zstd would reserve what it promises."""
    told = zstandard.get_frame_parameters(frame, format=zstandard.FORMAT_ZSTD1_MAGICLESS)
    if told.content_size != zstandard.CONTENTSIZE_UNKNOWN or told.window_size > MOST_BYTES:
        raise WireError(WireFault.TOO_LARGE)
