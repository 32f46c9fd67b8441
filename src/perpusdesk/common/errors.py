"""The two kinds of failure: known (tell, with the next step) and bug (report, keep the data).

A rule that says no is neither: it is a ``Refused`` value of ``domain.decisions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Fault(StrEnum):
    """What went wrong outside the library's rules; text is made where it is shown."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    NOT_A_LIBRARY = "not_a_library"
    NEWER_LIBRARY = "newer_library"
    UPGRADE_FAILED = "upgrade_failed"
    STEP_BACK_FAILED = "step_back_failed"
    NO_FORMER_PROGRAM = "no_former_program"
    INSTALLER = "installer"
    ALREADY_OPEN = "already_open"
    UNSAFE_PLACE = "unsafe_place"
    UNREADABLE_FILE = "unreadable_file"
    CAMERA_LOST = "camera_lost"
    PRINTER = "printer"
    UNUSABLE_INPUT = "unusable_input"
    UNREACHABLE = "unreachable"
    KEYS_LOST = "keys_lost"
    NOT_ENROLLED = "not_enrolled"
    SHUT_OUT = "shut_out"
    KEY_MISSING = "key_missing"
    TAKEN_AWAY = "taken_away"
    CONTACT_DUE = "contact_due"
    BACKUP_BUSY = "backup_busy"
    BACKUP_DAMAGED = "backup_damaged"
    PLACE_GONE = "place_gone"
    FOLDER_GONE = "folder_gone"
    SERVER_FULL = "server_full"
    NOT_SIGNED_IN = "not_signed_in"
    STAFF_REVOKED = "staff_revoked"
    NO_PORT = "no_port"


class KnownError(Exception):
    """A failure with a cause we know: the user is told what happened, what is safe, what to do."""

    def __init__(self, fault: Fault, **facts: object) -> None:
        super().__init__(fault.value, facts)
        self.fault = fault
        self.facts: Mapping[str, object] = facts
