"""MARC records made for tests, byte by byte."""

FIELD_END = b"\x1e"
RECORD_END = b"\x1d"
Fields = list[tuple[str, bytes]]

SAMPLE: Fields = [
    ("001", b"sample-1 "),
    ("008", b"000429s2005    io            000 1 ind  "),
    ("020", b"  \x1fa979-3062-79-7 (pbk.)"),
    ("100", b"1 \x1faHirata, Andrea,\x1fd1967-"),
    ("245", b"10\x1faLaskar pelangi :\x1fbsebuah novel /\x1fcAndrea Hirata."),
    ("250", b"  \x1faCet. 2."),
    ("260", b"  \x1fa[Yogyakarta] :\x1fbBentang,\x1fcc2005."),
    ("300", b"  \x1faxii, 534 hlm. :\x1fbilus. ;\x1fc21 cm."),
    ("490", b"0 \x1faTetralogi ;\x1fv1"),
    ("650", b" 0\x1faPendidikan\x1fzBelitung."),
    ("700", b"1 \x1faToha, Suhindrati,\x1feeditor."),
    ("852", b"  \x1fh899.221 3\x1fiHIR l"),
]


def record(fields: Fields | None = None, *, encoding: bytes = b"a") -> bytes:
    """Return a well-formed record of these fields."""
    directory, body = b"", b""
    for tag, content in SAMPLE if fields is None else fields:
        directory += b"%s%04d%05d" % (tag.encode(), len(content) + 1, len(body))
        body += content + FIELD_END
    base = 24 + len(directory) + 1
    total = base + len(body) + 1
    leader = b"%05dnam%s%s22%05d a 4500" % (total, b" ", encoding, base)
    return leader + directory + FIELD_END + body + RECORD_END


def titled(title: str) -> bytes:
    """Return a small record with this title."""
    return record([("245", b"10\x1fa" + title.encode())])
