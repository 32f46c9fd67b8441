"""What the hosted runners do: commands that exist, actions that are pinned, rights that are few.

The workflows cannot be run here; this is what can be seen from outside.
"""

from __future__ import annotations

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from installers import __main__ as door
from installers.version import ROOT

FOLDER: Final = ROOT / ".github" / "workflows"
FILES: Final = tuple(sorted(FOLDER.glob("*.yml")))
COMMAND: Final = re.compile(r"(?:python3?|\.venv/bin/python) (dev\.py|-m installers[\w.]*)(.*)")
DEV_WORDS: Final = {"check", "test", "build", "rehearse", "manual"}


def jobs() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in FILES:
        told = yaml.safe_load(file.read_text("utf-8"))
        for name, job in told["jobs"].items():
            yield f"{file.stem}: {name}", job


def lines() -> Iterator[str]:
    """Yield each command line of all steps, those that go on joined."""
    for _, job in jobs():
        for step in job["steps"]:
            yield from re.sub(r"[\\`]\n\s*", "", step.get("run", "")).splitlines()


def test_there_are_workflows() -> None:
    assert {file.stem for file in FILES} == {"ci", "release"}


def test_every_command_of_ours_exists() -> None:
    found = [match for line in lines() for match in COMMAND.finditer(line)]
    assert len(found) >= 8
    for match in found:
        module = match[1].removeprefix("-m ")
        words = shlex.split(match[2].split(")")[0])
        if module == "dev.py":
            assert words[0] in DEV_WORDS, match[0]
            built = words[1:] if words[0] == "build" else []
            assert set(built) <= door.MADE_BY.keys(), match[0]
        else:
            assert importlib.util.find_spec(module) is not None, match[0]
    for line in lines():
        assert not line.startswith(".ci/") or (ROOT / line.split()[0]).is_file()


def test_actions_are_pinned_by_their_commit() -> None:
    used = [step["uses"] for _, job in jobs() for step in job["steps"] if "uses" in step]
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", one)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_may_be_done_but_what_a_job_asks_for(file: Path) -> None:
    told = yaml.safe_load(file.read_text("utf-8"))
    assert told["permissions"] == {}
    writing = [
        name
        for name, job in told["jobs"].items()
        if "write" in set(job["permissions"].values())
    ]  # fmt: skip
    assert writing == (["draft"] if file.stem == "release" else [])


def test_secrets_are_only_where_a_person_approves() -> None:
    for name, job in jobs():
        if "secrets." in str(job):
            assert job.get("environment") == "release", name


def test_both_systems_try_what_they_built_and_keep_no_credentials() -> None:
    told = {name: str(job) for name, job in jobs()}
    for name in ("release: linux", "release: installed-linux", "release: windows"):
        assert "--self-test" in told[name], name
    for name, job in jobs():
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False, name


def test_a_release_is_of_the_version_that_the_tag_says() -> None:
    text = (FOLDER / "release.yml").read_text("utf-8")
    assert '"v$(.venv/bin/python -m installers.version)" = "$GITHUB_REF_NAME"' in text
    assert "--require-hashes -r requirements.lock" in text
    assert "--draft" in text
