"""A city as real processes, killed with -9 at random while it works; then: is anything lost?

``PYTHONPATH=tests python -m server.kill_city --seconds 120`` prints what was found as JSON and ends
with 0 when everything that was confirmed is on every device and all digests are equal.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from perpusdesk.common.errors import KnownError
from perpusdesk.services.set_up import add_branch, open_desk
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.connections import connections
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.http_transport import exchange_once
from perpusdesk.syncing.identity import member_of

TESTS = Path(__file__).resolve().parents[1]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")]),
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
}
ENOUGH, PATIENCE = 20, 12
"""So much is to be confirmed; a slow machine gets so many times the seconds for it."""


@dataclass(slots=True)
class Found:
    """What the killing came to; of a good city ``lost`` is empty and the digests are one."""

    kills: int = 0
    confirmed: int = 0
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not self.lost and not self.faults and len(set(self.digests.values())) == 1


def call(program: str, folder: Path, *words: str) -> Any:
    """One call of the command line."""
    command = [sys.executable, "-m", program, "--json", "--data", str(folder), *words]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stdout}{done.stderr}"[-1500:])
    return json.loads(done.stdout)


def work(folder: Path) -> None:
    """Work at a desk for ever: write, tell what is confirmed, exchange now and then."""
    keys = KeyStore(folder)
    with Library.open(folder) as library:
        member = member_of(library, keys)
        assert member is not None
        link = HttpLink(connections(library)[0], member.identity)
        link._wait = lambda number, after_s: time.sleep(0.05)
        desk, number = open_desk(library), 0
        while True:
            number += 1
            branch = add_branch(desk, f"Cabang {number}")
            sys.stdout.write(f"{branch}\n")
            sys.stdout.flush()
            if number % 5 == 0:
                with suppress(KnownError):
                    exchange_once(member, link)
            time.sleep(0.02)


class Process:
    """One process of the city, started again after each kill."""

    def __init__(self, name: str, command: list[str], log: Path) -> None:
        self.name, self._command, self._log = name, command, log
        self.told: list[str] = []
        self._start()

    def _start(self) -> None:
        with self._log.open("ab") as err, self._log.with_suffix(".out").open("ab") as out:
            self._child = subprocess.Popen(self._command, stdout=out, stderr=err, env=ENVIRONMENT)

    def kill(self) -> None:
        self._child.kill()
        self._child.wait()

    def again(self) -> None:
        self._start()

    def lines(self) -> list[str]:
        """What it said, whole lines alone."""
        text = self._log.with_suffix(".out").read_text()
        return text[: text.rindex("\n") + 1].splitlines() if "\n" in text else []


def free_port() -> int:
    """Return a port that nobody is given by chance while the server on it is dead."""
    while True:
        port = SystemRandom().randrange(10_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def listens(port: int, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on {port}")


def kill_city(folder: Path, seconds: float, seed: int) -> Found:
    """Play it; ``folder`` is empty."""
    chance, found = Random(seed), Found()
    ports = {name: free_port() for name in ("city", "hub")}
    call("perpusdesk_server", folder / "city", "init", "--library", "Kota Contoh")
    processes = {"city": serve(folder, "city", ports["city"])}
    listens(ports["city"])
    for name, role in (("hub", "hub"), ("satu", "desk"), ("dua", "desk")):
        target = "hub" if name == "dua" else "city"
        url = f"http://127.0.0.1:{ports[target]}"
        words = ["enrol", "--name", name, "--role", role, "--address", url]
        code = call("perpusdesk_server", folder / "city", *words)["code"]
        if name == "hub":
            processes["hub"] = serve(
                folder, "hub", ports["hub"], "--upstream", url, "--upstream-code", code
            )
            listens(ports["hub"])
        else:
            call("perpusdesk", folder / name, "enrol", code)
            until_done(folder / name)
    for name in ("satu", "dua"):
        command = [sys.executable, "-m", "server.kill_city", "--work", str(folder / name)]
        processes[name] = Process(name, command, folder / f"{name}.log")
    began = time.monotonic()
    while (over := (time.monotonic() - began) / seconds) < 1 or (
        over < PATIENCE and len(confirmed_by(processes)) < ENOUGH
    ):
        time.sleep(chance.uniform(0.2, 1.5) * max(1, over))
        victims = [one for one in processes.values() if chance.random() < 0.4]
        for one in victims:
            one.kill()
            found.kills += 1
        time.sleep(chance.uniform(0, 0.5))
        for one in victims:
            one.again()
    found.seconds = round(time.monotonic() - began, 1)
    settle(folder, processes, ports, found)
    return found


def confirmed_by(processes: dict[str, Process]) -> list[str]:
    """Return what the desks wrote and said so."""
    return [line for name in ("satu", "dua") for line in processes[name].lines()]


def serve(folder: Path, name: str, port: int, *words: str) -> Process:
    command = [sys.executable, "-m", "perpusdesk_server", "--data", str(folder / name), "serve"]
    return Process(name, [*command, "--port", str(port), *words], folder / f"{name}.log")


def until_done(folder: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            call("perpusdesk", folder, "sync")
        except RuntimeError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return


def settle(
    folder: Path, processes: dict[str, Process], ports: dict[str, int], found: Found
) -> None:
    """Let all come together, then look."""
    for name in ("satu", "dua"):
        processes[name].kill()
    for port in ports.values():
        listens(port)
    confirmed = confirmed_by(processes)
    found.confirmed = len(confirmed)
    until = time.monotonic() + 90
    while time.monotonic() < until:
        for name in ("satu", "dua", "satu", "dua"):
            until_done(folder / name)
        found.digests = {
            name: call(program, folder / name, "digest")["digest"]
            for name, program in (
                ("city", "perpusdesk_server"),
                ("hub", "perpusdesk_server"),
                ("satu", "perpusdesk"),
                ("dua", "perpusdesk"),
            )
        }
        if len(set(found.digests.values())) == 1:
            break
        time.sleep(2)
    for name in ("city", "hub"):
        processes[name].kill()
    for name in ("city", "hub", "satu", "dua"):
        with Library.open(folder / name) as library:
            known = {row[0].hex() for row in library.rows("select id from branch")}
        missing = [one for one in confirmed if one.replace("-", "") not in known]
        found.lost += [f"{name}: {one}" for one in missing[:5]]
        log = (folder / f"{name}.log").read_text()
        found.faults += [line for line in log.splitlines() if '"level": "error"' in line][:3]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        work(args.work)
    with tempfile.TemporaryDirectory() as folder:
        found = kill_city(Path(folder), args.seconds, args.seed)
    sys.stdout.write(json.dumps(asdict(found), indent=2) + "\n")
    return 0 if found.good else 1


if __name__ == "__main__":
    sys.exit(main())
