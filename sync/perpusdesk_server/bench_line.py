"""An HTTP/1.1 connection that costs next to nothing, for measuring servers with."""

from __future__ import annotations

import asyncio
from typing import Self

from perpusdesk.protocol.session import MEDIA_TYPE


class Line:
    """One connection, one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, port: int) -> Self:
        """Connect to this machine."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def post(self, path: str, body: bytes, token: str = "") -> bytes:
        """Send a body and return the answer's; raises ``ValueError`` for another status."""
        head = (
            f"POST {path} HTTP/1.1\r\nhost: server\r\ncontent-type: {MEDIA_TYPE}\r\n"
            f"content-length: {len(body)}\r\n"
        )
        head += f"authorization: Bearer {token}\r\n\r\n" if token else "\r\n"
        self._writer.write(head.encode() + body)
        told = await self._reader.readuntil(b"\r\n\r\n")
        length = 0
        for line in told.split(b"\r\n"):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        answer = await self._reader.readexactly(length)
        if not told.startswith(b"HTTP/1.1 200"):
            raise ValueError(told[:30] + answer[:100])
        return answer

    def close(self) -> None:
        """Hang up."""
        self._writer.close()
