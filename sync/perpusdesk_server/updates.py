"""Newer programs on the server: put there by hand, proven, and given to its devices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError
from perpusdesk.common.i18n import _
from perpusdesk.protocol.update import SUFFIX, Manifest, UpdateError
from perpusdesk.services.safety.updating import from_files
from perpusdesk.services.wording.updating import say_update_fault
from perpusdesk.storage.update_store import UpdateStore, publisher_keys


def updates_of(folder: Path) -> UpdateStore:
    """Return what the server of a data folder has for its devices."""
    return UpdateStore(folder, publisher_keys())


def add_updates(app: Commands, context: Context) -> None:
    """Add ``updates add`` and ``updates list``."""
    group = Commands(help=_("Newer programs for the devices."))

    @group.command(help=_("Give devices a newer program: its manifest and its packages."))
    def add(
        files: list[Path] = typer.Argument(..., help=_("Files of the release, or their folder.")),
    ) -> None:
        store = updates_of(context.data)
        try:
            manifest = from_files(store, files)
        except UpdateError as error:
            raise InputError(error.fault.value, say_update_fault(error.fault)) from error
        if manifest is None:
            message = _("There is no release among these files ({suffix}).")
            raise InputError("no_manifest", message.format(suffix=SUFFIX))
        _show(context, store, manifest)

    @group.command("list", help=_("What devices are given."))
    def list_() -> None:
        store = updates_of(context.data)
        _show(context, store, store.manifest())

    app.add_typer(group, name="updates")


def _show(context: Context, store: UpdateStore, manifest: Manifest | None) -> None:
    if manifest is None:
        context.show({"version": None, "packages": []}, _("There is no newer program here."))
        return
    packages: list[dict[str, Any]] = [
        {"platform": one.platform, "name": one.name, "size": one.size, "here": store.has(one)}
        for one in manifest.packages
    ]
    there, not_yet = _("is here"), _("is not here yet")
    lines = (
        f"{one['platform']:<20} {one['name']}  {there if one['here'] else not_yet}"
        for one in packages
    )
    context.show({"version": manifest.version, "packages": packages}, manifest.version, *lines)
