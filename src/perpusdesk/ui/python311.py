"""What PySide6 6.12 needs to live on Python 3.11.

Its calls that return nothing hand out ``None`` without counting the reference (from Python 3.12 on
``None`` is immortal and needs no counting). On 3.11 each such call takes one reference away, and
after some thousand of them the interpreter ends with "deallocating None".
"""

from __future__ import annotations

import ctypes
import sys

_MORE_THAN_ANY_DAY_USES = 1 << 48


def keep_none_alive() -> None:
    """Make ``None`` as good as immortal on Python 3.11, as 3.12 does by itself."""
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        count = ctypes.c_ssize_t.from_address(id(None))
        if count.value < _MORE_THAN_ANY_DAY_USES:
            count.value += _MORE_THAN_ANY_DAY_USES
