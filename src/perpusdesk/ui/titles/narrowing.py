"""The facets of the catalogue in words, and a click on one as the narrowing it leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.title_lists import EVERYTHING, Facets, Narrowing
from perpusdesk.services.wording import titles as text
from perpusdesk.services.wording.materials import material_name
from perpusdesk.ui.kit.facets import ALL, FacetGroup, FacetValue

_DECADE: Final = 9
_CLASSES: Final = 11


def groups_of(
    facets: Facets, to: Narrowing, branches: Mapping[UUID, str]
) -> tuple[FacetGroup, ...]:
    """Return the groups in the order in which librarians ask."""
    shelf = [FacetValue(True, _("On the shelf now"), facets.available)]
    materials = _values(facets.materials, material_name)
    classes = _values(facets.classes, text.hundred)
    languages = _values(facets.languages, text.language)
    return (
        FacetGroup("available", _("Availability"), shelf, to.available or None),
        FacetGroup("material", _("Kind"), materials, to.material or None),
        FacetGroup("branch", _("Branch"), _branches(facets, branches), to.branch),
        FacetGroup("hundred", _("Class"), classes, to.hundred or None, most=_CLASSES),
        FacetGroup("language", _("Language"), languages, to.language or None),
        FacetGroup("years", _("Year"), _decades(facets), to.years),
    )


def narrowed(to: Narrowing, group: str, key: Any) -> Narrowing:
    """Return the narrowing after a click: ``key`` of a group, or ``None`` to take it away."""
    if group == ALL:
        return EVERYTHING
    empty: dict[str, Any] = {"available": False, "branch": None, "years": None}
    value = empty.get(group, "") if key is None else key
    return replace(to, **{group: value})


def chosen(to: Narrowing, branches: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """Return what narrows now: the group and its word, to be taken away one by one."""
    found = (
        ("available", _("On the shelf now") if to.available else ""),
        ("material", material_name(to.material) if to.material else ""),
        ("branch", branches.get(to.branch, "?") if to.branch else ""),
        ("hundred", text.hundred(to.hundred) if to.hundred else ""),
        ("language", text.language(to.language) if to.language else ""),
        ("years", text.years(to.years) if to.years else ""),
    )
    return [(group, word) for group, word in found if word]


def _values(counts: Mapping[str, int], word: Callable[[str], str]) -> list[FacetValue]:
    return [FacetValue(key, word(key), count) for key, count in counts.items()]


def _branches(facets: Facets, names: Mapping[UUID, str]) -> list[FacetValue]:
    ids = ((UUID(hex=key), count) for key, count in facets.branches.items())
    return [FacetValue(id_, names.get(id_, "?"), count) for id_, count in ids]


def _decades(facets: Facets) -> list[FacetValue]:
    spans = [((int(decade), int(decade) + _DECADE), n) for decade, n in facets.years.items()]
    return [FacetValue(span, text.years(span), count) for span, count in spans]
