"""The Windows print spooler and serial ports, reached through the system's own libraries."""

from __future__ import annotations

import ctypes
from ctypes import Structure, c_int, c_uint32, c_void_p, c_wchar_p
from typing import Any, ClassVar, Final

_LOCAL_AND_CONNECTED: Final = 0x2 | 0x4
_NAMES_ONLY: Final = 4


class _Document(Structure):
    """DOC_INFO_1: what the spooler's window shows of a job."""

    _fields_: ClassVar = [("name", c_wchar_p), ("file", c_wchar_p), ("kind", c_wchar_p)]


class _PrinterInfo(Structure):
    """PRINTER_INFO_4: the names of a queue, without asking the printer."""

    _fields_: ClassVar = [("name", c_wchar_p), ("server", c_wchar_p), ("attributes", c_uint32)]


def _library(name: str) -> Any:
    loader = vars(ctypes).get("WinDLL")
    if loader is None:
        raise OSError(f"{name}: Windows")
    return loader(name, use_last_error=True)


def _must(answer: int) -> int:
    if not answer:
        raise vars(ctypes)["WinError"](vars(ctypes)["get_last_error"]())
    return answer


def queues() -> list[str]:
    """Return the names of the installed printers."""
    spooler = _library("winspool.drv")
    needed, count = c_uint32(0), c_uint32(0)
    sizes = (ctypes.byref(needed), ctypes.byref(count))
    spooler.EnumPrintersW(_LOCAL_AND_CONNECTED, None, _NAMES_ONLY, None, 0, *sizes)
    if not needed.value:
        return []
    buffer = ctypes.create_string_buffer(needed.value)
    _must(spooler.EnumPrintersW(_LOCAL_AND_CONNECTED, None, _NAMES_ONLY, buffer, needed, *sizes))
    found = ctypes.cast(buffer, ctypes.POINTER(_PrinterInfo))
    return [str(found[index].name) for index in range(count.value)]


def serial_ports() -> list[str]:
    """Return the COM ports that exist, as paths that can be opened like a file."""
    kernel = _library("kernel32")
    answer = ctypes.create_unicode_buffer(1000)
    names = [f"COM{number}" for number in range(1, 33)]
    return [f"\\\\.\\{name}" for name in names if kernel.QueryDosDeviceW(name, answer, 1000)]


def to_spooler(data: bytes, queue: str) -> None:
    """Hand ``data`` to the queue as a RAW job; raises ``OSError`` with the system's reason."""
    spooler = _library("winspool.drv")
    handle = c_void_p()
    _must(spooler.OpenPrinterW(c_wchar_p(queue), ctypes.byref(handle), None))
    try:
        document = _Document("PerpusDesk", None, "RAW")
        _must(spooler.StartDocPrinterW(handle, c_int(1), ctypes.byref(document)))
        try:
            _must(spooler.StartPagePrinter(handle))
            _write(spooler, handle, data)
            _must(spooler.EndPagePrinter(handle))
        finally:
            spooler.EndDocPrinter(handle)
    finally:
        spooler.ClosePrinter(handle)


def _write(spooler: Any, handle: c_void_p, data: bytes) -> None:
    written = c_uint32(0)
    _must(spooler.WritePrinter(handle, data, c_uint32(len(data)), ctypes.byref(written)))
    if written.value != len(data):
        raise OSError(f"{written.value} / {len(data)} bytes")
