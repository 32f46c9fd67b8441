"""The benchmarks; each prints its figures with the floor of the same run beside them."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError
from perpusdesk.common.i18n import _

WindowBench = Callable[[str, Path, int], dict[str, object]]


def add(app: Commands, context: Context, window: WindowBench) -> None:
    """Add the group ``bench``."""
    benches = Commands(help=_("Benchmarks, with their figures as JSON."))
    app.add_typer(benches, name="bench")
    _add_merge(benches, context)
    _add_conflicts(benches, context)
    _add_wire(benches, context)
    _add_backup(benches, context)
    _add_figures(benches, context)

    @benches.command("desk", help=_("Scan to committed, and scan to painted, at city size."))
    def desk(
        size: int = typer.Option(250_000, "--size", min=1000, help=_("Copies.")),
        keep: Path = typer.Option(None, "--keep", help=_("Folder that keeps the made library.")),
        screen: bool = typer.Option(True, "--screen/--no-screen"),
    ) -> None:
        from perpusdesk.services.bench.bench_desk import bench_desk

        with _folder(keep) as folder:
            result = bench_desk(folder, size)
            if screen:
                result["figures"]["window"] = window("desk", folder / str(size), size)
        context.show(result, *_lines(result))

    @benches.command("start", help=_("From nothing to a usable desk, and the memory it takes."))
    def start(
        size: int = typer.Option(250_000, "--size", min=1000, help=_("Copies.")),
        keep: Path = typer.Option(None, "--keep", help=_("Folder that keeps the made library.")),
    ) -> None:
        from perpusdesk.services.bench.bench_library import ensure_bench_library

        with _folder(keep) as folder:
            data = ensure_bench_library(folder / str(size), size)
            result: dict[str, Any] = dict(window("start", data, size))
        context.show(result, *_lines(result))

    @benches.command("search", help=_("Each keystroke of a search, beside bare FTS5."))
    def search(
        size: int = typer.Option(100_000, "--size", min=100, help=_("Titles.")),
        keep: Path = typer.Option(None, "--keep", help=_("Folder that keeps the made library.")),
    ) -> None:
        from perpusdesk.services.bench.bench_search import bench_search

        with _folder(keep) as folder:
            result = bench_search(folder, size)
        context.show(result, *_lines(result))

    @benches.command("import", help=_("MARC records moved in, beside pymarc merely parsing them."))
    def import_(
        size: int = typer.Option(100_000, "--size", min=100, help=_("Records.")),
        file: Path = typer.Option(None, "--file", help=_("MARC file to take them from.")),
        keep: Path = typer.Option(None, "--keep", help=_("Folder that keeps the made library.")),
    ) -> None:
        from perpusdesk.services.bench.bench_import import bench_import

        if file is not None and not file.is_file():
            raise InputError("file", _("There is no file {file}").format(file=file))
        with _folder(keep) as folder:
            result = bench_import(folder, size, file)
        context.show(result, *_lines(result))

    @benches.command("labels", help=_("Stickers from the queue to the PDF, beside bare reportlab."))
    def labels(
        size: int = typer.Option(10_000, "--size", min=1, help=_("Stickers.")),
        sheet: str = typer.Option("a4-3x8", "--sheet", help=_("Name of the label sheet.")),
    ) -> None:
        from perpusdesk.services.bench.bench_labels import bench_labels

        with _folder(None) as folder:
            try:
                result = bench_labels(folder, size, sheet)
            except KeyError as error:
                message = _("There is no label sheet {name}.").format(name=sheet)
                raise InputError("sheet", message) from error
        context.show(result, *_lines(result))

    @benches.command("scan", help=_("How many codes are read in a folder of pictures."))
    def scan(
        folder: Path = typer.Option(..., "--folder", help=_("Pictures with a manifest.csv.")),
        size: int = typer.Option(0, "--size", help=_("At most so many pictures (0: all).")),
    ) -> None:
        from perpusdesk.scan.measure import measure, samples_of

        if not (folder / "manifest.csv").is_file():
            raise InputError(
                "folder", _("There is no manifest.csv in {folder}").format(folder=folder)
            )
        total = len(samples_of(folder))
        every = max(1, total // size) if size else 1
        found = measure(folder, every=every)
        context.show({"bench": "scan", "size": total // every, **found}, str(found))


def _add_wire(benches: Commands, context: Context) -> None:
    @benches.command("wire", help=_("Bytes of a desk's day on the way, beside compressed JSON."))
    def wire(
        size: int = typer.Option(1_000, "--size", min=100, help=_("Ops in the day.")),
    ) -> None:
        from perpusdesk.services.bench.bench_wire import BRANCH_DAY, bench_wire
        from perpusdesk.services.bench.bench_wire_day import Plan
        from perpusdesk.syncing.bench_branch_day import Branch, branch_days

        with _folder(None) as folder:
            days, result = bench_wire(folder / "desk", Plan(ops=size))
            branch = Branch(folder / "desk", folder / "server")
            branch.exchange()
            ops = days.play(BRANCH_DAY)
            result["figures"]["branch_day"] = branch_days(branch.exchange(), len(ops))
        context.show(result, *_lines(result))


def _add_backup(benches: Commands, context: Context) -> None:
    @benches.command("backup", help=_("Backup, check and restore while the desk keeps lending."))
    def backup(
        size: int = typer.Option(250_000, "--size", min=1_000, help=_("Copies.")),
        keep: Path = typer.Option(None, "--keep", help=_("Folder that keeps the made library.")),
    ) -> None:
        from perpusdesk.services.bench.bench_backup import bench_backup

        with _folder(keep) as folder:
            result = bench_backup(folder, size)
        context.show(result, *_lines(result))


def _add_figures(benches: Commands, context: Context) -> None:
    @benches.command("figures", help=_("A city's year counted, and its dashboard, beside SQL."))
    def figures(
        size: int = typer.Option(250_000, "--size", min=1_000, help=_("Copies.")),
        keep: Path = typer.Option(None, "--keep", help=_("Folder that keeps the made library.")),
    ) -> None:
        from perpusdesk.services.bench.bench_facts import bench_facts

        with _folder(keep) as folder:
            result = bench_facts(folder, size)
        context.show(result, *_lines(result))


def _add_conflicts(benches: Commands, context: Context) -> None:
    @benches.command("conflicts", help=_("Conflicts looked for, said and settled."))
    def conflicts(
        size: int = typer.Option(100_000, "--size", min=1_000, help=_("Copies.")),
        keep: Path = typer.Option(None, "--keep", help=_("Folder that keeps the made library.")),
    ) -> None:
        from perpusdesk.services.bench.bench_conflicts import bench_conflicts

        with _folder(keep) as folder:
            result = bench_conflicts(folder, size)
        context.show(result, *_lines(result))


def _add_merge(benches: Commands, context: Context) -> None:
    @benches.command("merge", help=_("Ops of other devices folded, beside bare inserts."))
    def merge(
        size: int = typer.Option(30_000, "--size", min=1_000, help=_("Ops.")),
        postgres: str = typer.Option(
            "", "--postgres", help=_("PostgreSQL to measure on (default: the one for tests).")
        ),
        keep: Path = typer.Option(None, "--keep", help=_("Folder that keeps the made library.")),
    ) -> None:
        from perpusdesk.syncing.bench_merge import bench_merge
        from perpusdesk.syncing.bench_merge_places import places

        with _folder(keep) as folder, places(folder, postgres) as found:
            result = bench_merge(size, found.places, found.absent)
        context.show(result, *_lines(result))


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """Give the folder that stays, or one that goes away afterwards."""
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _lines(result: dict[str, Any]) -> list[str]:
    return [f"{name}: {value}" for name, value in result.items()]
