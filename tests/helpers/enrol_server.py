"""A server that admits devices, behind real HTTP on this machine, and nothing else."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from secrets import token_bytes
from threading import Thread

from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.enrolment import PATH
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.syncing import admission
from perpusdesk.syncing.authority import Authority, authority_of
from perpusdesk.syncing.book import LibraryBook, issue_code


class EnrolServer:
    """A server of one library (an empty one where none is there); each request opens its file.

    ``answering`` is set to false to have it fail.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answering = True
        if not (folder / FILE_NAME).exists():
            Library.create(folder).close()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                well = self.path == PATH and server.answering
                answer = server.answer(body) if well else b""
                self.send_response(200 if well else 503 if self.path == PATH else 404)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                return

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    def _authority(self, library: Library) -> Authority:
        return authority_of(KeyStore(self.folder), library, "Server kota", token_bytes)

    def answer(self, request: bytes) -> bytes:
        with Library.open(self.folder) as library:
            authority = self._authority(library)
            book = LibraryBook(library, authority.public)
            return admission.answer(request, book, authority, library.now_ms(), token_bytes)

    def code(self, role: str = "desk", device: bytes | None = None) -> str:
        with Library.open(self.folder) as library:
            code = issue_code(
                library,
                self._authority(library),
                self.url,
                role=role,
                random=token_bytes,
                now_ms=library.now_ms(),
                device=device,
            )
        return enrolment_code.write(code)

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
