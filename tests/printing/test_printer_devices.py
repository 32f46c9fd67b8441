"""Raw bytes reach the printer, or a known fault says which printer and why."""

import os
import stat
from pathlib import Path

import pytest

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.printing.devices import Target, TargetKind, send, send_pdf, target_from, targets
from perpusdesk.printing.devices_windows import to_spooler

POSIX = pytest.mark.skipif(os.name != "posix", reason="device files are a POSIX thing")


def test_bytes_arrive_as_they_are(tmp_path: Path) -> None:
    data = bytes(range(256)) * 1000
    paper = tmp_path / "printer.bin"
    send(data, Target(TargetKind.FILE, str(paper)))
    assert paper.read_bytes() == data


def test_the_next_print_does_not_keep_the_last(tmp_path: Path) -> None:
    target = Target(TargetKind.FILE, str(tmp_path / "printer.bin"))
    send(b"a long first slip", target)
    send(b"second", target)
    assert (tmp_path / "printer.bin").read_bytes() == b"second"


def test_missing_printer_is_a_known_fault(tmp_path: Path) -> None:
    address = str(tmp_path / "no" / "printer")
    with pytest.raises(KnownError) as caught:
        send(b"x", Target(TargetKind.FILE, address))
    assert caught.value.fault is Fault.PRINTER
    assert caught.value.facts["target"] == address
    assert caught.value.facts["cause"]


@POSIX
def test_an_unplugged_device_does_not_become_a_file() -> None:
    address = "/dev/perpusdesk-test-printer"
    with pytest.raises(KnownError):
        send(b"x", Target(TargetKind.FILE, address))
    assert not Path(address).exists()


@POSIX
def test_a_printer_that_takes_nothing_is_given_up(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(KnownError) as caught:
            send(b"x" * 1_000_000, Target(TargetKind.FILE, str(pipe)), seconds=0.05)
    finally:
        os.close(reader)
    assert caught.value.fault is Fault.PRINTER


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


@POSIX
def test_print_system_gets_the_queue_and_the_raw_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, "lp", f'echo "$@" > {tmp_path}/arguments; cat > {tmp_path}/data')
    _program(tmp_path, "lpstat", "echo Kasir; echo EPSON-LX310")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    send(b"\x1b@slip", Target(TargetKind.CUPS, "Kasir"))
    assert (tmp_path / "arguments").read_text() == "-d Kasir -o raw\n"
    assert (tmp_path / "data").read_bytes() == b"\x1b@slip"
    assert [target.address for target in targets(tmp_path)] == ["Kasir", "EPSON-LX310"]


@POSIX
def test_what_the_print_system_says_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(
        tmp_path, "lp", "cat > /dev/null; echo 'The printer is not accepting jobs.' >&2; exit 1"
    )
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(KnownError) as caught:
        send(b"x", Target(TargetKind.CUPS, "Kasir"))
    assert caught.value.facts["cause"] == "The printer is not accepting jobs."


@POSIX
def test_without_a_print_system_there_are_the_plugged_printers_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "lp0").touch()
    (tmp_path / "lp0").touch()
    (tmp_path / "lprng").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert targets(tmp_path) == [
        Target(TargetKind.FILE, str(tmp_path / "usb" / "lp0")),
        Target(TargetKind.FILE, str(tmp_path / "lp0")),
    ]
    with pytest.raises(KnownError):
        send(b"x", Target(TargetKind.CUPS, "Kasir"))


@POSIX
def test_the_windows_spooler_elsewhere_is_a_known_fault() -> None:
    with pytest.raises(OSError, match="Windows"):
        to_spooler(b"x", "Kasir")
    with pytest.raises(KnownError):
        send(b"x", Target(TargetKind.SPOOLER, "Kasir"))


def test_target_goes_through_the_settings() -> None:
    target = Target(TargetKind.FILE, "\\\\.\\COM3")
    assert target_from(target.setting()) == target
    assert target_from("") is None
    assert target_from("fax:123") is None
    assert target_from("file:") is None


@POSIX
@pytest.mark.parametrize(
    ("page", "media"), [((210.0, 297.0), "A4"), ((175.0, 222.5), "Custom.175x222.5mm")]
)
def test_a_pdf_is_printed_unscaled_on_paper_of_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: tuple[float, float], media: str
) -> None:
    _program(tmp_path, "lp", f'echo "$@" > {tmp_path}/arguments; cat > {tmp_path}/data')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    send_pdf(b"%PDF-", "Label", page)
    assert (tmp_path / "data").read_bytes() == b"%PDF-"
    arguments = (tmp_path / "arguments").read_text()
    assert arguments.startswith("-d Label ")
    assert "-o print-scaling=none" in arguments
    assert f"-o media={media}" in arguments


@POSIX
def test_a_queue_that_refuses_a_pdf_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, "lp", "cat > /dev/null; echo 'No such queue.' >&2; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(KnownError) as caught:
        send_pdf(b"%PDF-", "Label", (210.0, 297.0))
    assert caught.value.fault is Fault.PRINTER
    assert caught.value.facts == {"target": "Label", "cause": "No such queue."}
