"""Everything a person reads is complete in Indonesian, and made when it is shown."""

from __future__ import annotations

import ast
import gettext
import io
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from repository import LOCALE, PRODUCT, ROOT, name, python_files, tree

Key = str | tuple[str, ...]
MAKERS = {"_", "ngettext"}
PAGES = (ROOT / "sync" / "perpusdesk_server", ROOT / "src" / "perpusdesk" / "phone")


@cache
def _used() -> dict[Key, str]:
    """Return every msgid of the program with the place of one use."""
    sources = [("python", path) for path in python_files(*PRODUCT)]
    pages = (path for folder in PAGES for path in sorted(folder.rglob("*.html")))
    sources += [("jinja2", path) for path in pages]
    return {
        found[1]: f"{name(path)}:{found[0]}"
        for kind, path in sources
        for found in extract_from_file(kind, path)
    }


@cache
def _catalogue() -> Catalog:
    return read_po(io.BytesIO((LOCALE / "perpusdesk.po").read_bytes()), locale="id")


def _texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_every_text_has_its_indonesian() -> None:
    known = {message.id: message for message in _catalogue() if message.id}
    missing = [
        f"{place}: {key!r}"
        for key, place in _used().items()
        if key not in known or known[key].fuzzy or not all(_texts(known[key]))
    ]
    assert missing == []


def test_texts_inside_of_other_texts_have_theirs_too() -> None:
    """The extraction does not look into the braces of an f-string."""
    known = {key for message in _catalogue() if message.id for key in _keys(message)}
    missing = [
        f"{name(path)}:{call.lineno}: {told.value!r}"
        for path in python_files(*PRODUCT)
        for call in _text_calls(path)
        for told in call.args[:1]
        if isinstance(told, ast.Constant) and told.value not in known
    ]
    assert missing == []


def _keys(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def test_translations_fill_the_same_placeholders() -> None:
    different = [
        (message.id, text)
        for message in _catalogue()
        if message.id
        for text in _texts(message)
        if _placeholders(text)
        != _placeholders(message.id if isinstance(message.id, str) else message.id[-1])
    ]
    assert different == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, _catalogue())
    compiled.seek(0)
    with (LOCALE / "perpusdesk.mo").open("rb") as shipped:
        assert (
            gettext.GNUTranslations(compiled)._catalog == gettext.GNUTranslations(shipped)._catalog
        )


def _text_calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {*MAKERS, "N_"}:
            yield node


def test_texts_can_be_extracted() -> None:
    """A pieced-together msgid is in no catalogue."""
    pieced = [
        f"{name(path)}:{call.lineno}"
        for path in python_files(*PRODUCT)
        for call in _text_calls(path)
        for argument in call.args[: 2 if getattr(call.func, "id", "") == "ngettext" else 1]
        if isinstance(argument, ast.JoinedStr | ast.BinOp)
        or (getattr(call.func, "id", "") == "N_" and not isinstance(argument, ast.Constant))
    ]
    assert pieced == []


def _made_at_import(node: ast.AST) -> Iterator[int]:
    """Yield the lines of texts made while the module is read: in no function's body."""
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        children: list[ast.AST] = [*node.decorator_list, node.args]
    else:
        children = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
        yield node.lineno
    for child in children:
        yield from _made_at_import(child)


def test_no_text_is_made_before_the_language_is_known() -> None:
    early = [
        f"{name(path)}:{line}"
        for path in python_files(*PRODUCT)
        for line in _made_at_import(tree(path))
    ]
    assert early == []
