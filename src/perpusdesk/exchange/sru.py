"""Ask a catalogue over SRU (Search/Retrieve via URL, versions 1.1 and 1.2) for MARC records.

The format is that of https://www.loc.gov/standards/sru/: one GET, an XML answer with the records in
``recordData``, as XML or as escaped text.
"""

from __future__ import annotations

import html
import io
import re
from typing import Final

import httpx2

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange.copy_servers import CopyServer
from perpusdesk.exchange.marcxml import read_xml_titles
from perpusdesk.exchange.title_record import TitleRecord

_LARGEST: Final = 4 << 20
_CONNECT_S: Final = 4.0
_READ_S: Final = 10.0
_NAME: Final = r"(?:[\w.-]+:)?"
_DATA: Final = re.compile(rf"<{_NAME}recordData\b[^>]*>(.*?)</{_NAME}recordData\s*>", re.DOTALL)
_ANSWER: Final = re.compile(rf"<{_NAME}searchRetrieveResponse\b")
_DIAGNOSTIC: Final = re.compile(rf"<{_NAME}(?:message|details)\s*>([^<]+)<")


def search_sru(server: CopyServer, query: str, limit: int) -> list[TitleRecord]:
    """Return at most ``limit`` records that a server finds for a query in CQL.

    Raises ``KnownError`` (UNREACHABLE): no answer within some seconds, or none of this kind.
    """
    parameters = {
        "version": server.version,
        "operation": "searchRetrieve",
        "query": query,
        "maximumRecords": str(limit),
        "recordSchema": server.schema,
    }
    try:
        text = _fetch(server.address, parameters)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise _unreachable(server, str(error) or type(error).__name__) from error
    found = records_in(text)
    if found is None:
        raise _unreachable(server, "no SRU answer")
    if not found and (said := _DIAGNOSTIC.search(text)):
        raise _unreachable(server, html.unescape(said[1]).strip()[:200])
    return found[:limit]


def records_in(answer: str) -> list[TitleRecord] | None:
    """Return the readable records of an answer; ``None`` when it is no answer of SRU."""
    if not _ANSWER.search(answer):
        return None
    found = []
    for data in _DATA.findall(answer):
        text = data if "<" in data else html.unescape(data)
        stream = io.BytesIO(text.encode(errors="replace"))
        found += [read for read in read_xml_titles(stream) if isinstance(read, TitleRecord)]
    return found


def _fetch(address: str, parameters: dict[str, str]) -> str:
    timeout = httpx2.Timeout(_READ_S, connect=_CONNECT_S)
    content = bytearray()
    with (
        httpx2.Client(timeout=timeout, follow_redirects=True, max_redirects=3) as client,
        client.stream("GET", address, params=parameters) as response,
    ):
        response.raise_for_status()
        for part in response.iter_bytes():
            content += part
            if len(content) > _LARGEST:
                raise OSError("the answer is too long")
    return content.decode("utf-8", "replace")


def _unreachable(server: CopyServer, cause: str) -> KnownError:
    return KnownError(Fault.UNREACHABLE, server=server.name, cause=cause)
