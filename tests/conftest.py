"""What holds for every test: no screen, no user's folders or keyring, no odd warning."""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nobody's own keyring

from perpusdesk.common.i18n import DEFAULT_LANGUAGE, set_language
from perpusdesk.common.settings import SettingsFile

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from helpers.library import SmallLibrary

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
MEMORY = Path("/dev/shm")

USER_FOLDERS = {
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "PERPUSDESK_PASSING": "passing",
    "WIN_PD_OVERRIDE_APPDATA": "roaming",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA": "local",
}

settings.register_profile(
    "long",
    deadline=None,
    max_examples=1000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "everyday", settings.get_profile("long"), max_examples=50, derandomize=True
)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the examples of property tests; collect nothing yet.

    Those of every day are always the same: a change makes them fail, never chance. The long run
    (``-m slow``) and ``--hypothesis-profile long`` look for new ones.
    """
    gc.disable()
    if not config.getoption("hypothesis_profile", None):
        settings.load_profile("long" if config.option.markexpr == "slow" else "everyday")
    if _has_room(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _has_room(folder: Path) -> bool:
    """Whether the tests' files can lie in memory, where none of them waits for a disk."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize > 4 * 2**30 and not found.f_flag & os.ST_NOEXEC


def pytest_collection_finish() -> None:
    """Look for garbage from now on only in what tests make, not in all that was imported."""
    gc.freeze()


@pytest.fixture(autouse=True)
def user_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the per-user folders (of this process and its children) into the test's own folder."""
    home = tmp_path / "user"
    for variable, name in USER_FOLDERS.items():
        monkeypatch.setenv(variable, str(home / name))
    return home


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """Begin and end in the default language, whatever a test chooses in between."""
    set_language(DEFAULT_LANGUAGE)
    yield
    set_language(DEFAULT_LANGUAGE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, None, None]:
    """Collect garbage between tests, on the main thread, and at no other time.

    A thread of one test must not destroy the forgotten widgets of another: see ``ui.kit.garbage``.
    What a test gave up to be deleted later goes at once: else every later change of the look would
    dress it too.
    """
    gc.disable()
    yield
    if core := sys.modules.get("PySide6.QtCore"):
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    for generation, threshold in enumerate(gc.get_threshold()):
        if gc.get_count()[generation] > threshold:
            gc.collect(generation)


@pytest.fixture(name="qtbot")
def patient_robot(qtbot: QtBot) -> QtBot:
    """The robot of pytest-qt, on a machine that may be slow."""
    from helpers.patience import patient

    return patient(qtbot)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallLibrary]:
    """The small library (see ``helpers.library``), open and still; a folder may have its own."""
    from helpers.library import build

    made = build(tmp_path / "library")
    yield made
    made.library.close()


@pytest.fixture(name="settings")
def silent_settings(tmp_path: Path) -> SettingsFile:
    """This device's settings, silent."""
    file = SettingsFile(tmp_path / "settings.toml")
    file.change(sounds=False)
    return file


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same argon2 for PINs with a small memory, so that many sign-ins take little time."""
    from perpusdesk.services.staff import pins

    monkeypatch.setattr(pins, "_HASHER", pins.PasswordHasher(1, 64, 1))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of test data beside the checkout; skip where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the test data beside the checkout (../shared/data) is absent")
    return SHARED_DATA


@pytest.fixture(scope="session")
def postgres_dsn() -> Iterator[str]:
    """Return the DSN of a real PostgreSQL of this test process; skip where none can start.

    Make libraries in it by ``PostgresLibrary.create_in``: each has a schema of its own.
    """
    from helpers.postgres import started

    with started() as dsn:
        yield dsn


class _LogWatch(logging.Handler):
    """Collect warnings and worse that the test did not announce."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.expected: list[re.Pattern[str]] = []
        self.unexpected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = f"{record.levelname} {record.name}: {record.getMessage()}"
        if not any(pattern.search(text) for pattern in self.expected):
            self.unexpected.append(text)


_WATCH = pytest.StashKey[_LogWatch]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Listen to all log messages from the set-up of a test to its end."""
    watch = item.stash[_WATCH] = _LogWatch()
    logging.getLogger().addHandler(watch)
    try:
        return (yield)
    finally:
        logging.getLogger().removeHandler(watch)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fail a test that passed, but logged a warning nobody expected."""
    yield
    if unexpected := item.stash[_WATCH].unexpected:
        pytest.fail("unexpected log messages:\n" + "\n".join(unexpected), pytrace=False)


@pytest.fixture
def expect_log(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that announces a warning: a pattern for ``LEVEL logger: message``."""

    def announce(pattern: str) -> None:
        request.node.stash[_WATCH].expected.append(re.compile(pattern))

    return announce
