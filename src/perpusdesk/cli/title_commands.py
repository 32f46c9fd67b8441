"""Editing titles: change, merge, remove and put back, history, probable duplicates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.cataloguing import catalogue
from perpusdesk.services.cataloguing.find_duplicates import find_duplicates
from perpusdesk.services.cataloguing.merge_titles import merge_preview, merge_titles
from perpusdesk.services.cataloguing.remove_title import (
    RemovedTitle,
    put_back,
    remove_title,
    removed_ids,
    removed_lines,
)
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_changes import title_changes
from perpusdesk.services.cataloguing.title_form import SHORT, TitleForm, open_form, set_short
from perpusdesk.services.desk import Desk


def add(titles: Commands, context: Context) -> None:
    """Add the commands of ``title`` that change, merge, remove and look back."""
    _add_edit(titles, context)
    _add_merge(titles, context)
    _add_removal(titles, context)
    _add_looks(titles, context)


def id_of(text: str) -> UUID:
    """Return the id that was typed. Raises ``InputError``."""
    try:
        return UUID(text)
    except ValueError as error:
        message = _("This is not the number of a title: {text}").format(text=text)
        raise InputError("id", message) from error


def _add_edit(titles: Commands, context: Context) -> None:
    @titles.command("edit", help=_("Change fields of a title."))
    def title_edit(
        title: str = typer.Argument(..., metavar="ID"),
        put: list[str] = typer.Option([], "--set", metavar="FIELD=TEXT"),
        more: list[str] = typer.Option([], "--add", metavar="FIELD=TEXT"),
        less: list[str] = typer.Option([], "--drop", metavar="FIELD=TEXT"),
    ) -> None:
        with context.desk() as desk:
            opened = open_form(desk, id_of(title))
            if isinstance(opened, Refused):
                raise RefusedError(opened, desk)
            form = opened.form
            for how, words in (("set", put), ("add", more), ("drop", less)):
                for word in words:
                    form = _edited(form, how, *_pair(word))
            done = save_title(desk, form, opened)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            document: dict[str, Any] = {
                "title": catalogue.title_document(desk, done.value.title),
                "fields": list(done.value.fields),
                "meanwhile": list(done.value.meanwhile),
            }
        context.show(document, ", ".join(document["fields"]) or _("Nothing changed."))


def _pair(word: str) -> tuple[str, str]:
    name, equals, text = word.partition("=")
    if not equals or name not in SHORT:
        known = ", ".join(SHORT)
        message = _("This is no FIELD=TEXT: {word}. Fields: {known}")
        raise InputError("field", message.format(word=word, known=known))
    return name, text


def _edited(form: TitleForm, how: str, name: str, text: str) -> TitleForm:
    value = form.values[name]
    if not SHORT[name].repeatable:
        if how != "set":
            message = _("{field} has one value: use --set.").format(field=name)
            raise InputError("field", message)
        return set_short(form, name, text)
    kept = () if how == "set" else tuple(one for one in value if one != text)
    return set_short(form, name, kept if how == "drop" or not text else (*kept, text))


def _add_merge(titles: Commands, context: Context) -> None:
    @titles.command("merge", help=_("Merge titles into the first one."))
    def title_merge(
        kept: str = typer.Argument(..., metavar="ID"),
        others: list[str] = typer.Argument(..., metavar="ID..."),
        dry_run: bool = typer.Option(False, "--dry-run"),
    ) -> None:
        into, away = id_of(kept), [id_of(one) for one in others]
        with context.desk(writable=not dry_run) as desk:
            if dry_run:
                preview = merge_preview(desk, into, away)
                if isinstance(preview, Refused):
                    raise RefusedError(preview, desk)
                moved: dict[str, Any] = {"copies": preview.copies, "holds": preview.holds}
            else:
                done = merge_titles(desk, into, away)
                if isinstance(done, Refused):
                    raise RefusedError(done, desk)
                moved = {"copies": done.value.copies, "holds": done.value.holds}
            title = catalogue.title_document(desk, into)
        document = {"title": title, "merged": away, **moved}
        context.show(document, _("{copies} copies, {holds} holds moved.").format(**moved))


def _add_removal(titles: Commands, context: Context) -> None:
    @titles.command("remove", help=_("Remove a title without copies; it can be put back."))
    def title_remove(
        title: str = typer.Argument(..., metavar="ID"), why: str = typer.Option("", "--why")
    ) -> None:
        with context.desk() as desk:
            done = remove_title(desk, id_of(title), why)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
        context.show({"removed": done.value}, str(done.value))

    @titles.command("removed", help=_("The titles that were removed or merged away."))
    def title_removed() -> None:
        with context.desk(writable=False) as desk:
            lines = [_line(one) for one in removed_lines(desk, removed_ids(desk))]
        context.show({"removed": lines}, *(f"{one['id']}  {one['title']}" for one in lines))

    @titles.command("restore", help=_("Put a removed title back."))
    def title_restore(title: str = typer.Argument(..., metavar="ID")) -> None:
        with context.desk() as desk:
            done = put_back(desk, id_of(title))
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            document = {"title": catalogue.title_document(desk, done.value)}
        context.show(document, str(done.value))


def _line(one: RemovedTitle) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "author": one.author,
        "removed_at": one.at,
        "staff": one.staff_name,
        "why": one.why,
        "merged_into": one.merged_into,
    }


def _add_looks(titles: Commands, context: Context) -> None:
    @titles.command("history", help=_("Who changed what in a title and its copies."))
    def title_history(title: str = typer.Argument(..., metavar="ID")) -> None:
        with context.desk(writable=False) as desk:
            changes = [
                {
                    "at": one.at,
                    "staff": one.staff_name,
                    "branch": one.branch_name,
                    "verb": one.verb,
                    "action": one.action,
                    "record": one.record,
                    "barcode": one.barcode,
                    "field": one.field,
                    "before": one.before,
                    "after": one.after,
                    "why": one.why,
                    "lost": one.lost,
                }
                for one in title_changes(desk, id_of(title))
            ]
        lines = (
            f"{c['at']:%Y-%m-%d %H:%M} {c['field']}: {c['before']} → {c['after']}" for c in changes
        )
        context.show({"changes": changes}, *lines)

    @titles.command("duplicates", help=_("Titles that may be one, over the whole catalogue."))
    def title_duplicates(sure: bool = typer.Option(False, "--sure")) -> None:
        with context.desk(writable=False) as desk:
            found = [one for one in find_duplicates(desk) if one.sure or not sure]
            groups: list[dict[str, Any]] = [
                {"why": one.why, "sure": one.sure, "titles": _hits(desk, one.titles)}
                for one in found
            ]
        lines = (f"{group['why']}: {[hit['title'] for hit in group['titles']]}" for group in groups)
        context.show({"groups": groups}, *lines)


def _hits(desk: Desk, titles: tuple[UUID, ...]) -> list[dict[str, Any]]:
    found = (catalogue.title_document(desk, one) for one in titles)
    return [one for one in found if one]
