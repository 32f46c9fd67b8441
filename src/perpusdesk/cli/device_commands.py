"""Devices: join a server's library, the list of devices, shutting one out, its quarantine."""

from __future__ import annotations

import platform
from functools import partial
from typing import Any

import typer

from perpusdesk.cli.branch_commands import branch_named
from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.protocol.enrolment_code import BadCode, EnrolmentCode, read
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.devices import (
    DeviceLine,
    Quarantined,
    accept_quarantine,
    allow_device,
    find_device,
    list_devices,
    move_device,
    quarantine,
    revoke_device,
    set_contact_days,
)
from perpusdesk.services.results import Done
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.enrolment import device_role_name, say_bad_code, say_not_joined
from perpusdesk.storage.key_store import KeyStore, system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.syncing.connections import Connection, keep_connections
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.enrolment import NotJoined
from perpusdesk.syncing.join import join_new, join_with
from perpusdesk.syncing.membership import membership, own_certificate


class NotJoinedError(RefusedError):
    """The server did not admit this device: exit code 1."""

    def __init__(self, refused: NotJoined) -> None:
        Exception.__init__(self, refused.reason.value)
        said = say_not_joined(refused.reason, refused.facts)
        self.document = {
            "refused": {
                "code": refused.reason.value,
                "facts": dict(refused.facts),
                "message": said.what,
            },
        }
        self.text = f"{said.what} {said.todo}"


def add(app: Commands, context: Context) -> None:
    """Add ``enrol`` and ``devices list/revoke/allow/accept/quarantine``."""
    _add_enrol(app, context)
    group = Commands(help=_("The library's devices: who exchanges, and who no longer may."))
    app.add_typer(group, name="devices")
    _add_lists(group, context)
    _add_judging(group, context)


def _add_enrol(app: Commands, context: Context) -> None:
    @app.command(help=_("Join a server's library with this device, by a one-time code."))
    def enrol(
        code: list[str] = typer.Argument(..., metavar="CODE", help=_("The code, spaced as it is.")),
        name: str = typer.Option("", "--name", help=_("What this device is called in lists.")),
        allow_plain: bool = typer.Option(
            False, "--allow-plain", help=_("Also without TLS, in a network that you trust.")
        ),
    ) -> None:
        wanted = read_enrolment_code(" ".join(code))
        store = system_key_store(context.data)
        with _joined(context, wanted, name, store, allow_plain=allow_plain) as library:
            if allow_plain:
                keep_connections(library, [Connection(wanted.server, wanted.tls, True)])
            document = _membership_document(library, store)
        lines = (
            _("Joined: {library}, as device {number} ({role})").format(
                library=document["library"] or document["library_id"],
                number=document["number"],
                role=device_role_name(document["role"]),
            ),
            _("Now exchange for the first time: perpusdesk sync"),
        )
        context.show(document, *lines)


def read_enrolment_code(text: str) -> EnrolmentCode:
    """Return what a code says. Raises ``InputError`` for what is none."""
    code = read(text)
    if isinstance(code, BadCode):
        said = say_bad_code(code)
        raise InputError(f"code_{code.reason.value}", f"{said.what} {said.todo}")
    return code


def _joined(
    context: Context, code: EnrolmentCode, name: str, store: KeyStore, *, allow_plain: bool
) -> Library:
    post = partial(post_enrolment, allow_plain=allow_plain)
    if not (context.data / FILE_NAME).exists():
        library = join_new(context.data, code, name or platform.node(), store, post)
        if isinstance(library, NotJoined):
            raise NotJoinedError(library)
        return library
    library = Library.open(context.data, encrypted=True)
    try:
        joined = join_with(library, code, store, post, name)
        if isinstance(joined, NotJoined):
            raise NotJoinedError(joined)
    except BaseException:
        library.close()
        raise
    return library


def _membership_document(library: Library, store: KeyStore) -> dict[str, Any]:
    known, certificate = membership(library), own_certificate(library)
    return {
        "library": known.library_name if known else "",
        "library_id": library.id.hex(),
        "device": library.device.hex(),
        "number": certificate.number if certificate else 0,
        "role": certificate.role if certificate else "",
        "server": known.url if known else "",
        "keys": store.kept.value,
    }


def _add_lists(group: Commands, context: Context) -> None:
    @group.command("list", help=_("All devices, with their last exchange as far as known here."))
    def devices_list() -> None:
        with context.desk(writable=False) as desk:
            lines = list_devices(desk)
        context.show({"devices": [_document(line) for line in lines]}, *map(_text, lines))

    @group.command("quarantine", help=_("What shut-out devices still sent: who, when, what."))
    def devices_quarantine(
        device: str = typer.Argument("", help=_("Number, name or id; without one all.")),
    ) -> None:
        with context.desk(writable=False) as desk:
            chosen = _chosen(desk, device).id if device else None
            lines = quarantine(desk, chosen)
        document = {"quarantine": [_withheld_document(line) for line in lines]}
        context.show(document, *map(_withheld_text, lines))


def _add_judging(group: Commands, context: Context) -> None:
    device_ = typer.Argument(..., help=_("Number, name or id of the device."))
    reason_ = typer.Option("", "--reason", help=_("Why, in a few words."))

    @group.command("revoke", help=_("Shut a device out: what it sends from now on does not count."))
    def devices_revoke(device: str = device_, reason: str = reason_) -> None:
        with context.desk() as desk:
            _show_done(context, desk, revoke_device(desk, _chosen(desk, device).id, reason))

    @group.command("allow", help=_("Let a device in again: all that it ever sent counts."))
    def devices_allow(device: str = device_, reason: str = reason_) -> None:
        with context.desk() as desk:
            _show_done(context, desk, allow_device(desk, _chosen(desk, device).id, reason))

    @group.command("contact", help=_("Let a device open only for N days after its last contact."))
    def devices_contact(
        device: str = device_,
        days: int = typer.Option(..., "--days", min=0, max=365, help=_("0: it always opens.")),
    ) -> None:
        with context.desk() as desk:
            _show_done(context, desk, set_contact_days(desk, _chosen(desk, device).id, days))

    @group.command("move", help=_("Let a device work at another branch or in a van."))
    def devices_move(
        device: str = device_,
        branch: str = typer.Option(..., "--branch", help=_("Name, code or id of the branch.")),
    ) -> None:
        with context.desk() as desk:
            to = branch_named(desk, branch)
            _show_done(context, desk, move_device(desk, _chosen(desk, device).id, to.id))

    @group.command("accept", help=_("Accept what waits in quarantine; the device stays shut out."))
    def devices_accept(device: str = device_, reason: str = reason_) -> None:
        with context.desk() as desk:
            _show_done(context, desk, accept_quarantine(desk, _chosen(desk, device).id, reason))


def _chosen(desk: Desk, text: str) -> DeviceLine:
    found = find_device(desk, text)
    if len(found) == 1:
        return found[0]
    if found:
        message = _("Several devices are called {name}; give the number or the id.")
        raise InputError("device_ambiguous", message.format(name=text))
    raise InputError("device_unknown", _("No device is called {name}.").format(name=text))


def _show_done(context: Context, desk: Desk, answer: Done[DeviceLine] | Refused) -> None:
    if isinstance(answer, Refused):
        raise RefusedError(answer, desk)
    document = {"device": _document(answer.value), "action": answer.action}
    context.show(document, f"{action_name(answer.verb)}: {_text(answer.value)}")


def _document(line: DeviceLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "name": line.name,
        "branch": line.branch_name,
        "number": line.number,
        "role": line.role,
        "made": line.made,
        "enrolled": line.enrolled,
        "revoked": line.revoked,
        "own": line.own,
        "last_contact": line.last_contact,
        "withheld": line.withheld,
        "contact_days": line.contact_days,
    }


def _text(line: DeviceLine) -> str:
    marks = [device_role_name(line.role)]
    if line.own:
        marks.append(_("this device"))
    if line.revoked:
        marks.append(_("shut out"))
    parts = (f"{line.number:>3}", line.name, line.branch_name, ", ".join(filter(None, marks)))
    return "  ".join(part for part in parts if part)


def _withheld_document(line: Quarantined) -> dict[str, Any]:
    return {
        "action": line.action,
        "device": line.device,
        "device_name": line.device_name,
        "branch": line.branch_name,
        "staff": line.staff_name,
        "verb": line.verb,
        "at": line.at,
        "thing": line.thing,
        "person": line.person,
        "ops": line.ops,
    }


def _withheld_text(line: Quarantined) -> str:
    parts = (
        f"{line.at:%Y-%m-%d %H:%M}",
        line.device_name,
        line.staff_name,
        action_name(line.verb),
        line.thing,
        line.person,
    )
    return "  ".join(part for part in parts if part)
