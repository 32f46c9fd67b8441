"""A new computer restores from the server by a code for the device that was lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from secrets import token_bytes

import pytest

from helpers.backups import add_members
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol.backup_store import PATH, ListWanted, encode
from perpusdesk.protocol.enrolment import EnrolFault
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.protocol.recovery_code import new_code
from perpusdesk.services.safety.backup_places import private_key
from perpusdesk.services.safety.backups import prepare, to_server
from perpusdesk.services.safety.restore_from_server import recovered, restore_from_server
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.backup.packing import PACK
from perpusdesk.storage.backup.writing import Pace
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.enrolment import NotJoined
from perpusdesk.syncing.link_faults import LinkError
from perpusdesk.syncing.replacing import Replacement, keep_replacement, replace_device
from perpusdesk_server import jobs
from perpusdesk_server.device_backups import FOLDER
from perpusdesk_server.serving import Serving
from server.lost import RECOVERY, back_up, for_device, keeping_city, lost_desk
from server.places import Branch, at_work, code_of, joined, listening

OTHER = new_code(b"fedcba9876543210")


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    return keeping_city(tmp_path / "server")


@pytest.fixture
def port(serving: Serving) -> Iterator[int]:
    with listening(serving) as found:
        yield found


@pytest.fixture
def bare(tmp_path: Path, serving: Serving, port: int) -> Iterator[Branch]:
    """A van without a backup."""
    with joined(tmp_path / "bare", code_of(serving, port, role="van"), "Mobil") as found:
        yield found


@pytest.fixture
def lost(tmp_path: Path, serving: Serving, port: int) -> Iterator[Branch]:
    with lost_desk(tmp_path / "lost", serving, port) as found:
        yield found


def replaced(code: EnrolmentCode, folder: Path) -> Replacement:
    known = replace_device(code, KeyStore(folder), post_enrolment)
    assert isinstance(known, Replacement), known
    return known


def restored(known: Replacement, folder: Path, recovery: str = RECOVERY) -> Library:
    private, link = private_key(recovery), known.link()
    assert isinstance(private, bytes)
    try:
        server = known.stores(link, folder)
        stores = recovered(server, known.joined.library, known.device, private)
        library = restore_from_server(stores, folder, KeyStore(folder), {})
        keep_replacement(library, known, KeyStore(folder))
    finally:
        link.close()
    return library


def test_the_backup_comes_back_and_the_exchange_brings_the_rest(
    lost: Branch, serving: Serving, port: int, tmp_path: Path
) -> None:
    at_backup = lost.library.digest()
    add_members(lost.library, 5)
    assert lost.exchange().done
    folder = tmp_path / "new"
    known = replaced(for_device(serving, port, lost), folder)
    library = restored(known, folder)
    assert library.device == lost.library.device
    assert library.digest() == at_backup
    with at_work(library, KeyStore(folder), known.code.server) as new:
        assert new.exchange().done
        assert serving.store(serving.member.library.digest) == library.digest()
        assert library.value("select count(*) from member") == 35
        before = library.have()
        add_members(library, 2)
        assert new.exchange().done
        grown = {stream for stream, seq in library.have().items() if before.get(stream) != seq}
        assert grown
        assert grown.isdisjoint(before)  # streams of its own: none is forked
        assert serving.store(serving.member.library.digest) == library.digest()
    with pytest.raises(LinkError) as caught:  # within the session that it had
        lost.link.fetch(PATH, encode(ListWanted("0" * 16)))
    assert caught.value.reason == "key_replaced"


def test_its_next_backup_goes_on_from_what_came(
    lost: Branch, serving: Serving, port: int, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    known = replaced(for_device(serving, port, lost), folder)
    with at_work(restored(known, folder), KeyStore(folder), known.code.server) as new:
        library = new.library
        job = prepare(open_desk(library))
        assert [one.where for one in job.plan.places][:1] == [str(tmp_path / "new.backup")]
        server = known.stores(new.link, folder)
        done = to_server(job, KeyStore(folder), server, known.code.server)
        assert [one.reason for one in done.entries] == ["", ""]
        assert all(one.new_bytes < one.bytes for one in done.entries)


def test_another_librarys_code_opens_nothing_and_the_right_one_still_does(
    lost: Branch, serving: Serving, port: int, tmp_path: Path
) -> None:
    folder, code = tmp_path / "new", for_device(serving, port, lost)
    known = replaced(code, folder)
    with pytest.raises(KnownError) as caught:
        restored(known, folder, OTHER)
    assert caught.value.fault is Fault.KEY_MISSING
    assert caught.value.facts["wrong"]
    assert not (folder / FILE_NAME).exists()
    restored(replaced(code, folder), folder).close()


def test_a_code_is_good_once_and_for_one_device(
    bare: Branch, serving: Serving, port: int, tmp_path: Path
) -> None:
    code = for_device(serving, port, bare)
    replaced(code, tmp_path / "new")
    again = replace_device(code, KeyStore(tmp_path / "thief"), post_enrolment)
    assert isinstance(again, NotJoined)
    assert again.reason is EnrolFault.CODE_USED
    usual = replace_device(code_of(serving, port), KeyStore(tmp_path / "x"), post_enrolment)
    assert isinstance(usual, NotJoined)
    assert usual.reason is EnrolFault.CODE_FOR_NEW


def test_a_code_that_is_over_gives_nothing(
    bare: Branch, serving: Serving, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = for_device(serving, port, bare)
    library = serving.member.library
    later = library.now_ms() + 25 * 3600 * 1000
    monkeypatch.setattr(library, "now_ms", lambda: later)
    over = replace_device(code, KeyStore(tmp_path / "new"), post_enrolment)
    assert isinstance(over, NotJoined)
    assert over.reason is EnrolFault.CODE_EXPIRED


def test_a_device_that_was_shut_out_gets_no_code(bare: Branch, serving: Serving) -> None:
    words = {"device": bare.library.device.hex(), "address": "https://contoh.example"}
    serving.store(lambda: jobs.revoke(serving, words))
    with pytest.raises(jobs.UnusableError) as caught:
        serving.store(lambda: jobs.enrol(serving, words))
    assert caught.value.code == "revoked"


def test_it_is_the_device_it_replaces_and_without_a_backup_nothing_is_made(
    bare: Branch, serving: Serving, port: int, tmp_path: Path
) -> None:
    known = replaced(for_device(serving, port, bare), tmp_path / "new")
    certificate = known.joined.certificate
    assert (certificate.role, certificate.name) == ("van", "Mobil")
    with pytest.raises(KnownError) as caught:
        restored(known, tmp_path / "new")
    assert caught.value.fault is Fault.PLACE_GONE
    assert not (tmp_path / "new").exists()


def test_a_damaged_backup_is_passed_over_for_the_one_before(
    lost: Branch, serving: Serving, port: int, tmp_path: Path
) -> None:
    digest = lost.library.digest()
    kept = tmp_path / "server" / FOLDER / lost.library.device.hex()
    before = {one.name for one in kept.glob(f"*/*{PACK}")}
    add_members(lost.library, 200)
    newest = back_up(lost)
    (own,) = [one for one in kept.glob(f"*/*{PACK}") if one.name not in before]
    own.write_bytes(token_bytes(own.stat().st_size))
    folder = tmp_path / "new"
    library = restored(replaced(for_device(serving, port, lost), folder), folder)
    assert library.digest() == digest
    library.close()
    assert newest not in {one.name for one in (tmp_path / "new.backup").rglob("*.backup")}


def test_a_line_that_breaks_costs_nothing_that_has_come(
    lost: Branch, serving: Serving, port: int, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    known = replaced(for_device(serving, port, lost), folder)
    private, link = private_key(RECOVERY), known.link()
    assert isinstance(private, bytes)
    stores = recovered(known.stores(link, folder), known.joined.library, known.device, private)
    with pytest.raises(KnownError) as caught:
        restore_from_server(
            stores, folder, KeyStore(folder), {}, Pace(told=lambda _share: link.stop())
        )
    assert caught.value.fault is Fault.UNREACHABLE
    assert not (folder / FILE_NAME).exists()
    restored(known, folder).close()
