"""Measuring the reading rate: our path against plain zxing-cpp then pyzbar, in the same run.

The numbers are of single pictures (no second frame to agree with), decoder time only: loading is
not counted, and the two sides take turns on the same picture.
"""

from __future__ import annotations

import csv
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import numpy as np

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.scan import zbar, zxing
from perpusdesk.scan.cascade import Cascade
from perpusdesk.scan.decode import Effort
from perpusdesk.scan.pictures import gray, load_picture
from perpusdesk.scan.types import Code, Picture, Symbology

NO_CODE = "none"


class Rates(TypedDict):
    """How one way of reading did: counts, share read, misreads, and ms of thread time."""

    pictures: int
    read: int
    rate: float
    false: int
    p50: float
    p95: float
    p99: float


class Measurement(TypedDict):
    """Rates overall and per folder, of our path (at its three efforts) and of the baseline."""

    figures: dict[str, Rates]
    baseline: Rates
    folders: dict[str, dict[str, int]]
    missed: list[str]
    false_reads: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture with the text it holds (``symbology`` is "none" for no code)."""

    path: Path
    group: str
    symbology: str
    text: str


@dataclass(slots=True)
class _Tally:
    hits: list[bool] = field(default_factory=list)
    false: list[tuple[Sample, Code]] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)


def samples_of(folder: Path, manifest: Path | None = None) -> list[Sample]:
    """Return the samples of a manifest (``manifest.csv`` of the folder by default).

    It needs the columns file, symbology and text; folder or degradation groups the results.
    """
    listed = manifest or folder / "manifest.csv"
    try:
        with listed.open(encoding="utf-8", newline="") as lines:
            return [_sample(folder, row) for row in csv.DictReader(lines)]
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=str(listed), why=str(error)) from error


def measure(folder: Path, manifest: Path | None = None, every: int = 1) -> Measurement:
    """Read every ``every``-th sample of ``folder`` in all ways and compare."""
    samples = samples_of(folder, manifest)[::every]
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for sample in samples:
        light = gray(load_picture(sample.path))
        if light is not None:
            for name, read in _ways().items():
                _try(tallies[name], sample, light, read)
    return _report(samples, tallies)


def baseline(light: Picture) -> list[Code]:
    """Return what zxing-cpp, else pyzbar (1-D), reads in the whole frame."""
    return zxing.read(light, patient=True) or zbar.read(light)


def same_text(code: Code, sample: Sample) -> bool:
    """Tell whether ``code`` says what the sample does, by any of the usual ways of writing it."""
    return _plain(code.text, sample.symbology) == _plain(sample.text, sample.symbology)


def _ways() -> dict[str, Callable[[Picture], Sequence[Code]]]:
    cascade = Cascade()
    return {
        "fast": lambda light: cascade.read(light, Effort.FAST).codes,
        "full": lambda light: cascade.read(light, Effort.FULL).codes,
        "thorough": lambda light: cascade.read(light, Effort.THOROUGH).codes,
        "baseline": baseline,
    }


def _try(
    tally: _Tally, sample: Sample, light: Picture, read: Callable[[Picture], Sequence[Code]]
) -> None:
    started = time.thread_time()
    codes = read(light)
    tally.ms.append((time.thread_time() - started) * 1000)
    right = [code for code in codes if _is_right(code, sample)]
    tally.hits.append(bool(right))
    tally.false.extend((sample, code) for code in codes if not _is_right(code, sample))


def _is_right(code: Code, sample: Sample) -> bool:
    return sample.symbology != NO_CODE and same_text(code, sample)


def _plain(text: str, symbology: str) -> str:
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if symbology == Symbology.CODABAR:
        text = re.sub(r"^[A-D](.*)[A-D]$", r"\1", text.upper())
    if symbology.startswith((Symbology.EAN13, Symbology.UPCA)):
        text = text.lstrip("0")
    return text


def _report(samples: Sequence[Sample], tallies: dict[str, _Tally]) -> Measurement:
    rates = {name: _rates(samples, tally) for name, tally in tallies.items()}
    ours = tallies["thorough"]
    return Measurement(
        baseline=rates.pop("baseline"),
        figures=rates,
        folders=_by_group(samples, tallies),
        missed=[str(s.path) for s, hit in zip(samples, ours.hits, strict=True) if _missed(s, hit)],
        false_reads=[
            {"file": str(sample.path), "text": code.text, "symbology": code.symbology.value}
            for sample, code in ours.false
        ],
    )


def _missed(sample: Sample, hit: bool) -> bool:
    return not hit and sample.symbology != NO_CODE


def _rates(samples: Sequence[Sample], tally: _Tally) -> Rates:
    codes = sum(sample.symbology != NO_CODE for sample in samples)
    p50, p95, p99 = np.percentile(tally.ms, (50, 95, 99)) if tally.ms else (0.0, 0.0, 0.0)
    return Rates(
        pictures=len(samples),
        read=sum(tally.hits),
        rate=round(sum(tally.hits) / max(codes, 1), 4),
        false=len(tally.false),
        p50=round(float(p50), 2),
        p95=round(float(p95), 2),
        p99=round(float(p99), 2),
    )


def _by_group(samples: Sequence[Sample], tallies: dict[str, _Tally]) -> dict[str, dict[str, int]]:
    groups: dict[str, dict[str, int]] = {}
    for number, sample in enumerate(samples):
        counts = groups.setdefault(sample.group, {"pictures": 0, **dict.fromkeys(tallies, 0)})
        counts["pictures"] += 1
        for name, tally in tallies.items():
            counts[name] += tally.hits[number]
    return groups


def _sample(folder: Path, row: dict[str, str]) -> Sample:
    group = row.get("folder") or row.get("degradation") or row.get("set") or ""
    return Sample(folder / row["file"], group, row["symbology"], row["text"])
