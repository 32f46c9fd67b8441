"""The commands of ``perpusdesk-server``."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.services.safety.backup_places import private_key
from perpusdesk.services.set_up import NewLibrary, furnish
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.enrolment import NotJoined
from perpusdesk.syncing.join import join_new
from perpusdesk.syncing.snapshots import Shelf
from perpusdesk_server import opening, qr
from perpusdesk_server.asking import ask
from perpusdesk_server.backup import back_up
from perpusdesk_server.backup import restore as restore_backup
from perpusdesk_server.config import ServerConfig, read_config, write_config
from perpusdesk_server.device_backups import DeviceBackups
from perpusdesk_server.limits import Rate
from perpusdesk_server.running import Listening, Open, run, start_log
from perpusdesk_server.serving import Serving
from perpusdesk_server.updates import add_updates, updates_of

Job = Callable[[str, Mapping[str, Any]], dict[str, Any]]


def build(context: Context, name: str) -> Commands:
    """Return the commands with their help in the language in use."""
    app = Commands(name=name, help=_("The library's server, and the hub of a branch."))
    _add_init(app, context)
    _add_serve(app, context)
    _add_enrol(app, context)
    _add_devices(app, context)
    _add_upkeep(app, context)
    add_updates(app, context)
    _add_bench(app, context)
    return app


def _add_init(app: Commands, context: Context) -> None:
    @app.command(help=_("Set up a server: with a new library, or for that of the first device."))
    def init(
        library: str = typer.Option("", "--library", help=_("Name of a new library.")),
        branch: str = typer.Option("", "--branch", help=_("Name of its first branch.")),
        database: str = typer.Option("", "--database", help=_("Address of a PostgreSQL.")),
        schema: str = typer.Option("", "--schema", help=_("Name of the schema there.")),
        address: str = typer.Option("", "--address", help=_("Where devices reach the server.")),
        name: str = typer.Option("Server", "--name", help=_("Name of the server.")),
        zone: int = typer.Option(420, "--zone", help=_("Minutes east of UTC (WIB 420).")),
    ) -> None:
        if opening.is_there(context.data):
            message = _("There is a library in {folder} already. Nothing was changed.")
            raise InputError("library_exists", message.format(folder=context.data))
        config = ServerConfig(database, schema, address.rstrip("/"), name)
        store = opening.key_store_of(context.data)
        with opening.make_empty(context.data, config) as made:
            if library:
                first = NewLibrary(
                    library, branch or library, zone, language=context.language or "id"
                )
                furnish(made, first)
            _member, holder = opening.as_server(made, store, name)
            document = {
                "library": library,
                "device": made.device.hex(),
                "authority": holder.fingerprint.hex(),
                "keys": str(store.files) if store.kept.value == "file" else store.kept.value,
                "database": "PostgreSQL" if database else "SQLite",
            }
        context.show(
            document,
            _("The server is set up in {folder}.").format(folder=context.data),
            _("Its secrets: {place}. Keep a copy of them in a safe.").format(
                place=document["keys"]
            ),
        )


def _add_serve(app: Commands, context: Context) -> None:
    @app.command(help=_("Serve the library; with --upstream as the hub of a branch."))
    def serve(
        host: str = typer.Option("", "--host", help=_("Address to listen on.")),
        port: int = typer.Option(8040, "--port", min=0, max=65535, help=_("Port to listen on.")),
        self_signed: bool = typer.Option(
            False, "--tls-self-signed", help=_("TLS with a certificate of its own (a hub).")
        ),
        cert: Path = typer.Option(None, "--cert", help=_("TLS certificate (PEM).")),
        key: Path = typer.Option(None, "--key", help=_("Key of the certificate (PEM).")),
        address: str = typer.Option("", "--address", help=_("Where devices reach the server.")),
        upstream: str = typer.Option("", "--upstream", help=_("Address of the city's server.")),
        code: str = typer.Option("", "--upstream-code", help=_("One-time code of that server.")),
        proxy: list[str] = typer.Option([], "--proxy", help=_("Reverse proxy to be believed.")),
        metrics_from: list[str] = typer.Option(
            [], "--metrics-from", help=_("Network that may read the metrics.")
        ),
        phones: bool = typer.Option(
            False,
            "--phones",
            help=_("Serve visitors' phones at /visitor: surveys, wishes, messages."),
        ),
        sessions: float = typer.Option(
            5.0, "--sessions-per-second", min=0.1, help=_("Sessions that one address may open.")
        ),
    ) -> None:
        if bool(cert) != bool(key):
            raise InputError("usage", _("--cert and --key belong together."))
        start_log()
        if upstream or code:
            _join_city(context, code)
        serving = serving_of(context.data, address)
        limits = serving.limits
        serving.limits = replace(limits, session=Rate(40 * sessions, sessions))
        chosen = host or ("0.0.0.0" if self_signed or cert else "127.0.0.1")  # noqa: S104 (asked)
        listening = Listening(chosen, port, self_signed, cert, key, proxy, metrics_from, upstream)
        listening = replace(listening, phones=phones)

        def opened(at: Open) -> None:
            pin = at.pin.hex() if at.pin else None
            document = {"listening": at.url, "address": at.address, "pin": pin}
            told = [_("Pin of the certificate: {pin}").format(pin=pin)] if pin else []
            context.show(document, _("Listening at {address}").format(address=at.address), *told)
            sys.stdout.flush()  # a service manager's journal is no terminal

        run(serving, listening, opening.key_store_of(context.data), opened)


def serving_of(folder: Path, address: str = "") -> Serving:
    """Open the library in a data folder, to be served; raises ``KnownError``."""
    config = read_config(folder)
    library = opening.open_library(folder)
    store, shelf = opening.key_store_of(folder), Shelf(folder / "snapshot", library.key)
    try:
        if opening.is_hub(library):
            member = opening.as_hub(library, store)
            serving = Serving(member, None, address or config.address, shelf=shelf)
            serving.updates, serving.backups = updates_of(folder), _backups(folder, config)
            return serving
        member, holder = opening.as_server(library, store, config.name)
    except BaseException:
        library.close()
        raise
    serving = Serving(member, holder, address or config.address, shelf=shelf)
    serving.updates, serving.backups = updates_of(folder), _backups(folder, config)
    return serving


def _backups(folder: Path, config: ServerConfig) -> DeviceBackups | None:
    return DeviceBackups(folder, config.backup_bytes) if config.backup_bytes else None


def _join_city(context: Context, text: str) -> None:
    """Make a new hub a device of its city, unless it is one."""
    if opening.is_there(context.data):
        return
    code = enrolment_code.read(text)
    if not isinstance(code, EnrolmentCode):
        raise InputError("code", _("A new hub needs a one-time code of the city's server."))
    store = opening.key_store_of(context.data)
    joined = join_new(context.data, code, "Hub", store, post_enrolment)
    if isinstance(joined, NotJoined):
        message = _("The city's server does not admit this hub ({reason}).")
        raise InputError("code", message.format(reason=joined.reason.value))
    joined.close()


def _add_enrol(app: Commands, context: Context) -> None:
    @app.command(help=_("Make a one-time code by which a device joins."))
    def enrol(
        role: str = typer.Option("", "--role", help=_("desk, van, hub, admin or reader.")),
        branch: str = typer.Option("", "--branch", help=_("Branch, by name or code.")),
        name: str = typer.Option("", "--name", help=_("Name of the device.")),
        address: str = typer.Option("", "--address", help=_("Where the device reaches it.")),
        pin: str = typer.Option("", "--pin", help=_("SHA-256 of a hub's certificate there.")),
        device: str = typer.Option(
            "",
            "--device",
            "--restore",
            help=_("A device that lost its key, or whose backup a new computer restores."),
        ),
        hours: int = typer.Option(24, "--hours", min=1, max=720, help=_("How long it is good.")),
        out: Path = typer.Option(None, "--out", help=_("Picture to write (PNG or SVG).")),
    ) -> None:
        words = {
            "role": role,
            "branch": branch,
            "name": name,
            "address": address,
            "pin": pin,
            "device": device,
            "hours": hours,
        }
        document = ask(context.data, "enrol", words)
        if out is not None:
            qr.write_picture(document["qr"], out)
            document["file"] = str(out)
        lines = [qr.as_text(document["qr"]), document["code"]]
        context.show(document, *lines)


def _add_devices(app: Commands, context: Context) -> None:
    @app.command(help=_("The devices of the library, and their last exchange."))
    def devices() -> None:
        document = ask(context.data, "devices", {})
        lines = (
            f"{one['number']:>4}  {one['name']:<24}  {one['role']:<7}"
            f"  {one['last_exchange'] or '-':<25}  {_('revoked') if one['revoked'] else ''}"
            for one in document["devices"]
        )
        context.show(document, *lines)

    @app.command(help=_("Shut a device out; what it sent until now stays."))
    def revoke(
        device: str = typer.Argument(..., help=_("Number, id or name.")),
        reason: str = typer.Option("", "--reason", help=_("Why.")),
    ) -> None:
        document = ask(context.data, "revoke", {"device": device, "reason": reason})
        context.show(document, _("Shut out: {name}").format(name=document["device"]["name"]))

    @app.command(help=_("Let a device in again that was shut out."))
    def allow(
        device: str = typer.Argument(..., help=_("Number, id or name.")),
        reason: str = typer.Option("", "--reason", help=_("Why.")),
    ) -> None:
        document = ask(context.data, "allow", {"device": device, "reason": reason})
        context.show(document, _("Let in again: {name}").format(name=document["device"]["name"]))


def _add_upkeep(app: Commands, context: Context) -> None:
    @app.command(help=_("How the server is."))
    def status() -> None:
        document = ask(context.data, "status", {})
        context.show(document, *(f"{name}: {value}" for name, value in document.items()))

    @app.command(help=_("The digest: equal on devices that hold the same data."))
    def digest() -> None:
        document = ask(context.data, "digest", {})
        context.show(document, str(document["digest"]))

    @app.command(help=_("Check every row of the library against its log."))
    def doctor() -> None:
        document = ask(context.data, "doctor", {})
        healthy = _("The library is whole.") if document["healthy"] else ""
        context.show(document, healthy, *(one["message"] for one in document["findings"]))

    @app.command(help=_("Write a copy of the library while it is served."))
    def backup(out: Path = typer.Option(..., "--out", help=_("Folder for the copy."))) -> None:
        document = back_up(context.data, read_config(context.data), out)
        context.show(document, document["file"])

    @app.command(help=_("Restore the newest backup into a new folder."))
    def restore(
        where: Path = typer.Option(..., "--from", help=_("Stick or folder with the backup.")),
        out: Path = typer.Option(..., "--to", help=_("New data folder to restore into.")),
        code: str = typer.Option("", "--code", help=_("Recovery code of the library's sheet.")),
    ) -> None:
        private = private_key(code) if code else None
        if private is not None and not isinstance(private, bytes):
            message = _("This is no recovery code; look at it once more.")
            raise InputError("recovery_code", message)
        document = restore_backup(where, out, private, context.data)
        context.show(document, document["file"])

    @app.command(help=_("Let somebody sign in to the administration page."))
    def password(
        name: str = typer.Argument(..., help=_("Name to sign in with.")),
        secret: str = typer.Option(
            ..., "--password", prompt=True, hide_input=True, confirmation_prompt=True
        ),
    ) -> None:
        document = ask(context.data, "password", {"name": name, "password": secret})
        context.show(document, _("{name} may sign in.").format(name=name))

    @app.command(help=_("Say where devices reach the server."))
    def address(url: str = typer.Argument(..., help=_("Where devices reach the server."))) -> None:
        if not enrolment_code.usable_server(url):
            raise InputError("address", _("This is no address of a server: {url}").format(url=url))
        if not opening.is_there(context.data):
            raise KnownError(Fault.NOT_A_LIBRARY, file=str(context.data), missing=True)
        config = msgspec.structs.replace(read_config(context.data), address=url.rstrip("/"))
        write_config(context.data, config)
        context.show({"address": config.address}, config.address)


def _add_bench(app: Commands, context: Context) -> None:
    @app.command(help=_("Measure routine exchanges of many devices with one server process."))
    def bench(
        devices: int = typer.Option(500, "--devices", min=2, help=_("Devices.")),
        rate: float = typer.Option(30.0, "--rate", min=0.1, help=_("Exchanges a second.")),
        seconds: float = typer.Option(60.0, "--seconds", min=1, help=_("How long.")),
        database: str = typer.Option("", "--database", help=_("Address of a PostgreSQL.")),
        sqlite: bool = typer.Option(False, "--sqlite", help=_("On SQLite instead.")),
        ramp: bool = typer.Option(True, "--ramp/--no-ramp", help=_("Look where it saturates.")),
    ) -> None:
        from perpusdesk_server.bench import bench_exchange

        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "server"
            if not database and not sqlite:
                from perpusdesk.storage.postgres.embedded import server

                database = stack.enter_context(server())
            found = bench_exchange(folder, database, devices, rate=rate, seconds=seconds, ramp=ramp)
        context.show(found, *(f"{name}: {value}" for name, value in found.items()))
