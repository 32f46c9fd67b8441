"""The end of a story: all links are good again, and everybody exchanges until all is quiet."""

from __future__ import annotations

from simulation.link import Line, run_to_end
from simulation.nodes import Node
from simulation.world import World

_ROUNDS = 8


class NoRestError(AssertionError):
    """Devices went on to exchange something again and again, or could not at all."""


def mend(world: World) -> None:
    """End all accidents; what is under way is dropped."""
    world.lines.clear()
    world.late.clear()
    for node in world.nodes:
        node.trouble = None


def settle(world: World) -> None:
    """Let all devices exchange, by stick too, until nothing moves any more."""
    world.tell("-- all links are good from now on")
    for stick in world.sticks:
        for node in world.nodes:
            world.visit_stick(node, stick)
    for number in range(_ROUNDS):
        for node in world.nodes:
            node.redact(1_000)
        moved = [_exchanged(world, node, number) for node in world.nodes[1:]]
        if not any(moved) and number:
            return
    raise NoRestError(f"no rest after {_ROUNDS} rounds")


def _exchanged(world: World, node: Node, number: int) -> bool:
    server = node.hub if node.hub is not None and number % 2 == 0 else world.city
    line = run_to_end(Line(node, server, world.random, frame=32_768))
    if line.outcome is None:
        world.tell(node.name, "with", server.name, "ends:", line.end)
        if "revoked" in line.end:
            return False
        raise NoRestError(f"{node.name} cannot exchange with {server.name}: {line.end}")
    out = line.outcome
    world.tell(node.name, "with", server.name, out)
    if out.refused or out.differs or out.repaired:
        raise NoRestError(f"{node.name} with {server.name}: {out}")
    return bool(out.sent or out.received or out.server_restored)
