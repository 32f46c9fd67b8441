"""Python's garbage is collected on the interface thread, and nowhere else.

A Qt object must die on its own thread. Python's collector runs on whichever thread happens to
allocate: a worker would destroy forgotten windows and sockets, and Qt would go on using them until
the program falls over.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

EVERY_MS: Final = 100
_NAME: Final = "garbage"
_WHOLE: Final = 2


def collect_on_interface_thread() -> None:
    """Stop the automatic collector and collect beside the events instead.

    To be called on the interface thread before others are started; again is harmless.
    """
    gc.disable()
    application = QCoreApplication.instance()
    if application is not None and application.findChild(QObject, _NAME) is None:
        _Collector(application)


def keep_what_is_loaded() -> None:
    """Look no more at what is there now; to be called when a large part was just loaded."""
    gc.collect(1)
    gc.freeze()


class _Collector(QObject):
    """Looks now and then whether a generation is due, as the automatic collector does.

    What is left after the first whole collection (modules, the window) stays for good: it is not
    looked at again, so that later collections take no time that anybody would feel.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName(_NAME)
        self._settled = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._collect_what_is_due)
        self._timer.start()

    def _collect_what_is_due(self) -> None:
        if gc.isenabled():
            return
        for generation, (count, threshold) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        ):
            if count > threshold:
                gc.collect(generation)
                if generation == _WHOLE and not self._settled:
                    gc.freeze()
                    self._settled = True
