"""The lock of the data folder: there, readable, and for this key; can it be recovered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perpusdesk.common.errors import KnownError
from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.library import Library
from perpusdesk.storage.vault import COPY_NAME, VAULT_NAME, key_of, read_vault, write_vault

NAME: Final = "lock"


def _look(patient: Patient) -> Iterator[Finding]:
    if patient.library.key is None:
        yield Finding(NAME, "not_encrypted", Severity.NOTE)
        return
    try:
        fits = key_of(patient.folder, patient.keys) == patient.library.key
        vault = read_vault(patient.folder)
    except KnownError:
        fits, vault = False, None
    if not fits:
        yield Finding(NAME, "lock_other", Severity.DAMAGE)
    elif vault is not None and not vault.sealed:
        yield Finding(NAME, "lock_no_recovery", Severity.ADVICE)
    files = [(patient.folder / name).is_file() for name in (VAULT_NAME, COPY_NAME)]
    if fits and not all(files):
        yield Finding(NAME, "lock_copy_missing", Severity.WARNING, mendable=True)


def _mend(library: Library, _finding: Finding) -> bool:
    vault = read_vault(library.folder)
    if vault is not None:
        write_vault(library.folder, vault)
    return vault is not None


CHECK: Final = Check(NAME, _look, _mend, quick=True)
