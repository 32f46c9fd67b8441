"""A story from its seed to its checks."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from perpusdesk.protocol.messages import Package
from perpusdesk.protocol.opened import Opened
from perpusdesk.syncing import folder
from perpusdesk.syncing.engine import opening
from perpusdesk.syncing.engine.ports import Trust
from simulation import checks
from simulation.healing import mend, settle
from simulation.world import MakeNode, Plan, World, memory_node

_AGAIN = 4
_open_package = opening.open_package


@dataclass(slots=True)
class Result:
    """What came of a story: empty ``wrong`` when all held."""

    seed: int
    wrong: str = ""
    told: list[str] = field(default_factory=list)
    fingerprint: str = ""


def run(
    seed: int, *, tell: bool = False, make: MakeNode = memory_node, plan: Plan | None = None
) -> Result:
    """Run one story and check how it ends."""
    place = Path(tempfile.mkdtemp(prefix="story-", dir=_quick_place()))
    with _opening_once():
        world = World(seed, make, place, plan or Plan(), [] if tell else None)
        result = Result(seed)
        try:
            world.run()
            _end(world)
            result.fingerprint = world.city.digest()
        except AssertionError as error:
            result.wrong = f"{type(error).__name__}: {error}"
        finally:
            result.told = world.told or []
            world.close()
    return result


def _end(world: World) -> None:
    mend(world)
    had = checks.ops_everywhere(world.nodes)
    for node in world.nodes:
        checks.cursors_hold(node, world.nodes[:2])
        checks.rows_come_of_ops(node)
    settle(world)
    _check(world, [n for n in world.nodes if not world.city.store.revoked(n.device)])
    world.tell("-- everybody is let in again, all programs are brought up to date")
    for node in world.nodes:
        if node.old_program:
            world.upgrade(node)
    for _ in range(_AGAIN):  # who is let in again brings along what it had said of others
        shut = sorted({one.device for one in world.nodes if world.city.store.revoked(one.device)})
        for device in shut:
            world.allow(world.city, device)
        settle(world)
        if not shut:
            break
    else:
        raise checks.WrongError(f"nobody can let in again: {shut}")
    checks.nothing_missing(had, world.nodes)
    _check(world, world.nodes)


def _check(world: World, nodes: list[checks.Node]) -> None:
    checks.nothing_missing(checks.ops_everywhere(nodes), nodes)
    checks.all_alike(node for node in nodes if not node.old_program)
    checks.all_alike(node for node in nodes if node.old_program)
    checks.same_conflicts(nodes)
    for node in nodes:
        checks.rows_come_of_ops(node)
        checks.no_findings(node)
        checks.every_op_is_sealed(node)
        checks.cursors_hold(node, world.nodes[:2])
        checks.nothing_lost_unseen(node, world.saw)
        checks.loans_end_at_their_first_return(node)


def _quick_place() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextlib.contextmanager
def _opening_once() -> Iterator[None]:
    """Open each package once for all devices of a story: it is the same for each of them."""
    opened: dict[bytes, Opened | str] = {}  # by what is in them

    def open_once(package: Package, trust: Trust, library: bytes) -> Opened | str:
        digest = package.content
        found = opened.get(digest)
        if found is None or isinstance(found, str) or not trust.keys_of(_short(found)):
            found = opened[digest] = _open_package(package, trust, library)
        return found

    def write(path: Path, data: bytes) -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)

    with (
        patch.object(opening, "open_package", open_once),
        patch.object(folder, "open_package", open_once),
        patch.object(folder, "write_atomically", write),
    ):
        yield


def _short(one: Opened) -> bytes:
    return opening.signer_of(one.package)
