"""Set up and start PerpusDesk with nothing but Python: ``python3 dev.py demo|test|check|run|...``.

demo [...]         start the demo library (without a screen: play a desk day and leave pictures)
test [...]         style, types, layers and all tests; further words go to pytest
test --slow [...]  only the long tests
check              style, types and layers without the tests
run [...]          start the program (``run --help`` lists its commands)
build WHAT...      make packages: linux, deb, run, setup, ... (``build`` alone lists them)
rehearse [--short] build, install, try, upgrade and remove the Windows program under Wine
manual [--check]   make the pictures of the user guide anew
newcomer [FILE]    time a newcomer's way from the Linux package to the first loan

The first start makes the environment in ``.venv`` and installs the locked dependencies.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"
LOCK = ROOT / "requirements.lock"
PICTURES = ROOT / "out" / "demo"
OLDEST = (3, 11)
CHECKS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as it; it()"),
}
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libzbar.so.0": "libzbar0",
}


class SetupError(Exception):
    """The set-up cannot go on; the text says why and what to do."""


def main(words: list[str]) -> int:
    """Do what ``words`` ask and return the exit code."""
    command, rest = (words[0], words[1:]) if words else ("", [])
    commands = {
        "demo": demo,
        "test": test,
        "check": check,
        "run": run,
        "build": build,
        "rehearse": rehearse,
        "manual": manual,
        "newcomer": newcomer,
    }
    if command not in commands:
        print(__doc__)
        return 0 if command in ("help", "--help", "-h") else 2
    try:
        prepare()
        return commands[command](rest)
    except SetupError as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


def demo(words: list[str]) -> int:
    """Open the demo library, or play it into pictures where there is no screen."""
    if has_screen() or "--headless" in words:
        return run(["demo", *words])
    code = run(["demo", "--headless", "--out", str(PICTURES), *words])
    if code == 0 and "--out" not in words:
        print(f"No screen here, so the demo was played: its pictures are in {PICTURES}")
    return code


def test(words: list[str]) -> int:
    """Run every check and the tests, or only the long tests; further words go to pytest."""
    rest = [word for word in words if word != "--slow"]
    if "--slow" in words:
        return run_all({"pytest": ("-m", "pytest", "-m", "slow", *rest)})
    return run_all({**CHECKS, "pytest": ("-m", "pytest", *rest)})


def check(_words: list[str]) -> int:
    """Run the checks that need no test."""
    return run_all(CHECKS)


def run_all(steps: dict[str, tuple[str, ...]]) -> int:
    """Run each step, all of them even when one fails; return 1 if any failed."""
    failed = [name for name, step in steps.items() if not passes(name, step)]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nAll passed.", flush=True)
    return 1 if failed else 0


def run(words: list[str]) -> int:
    """Start the program itself."""
    return start("-m", "perpusdesk", *words)


def build(words: list[str]) -> int:
    """Make packages into ``out/packages``."""
    return start("-m", "installers", *words)


def rehearse(words: list[str]) -> int:
    """Play the Windows program's life under Wine."""
    return start("-m", "installers.windows.rehearsal", *words)


def manual(words: list[str]) -> int:
    """Make the pictures of the user guide."""
    return start("-m", "installers.manual", *words)


def newcomer(words: list[str]) -> int:
    """Play somebody who has never seen the program."""
    return start("-m", "installers.newcomer", *words)


def passes(name: str, step: tuple[str, ...]) -> bool:
    """Run one check of ``test`` and tell whether it passed."""
    print(f"\n== {name}", flush=True)
    return start(*step) == 0


def start(*arguments: str) -> int:
    """Run the environment's Python in the project's folder and return its exit code."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if not has_screen():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment, check=False).returncode


def has_screen() -> bool:
    """Tell whether a window can be shown."""
    on_linux = sys.platform.startswith("linux")
    return not on_linux or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# Setting up


def prepare() -> None:
    """Make sure that the system libraries and the locked environment are there."""
    if sys.version_info < OLDEST:
        raise SetupError(
            "PerpusDesk needs Python 3.11 or newer, this is "
            f"{sys.version.split()[0]}: start dev.py with a newer one, such as python3.12 dev.py."
        )
    if packages := missing_packages():
        install_packages(packages)
    if not STAMP.is_file() or STAMP.read_text("utf-8") != fingerprint():
        install_environment()


def fingerprint() -> str:
    """Return what the environment depends on: locked versions, project file, Python, place."""
    content = LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return f"{hashlib.sha256(content).hexdigest()} {sys.version.split()[0]} {VENV}\n"


def missing_packages() -> list[str]:
    """Return the Debian packages whose libraries cannot be loaded (none on other systems)."""
    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        return []
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    if not STAMP.is_file() and not can_make_environments():
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def loads(library: str) -> bool:
    """Tell whether the system finds ``library``."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_make_environments() -> bool:
    """Tell whether this Python has ``venv`` and ``ensurepip`` (Debian ships them apart)."""
    try:
        import ensurepip
        import venv
    except ImportError:
        return False
    return bool(ensurepip.version() and venv)


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root; otherwise stop with the one line to run."""
    install = ["apt-get", "install", "-y", "--no-install-recommends"]
    if os.geteuid() != 0:
        line = " ".join(["sudo apt-get update && sudo", *install, *map(name_here, packages)])
        raise SetupError(
            f"These system packages are missing; run this line, then start again:\n{line}"
        )
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    apt("apt-get", "update", "-q")
    done = apt(*install, *map(name_here, packages))
    if done.returncode != 0:
        raise SetupError(
            f"{last_line(done.stderr)}\nThe system packages could not be installed: check the "
            f"network and the apt sources, then start again, or run:\n{' '.join(done.args)}"
        )


def name_here(package: str) -> str:
    """Return the package's name in this release (newer ones renamed some to end in t64)."""
    renamed = f"{package}t64"
    return renamed if apt("apt-cache", "show", renamed).returncode == 0 else package


def apt(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the package manager without questions."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def install_environment() -> None:
    """Bring ``.venv`` to exactly the locked dependencies and the project itself."""
    print("Installing the environment into .venv: a minute or two, once.", flush=True)
    STAMP.unlink(missing_ok=True)
    if not works():
        attempt([sys.executable, "-m", "venv", "--clear", str(VENV)])
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    attempt([*pip, "--require-hashes", "-r", str(LOCK)])
    attempt([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    STAMP.write_text(fingerprint(), "utf-8")


def works() -> bool:
    """Tell whether ``.venv`` holds a Python of this very version with pip."""
    ask = "import pip, sys; print(sys.version.split()[0])"
    try:
        told = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return told.stdout.strip() == sys.version.split()[0]


def attempt(command: list[str]) -> None:
    """Run one step of the installation or stop with what went wrong."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SetupError(
            f"{last_line(done.stderr or done.stdout)}\nThe environment could not be installed: "
            "check the network (or proxy) and the free disk space, then run the same command "
            "again; it goes on where it stopped. To begin anew, delete the folder .venv."
        )


def last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
