"""The guards of conftest.py bite: shown on a small test run of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_data_path

from perpusdesk.common import paths

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).resolve().parent.parent / "conftest.py"


@pytest.mark.parametrize(
    ("announced", "outcome"),
    [("", {"failed": 1}), ("WARNING shelf: wet", {"passed": 1}), ("other", {"failed": 1})],
)
def test_a_warning_nobody_announced_fails_the_test(
    pytester: pytest.Pytester, announced: str, outcome: dict[str, int]
) -> None:
    pytester.makeconftest(CONFTEST.read_text("utf-8"))
    pytester.makepyfile(
        f"""
        import logging

        def test_it(expect_log):
            if {announced!r}:
                expect_log({announced!r})
            logging.getLogger("shelf").warning("wet %s", "books")
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider")
    result.assert_outcomes(**outcome)


def test_no_test_sees_the_users_own_folders(tmp_path: Path) -> None:
    assert user_data_path("Any", appauthor=False).is_relative_to(tmp_path)
    assert paths.default_data_folder().is_relative_to(tmp_path)
    assert paths.log_folder().is_relative_to(tmp_path)
