"""What happened, counted for Prometheus (text exposition format 0.0.4); nothing about persons."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_EDGES: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_PREFIX: Final = "perpusdesk_"


class Metrics:
    """Counted on the web server's loop alone."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str]] = Counter()
        self.bytes_in = self.bytes_out = 0
        self._slots = [0] * (len(_EDGES) + 1)
        self._seconds = 0.0

    def request(self, what: str, outcome: str, seconds: float, came: int, went: int) -> None:
        """Count one request: what was asked, ``ok`` or a reason, and what it took."""
        self.requests[what, outcome] += 1
        self.bytes_in += came
        self.bytes_out += went
        self._slots[bisect_left(_EDGES, seconds)] += 1
        self._seconds += seconds

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """Return everything; ``gauges`` are further figures by name, each with its help."""
        return "".join(f"{line}\n" for line in self._lines(gauges))

    def _lines(self, gauges: Mapping[str, tuple[str, float]]) -> Iterator[str]:
        yield from _head("requests_total", "counter", "Requests by kind and outcome.")
        for (what, outcome), count in sorted(self.requests.items()):
            labels = f'{{what="{what}",outcome="{outcome}"}}'
            yield f"{_PREFIX}requests_total{labels} {count}"
        for name, count, help_ in (
            ("received_bytes_total", self.bytes_in, "Bytes of requests."),
            ("sent_bytes_total", self.bytes_out, "Bytes of answers."),
        ):
            yield from _head(name, "counter", help_)
            yield f"{_PREFIX}{name} {count}"
        yield from self._durations()
        for name, (help_, value) in gauges.items():
            yield from _head(name, "gauge", help_)
            yield f"{_PREFIX}{name} {value:g}"

    def _durations(self) -> Iterator[str]:
        name = "request_seconds"
        yield from _head(name, "histogram", "How long requests took.")
        total = 0
        for edge, count in zip((*map(str, _EDGES), "+Inf"), self._slots, strict=True):
            total += count
            yield f'{_PREFIX}{name}_bucket{{le="{edge}"}} {total}'
        yield f"{_PREFIX}{name}_sum {self._seconds:.6f}"
        yield f"{_PREFIX}{name}_count {total}"


def _head(name: str, kind: str, help_: str) -> Iterator[str]:
    yield f"# HELP {_PREFIX}{name} {help_}"
    yield f"# TYPE {_PREFIX}{name} {kind}"
