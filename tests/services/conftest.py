"""Desks of the small library, for every test of a desk job."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpers.library import SmallLibrary, build
from perpusdesk.services.desk import Desk


@pytest.fixture
def desk(small: SmallLibrary) -> Desk:
    """The desk of somebody who lends, takes money and registers, at the main building."""
    return small.desk()


@pytest.fixture
def head(small: SmallLibrary) -> Desk:
    """The same place with the head of the library, who may override."""
    return small.desk("head")


@pytest.fixture(scope="module")
def kept_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that all examples of a property share; they only read."""
    made = build(tmp_path_factory.mktemp("kept") / "library")
    yield made.desk()
    made.library.close()
