"""Adding copies: their numbers, what is kept for the next time, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.items import Access
from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies, last_choices, preview
from perpusdesk.services.cataloguing.copy_numbers import Number, propose, set_template, template_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries.copies import fields_of


@pytest.fixture
def new(small: SmallLibrary) -> NewCopies:
    return NewCopies(
        small.titles[0],
        count=3,
        kind=small.kinds["reference"],
        access=Access.READING_ROOM,
        location="Rak 4",
        source="Hibah",
        supplier="Warga  Contoh",
        price=45_000,
        received=date(2026, 10, 30),
    )


def test_copies_are_added_with_everything_that_was_typed(
    desk: Desk, small: SmallLibrary, new: NewCopies
) -> None:
    added = value_of(add_copies(desk, new))
    assert added.barcodes == ("B000001", "B000002", "B000003")
    assert added.inventories == ("00001/H/2026", "00002/H/2026", "00003/H/2026")
    fields = fields_of(small.library, added.copies[1])
    assert fields is not None
    shown = {name: value for name, value in fields.items() if value not in (None, "")}
    assert shown == {
        "title": small.titles[0],
        "barcode": "B000002",
        "inventory": "00002/H/2026",
        "branch": small.branches["pusat"],
        "kind": small.kinds["reference"],
        "access": "reading_room",
        "location": "Rak 4",
        "source": "Hibah",
        "supplier": "Warga Contoh",
        "price": 45_000,
        "received": "2026-10-30",
    }


def test_the_counter_of_inventory_numbers_goes_through_all_sources(
    desk: Desk, new: NewCopies
) -> None:
    value_of(add_copies(desk, new))
    bought = value_of(add_copies(desk, replace(new, count=1, source="Pembelian")))
    assert bought.inventories == ("00004/P/2026",)


def test_one_undo_takes_them_all_back_but_their_numbers_are_not_given_again(
    desk: Desk, small: SmallLibrary, new: NewCopies
) -> None:
    added = value_of(add_copies(desk, new))
    value_of(undo(desk))
    assert fields_of(small.library, added.copies[0]) is None
    assert value_of(add_copies(desk, new)).barcodes == ("B000004", "B000005", "B000006")


def test_a_first_number_that_was_typed_is_counted_on(desk: Desk, new: NewCopies) -> None:
    added = value_of(add_copies(desk, replace(new, barcode=" P-0099 ", inventory="X0023/2016")))
    assert added.barcodes == ("P-0099", "P-0100", "P-0101")
    assert added.inventories == ("X0023/2016", "X0024/2016", "X0025/2016")


def test_the_preview_is_what_is_given_and_writes_nothing(
    desk: Desk, small: SmallLibrary, new: NewCopies
) -> None:
    before = small.library.digest()
    shown = preview(desk, new)
    assert (preview(desk, new), small.library.digest()) == (shown, before)
    added = value_of(add_copies(desk, new))
    assert shown == tuple(zip(added.barcodes, added.inventories, strict=True))


def test_a_number_that_is_in_use_is_told_with_its_owner_and_may_stay(
    desk: Desk, small: SmallLibrary, new: NewCopies
) -> None:
    taken = replace(new, barcode="B0007")
    facts = refusal_of(add_copies(desk, taken), Reason.COPY_BARCODE_TAKEN).facts
    assert facts == {
        "number": "B0007",
        "title": "Menghitung Hujan",
        "branch": "Pusat",
        "copy": small.copies["B0007"],
    }
    refusal_of(
        add_copies(desk, replace(new, inventory="00003/PD/H/2026")), Reason.COPY_INVENTORY_TAKEN
    )
    assert value_of(add_copies(desk, taken, same_number=True)).barcodes[0] == "B0007"


def test_what_cannot_be(desk: Desk, new: NewCopies) -> None:
    refusal_of(add_copies(desk, replace(new, count=0)), Reason.COUNT_INVALID)
    refusal_of(add_copies(desk, replace(new, count=1000)), Reason.COUNT_INVALID)
    refusal_of(add_copies(desk, replace(new, barcode="HADIAH")), Reason.NUMBER_WITHOUT_COUNTER)
    unknown = replace(new, title=desk.library.new_id())
    refusal_of(add_copies(desk, unknown), Reason.TITLE_UNKNOWN)


def test_the_next_form_begins_with_the_last_choices(
    desk: Desk, small: SmallLibrary, new: NewCopies
) -> None:
    first = last_choices(desk)
    assert (first.branch, first.kind, first.source) == (
        desk.branch,
        small.kinds["book"],
        "Pembelian",
    )
    value_of(add_copies(desk, replace(new, branch=small.branches["van"])))
    last = last_choices(desk)
    assert (last.branch, last.kind, last.access, last.location, last.source, last.supplier) == (
        small.branches["van"],
        small.kinds["reference"],
        Access.READING_ROOM,
        "Rak 4",
        "Hibah",
        "Warga Contoh",
    )
    small.library.put_local("copies/last_choices", '{"branch": 7, "access": "x"}')
    assert last_choices(desk) == first


def test_a_branch_has_its_own_template_or_that_of_all(head: Desk, small: SmallLibrary) -> None:
    van = small.branches["van"]
    value_of(set_template(head, Number.BARCODE, "{loc}{99999}", van))
    value_of(set_template(head, Number.BARCODE, "{99999}{loc}"))
    assert template_of(head, Number.BARCODE, van) == "{loc}{99999}"
    assert template_of(head, Number.BARCODE) == "{99999}{loc}"
    added = value_of(add_copies(head, NewCopies(small.titles[0], 2, branch=van)))
    assert added.barcodes == ("MK100001", "MK100002")
    action = action_of(set_template(head, Number.BARCODE, "", van))
    assert template_of(head, Number.BARCODE, van) == "{99999}{loc}"
    value_of(undo(head, action))
    assert template_of(head, Number.BARCODE, van) == "{loc}{99999}"


def test_templates_are_checked_and_need_the_right(
    desk: Desk, head: Desk, small: SmallLibrary
) -> None:
    refusal_of(set_template(desk, Number.BARCODE, "B{999}"), Reason.RIGHT_MISSING)
    refusal_of(set_template(head, Number.BARCODE, "B"), Reason.TEMPLATE_UNUSABLE)
    refusal_of(propose(desk, Number.BARCODE, 1, template="{99}{99}"), Reason.TEMPLATE_UNUSABLE)
    small.setting("barcode_template", "broken {")
    assert template_of(desk, Number.BARCODE) == "B{999999}"


def test_a_branch_that_uses_one_number_for_both(head: Desk, small: SmallLibrary) -> None:
    for which in Number:
        value_of(set_template(head, which, "{99999}/PD/{source}/{YYYY}"))
    added = value_of(add_copies(head, NewCopies(small.titles[0], 2, source="Hibah")))
    assert added.barcodes == added.inventories == ("00021/PD/H/2026", "00022/PD/H/2026")


def test_another_device_draws_from_another_block(desk: Desk, small: SmallLibrary) -> None:
    small.change("device", UUID(bytes=small.library.device), number=3)
    added = value_of(add_copies(desk, NewCopies(small.titles[0])))
    assert added.barcodes == ("B200000",)
    assert added.inventories == ("20000/P/2026",)
