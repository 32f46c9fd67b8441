"""What PySide6 6.12 needs to live on Python 3.11.

Its calls that return nothing hand out ``None``, and ``Signal.emit`` hands out ``True``, without
counting the reference (from Python 3.12 on these are immortal and need no counting). On 3.11 each
such call takes one reference away, and after some thousand of them the interpreter ends with
"deallocating None" or "deallocating True or False".
"""

from __future__ import annotations

import ctypes
import sys

_MORE_THAN_ANY_DAY_USES = 1 << 48


def keep_singletons_alive() -> None:
    """Make ``None``, ``True`` and ``False`` as good as immortal on Python 3.11, as 3.12 does."""
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython":
        for singleton in (None, True, False):
            count = ctypes.c_ssize_t.from_address(id(singleton))
            if count.value < _MORE_THAN_ANY_DAY_USES:
                count.value += _MORE_THAN_ANY_DAY_USES
