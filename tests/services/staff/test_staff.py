"""The accounts of staff: who may change what, what a PIN opens, and what other devices do to it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.decisions import Reason
from perpusdesk.protocol.recovery_code import new_code, public_of
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import charge
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.staff import pins
from perpusdesk.services.staff.recover_account import recover_account, who_may_recover
from perpusdesk.services.staff.shift import still_here, take_over
from perpusdesk.services.staff.sign_in import by_card, change_own, sign_in, sign_out
from perpusdesk.services.staff.staff import (
    StaffForm,
    StaffLine,
    add_staff,
    deactivate,
    edit_staff,
    find_staff,
    reactivate,
    remove_pin,
    set_pin,
    staff_lines,
)
from perpusdesk.services.undo import undo

PIN, OTHER_PIN = "482913", "905172"


pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def elsewhere(small: SmallLibrary, tmp_path: Path) -> Iterator[Desk]:
    """The head's desk on another device that knows the same."""
    desk = another_device(small, tmp_path / "elsewhere", "Cabang")
    desk.staff = small.staff["head"]
    yield desk
    desk.library.close()


def line_of(desk: Desk, person: UUID) -> StaffLine:
    return next(line for line in staff_lines(desk) if line.id == person)


def person_of(desk: Desk, name: str, role: str, pin: str = "") -> UUID:
    return value_of(add_staff(desk, StaffForm(name, role), pin))


def use_pins(head: Desk) -> None:
    """The head chooses the first PIN."""
    assert head.staff is not None
    value_of(set_pin(head, head.staff, PIN))


# -- rights -----------------------------------------------------------------------------------


def test_people_are_managed_by_those_with_the_right_alone(small: SmallLibrary, desk: Desk) -> None:
    volunteer = small.staff["volunteer"]
    for answer in (
        add_staff(desk, StaffForm("Wati Contoh")),
        edit_staff(desk, volunteer, StaffForm("Wati Contoh", "head")),
        deactivate(desk, volunteer),
        set_pin(desk, volunteer, PIN),
        remove_pin(desk, volunteer),
    ):
        assert refusal_of(answer, Reason.RIGHT_MISSING).facts == {"right": "staff"}
    assert line_of(desk, volunteer).role == "volunteer"


def test_a_right_is_given_taken_away_and_limited_to_a_branch(
    small: SmallLibrary, head: Desk
) -> None:
    person = small.staff["desk"]
    pusat, van = small.branches["pusat"], small.branches["van"]
    form = StaffForm("Petugas Contoh", "desk", frozenset({"members", "override"}), frozenset({van}))
    value_of(edit_staff(head, person, form, why="pindah ke mobil"))
    line = line_of(head, person)
    assert line.more == {"override"}
    assert line.less == {"money", "backdate", "catalogue", "settle"}
    assert small.desk("desk", "van").may("override")
    assert not small.desk("desk", "pusat").may("override"), "its rights hold at the van"
    member = small.members["A0001"]
    assert refusal_of(charge(small.desk("desk", "van"), member, 500, "x"), Reason.RIGHT_MISSING)
    assert pusat != van


def test_nobody_gives_what_he_does_not_have_nor_judges_who_has_more(
    small: SmallLibrary, head: Desk
) -> None:
    some = frozenset({"staff", "members"})
    helper = value_of(add_staff(head, StaffForm("Wati Contoh", "desk", some)))
    theirs = Desk(small.library, head.branch, helper)
    value_of(add_staff(theirs, StaffForm("Anggota Baru", "volunteer")))
    refusal_of(add_staff(theirs, StaffForm("Kepala Dua", "head")), Reason.RIGHTS_BEYOND_OWN)
    own = StaffForm("Wati Contoh", "head")
    refusal_of(edit_staff(theirs, helper, own), Reason.RIGHTS_BEYOND_OWN)
    refusal_of(deactivate(theirs, small.staff["head"]), Reason.RIGHTS_BEYOND_OWN)


def test_the_last_who_manages_staff_stays(small: SmallLibrary, head: Desk) -> None:
    person = small.staff["head"]
    refusal_of(deactivate(head, person), Reason.LAST_ADMINISTRATOR)
    demoted = StaffForm("Kepala Contoh", "desk")
    refusal_of(edit_staff(head, person, demoted), Reason.LAST_ADMINISTRATOR)
    at_one = StaffForm("Kepala Contoh", "head", None, frozenset({small.branches["van"]}))
    refusal_of(edit_staff(head, person, at_one), Reason.LAST_ADMINISTRATOR)
    second = person_of(head, "Wati Contoh", "administrator")
    value_of(deactivate(head, person))
    value_of(reactivate(Desk(small.library, head.branch, second), person))


def test_the_first_pin_is_for_who_manages_staff(small: SmallLibrary, head: Desk) -> None:
    refusal_of(set_pin(head, small.staff["desk"], PIN), Reason.ADMINISTRATOR_FIRST)
    use_pins(head)
    value_of(set_pin(head, small.staff["desk"], OTHER_PIN))
    refusal_of(remove_pin(head, small.staff["head"]), Reason.LAST_ADMINISTRATOR)


def test_undoing_is_no_way_round_the_rules(small: SmallLibrary, head: Desk) -> None:
    added = add_staff(head, StaffForm("Wati Contoh", "administrator"))
    second = value_of(added)
    theirs = Desk(small.library, head.branch, second)
    value_of(edit_staff(theirs, small.staff["head"], StaffForm("Kepala Contoh", "desk")))
    refusal_of(undo(head, added.action), Reason.RIGHT_MISSING)
    refusal_of(undo(theirs, added.action), Reason.LAST_ADMINISTRATOR)
    assert second in theirs.people


def test_an_edit_of_nothing_writes_nothing(small: SmallLibrary, head: Desk) -> None:
    answer = edit_staff(head, small.staff["desk"], StaffForm(" Petugas  Contoh ", "desk"))
    assert value_of(answer) and answer.action is None
    refusal_of(edit_staff(head, small.staff["desk"], StaffForm(" ")), Reason.NAME_MISSING)


def test_a_card_belongs_to_one_person_and_to_no_member_or_copy(
    small: SmallLibrary, head: Desk
) -> None:
    person = value_of(add_staff(head, StaffForm("Wati Contoh", "desk", card="P-0001")))
    taken = StaffForm("Lain Contoh", card="p-0001")
    assert refusal_of(add_staff(head, taken), Reason.STAFF_CARD_TAKEN).facts == {
        "name": "Wati Contoh"
    }
    for card in ("A0001", "B0001"):
        refusal_of(add_staff(head, StaffForm("Lain", card=card)), Reason.STAFF_CARD_TAKEN)
    found = by_card(head, " p-0001 ")
    assert found is not None and found.id == person
    assert [line.id for line in find_staff(head, "P-0001")] == [person]


# -- signing in -------------------------------------------------------------------------------


def test_with_a_pin_in_use_nothing_is_written_until_somebody_signed_in(
    small: SmallLibrary, head: Desk
) -> None:
    use_pins(head)
    fresh = open_desk(small.library)
    assert fresh.staff is None
    with pytest.raises(KnownError) as nobody:
        lend(fresh, small.members["A0001"], small.copies["B0001"])
    assert nobody.value.fault is Fault.NOT_SIGNED_IN
    assert take_over(fresh, small.staff["desk"]) is None, "nobody comes in past the PIN"
    assert take_over(fresh, small.staff["head"]) is None
    refusal_of(sign_in(fresh, small.staff["desk"], PIN), Reason.PIN_MISSING)
    value_of(sign_in(fresh, small.staff["head"], PIN))
    value_of(lend(fresh, small.members["A0001"], small.copies["B0001"]))
    sign_out(fresh)
    with pytest.raises(KnownError):
        lend(fresh, small.members["A0001"], small.copies["B0002"])


def test_a_library_without_pins_goes_on_as_ever(small: SmallLibrary, head: Desk) -> None:
    assert take_over(head, small.staff["desk"]) is not None
    assert open_desk(small.library).staff == small.staff["desk"]
    assert not head.pins_in_use


def test_wrong_pins_slow_down_on_this_device_also_after_a_restart(
    small: SmallLibrary, head: Desk
) -> None:
    use_pins(head)
    person = small.staff["head"]
    for seconds in (0, 0, 10):
        refused = refusal_of(sign_in(head, person, "111222"), Reason.PIN_WRONG)
        assert refused.facts["seconds"] == seconds
    again = open_desk(small.library)
    assert refusal_of(sign_in(again, person, PIN), Reason.SIGN_IN_WAIT).facts["seconds"] == 10
    small.time.passes(seconds=4)
    assert refusal_of(sign_in(again, person, PIN), Reason.SIGN_IN_WAIT).facts["seconds"] == 6
    small.time.passes(seconds=6)
    refusal_of(sign_in(again, person, "111222"), Reason.PIN_WRONG)
    small.time.passes(seconds=20)
    value_of(sign_in(again, person, PIN))
    refused = refusal_of(sign_in(again, person, "111222"), Reason.PIN_WRONG)
    assert refused.facts["seconds"] == 0, "a right one forgets the wrong ones"


def test_a_wait_is_never_for_ever_whatever_the_clock_does(small: SmallLibrary, head: Desk) -> None:
    use_pins(head)
    person = small.staff["head"]
    small.library.put_local(f"tries/{person.hex}", f"500@{small.library.now_ms() + 10**11}")
    assert refusal_of(sign_in(head, person, PIN), Reason.SIGN_IN_WAIT).facts["seconds"] == 300
    small.time.passes(minutes=5)
    value_of(sign_in(head, person, PIN))


def test_a_clock_set_back_saves_nobody_the_wait(small: SmallLibrary, head: Desk) -> None:
    use_pins(head)
    person = small.staff["head"]
    for _again in range(5):
        sign_in(head, person, "111222")
        small.time.passes(seconds=41)
    refusal_of(sign_in(head, person, "111222"), Reason.PIN_WRONG)
    wait = refusal_of(sign_in(head, person, PIN), Reason.SIGN_IN_WAIT).facts["seconds"]
    small.time.passes(hours=-2)
    assert refusal_of(sign_in(head, person, PIN), Reason.SIGN_IN_WAIT).facts["seconds"] == wait


def test_a_pin_given_by_another_is_changed_at_the_first_sign_in(
    small: SmallLibrary, head: Desk
) -> None:
    use_pins(head)
    person = person_of(head, "Wati Contoh", "desk", OTHER_PIN)
    assert line_of(head, person).to_change
    theirs = open_desk(small.library)
    refusal_of(sign_in(theirs, person, OTHER_PIN), Reason.PIN_TO_CHANGE)
    assert theirs.staff is None
    refusal_of(sign_in(theirs, person, OTHER_PIN, OTHER_PIN), Reason.PIN_WEAK)
    refusal_of(sign_in(theirs, person, OTHER_PIN, "123456"), Reason.PIN_WEAK)
    value_of(sign_in(theirs, person, OTHER_PIN, "371940"))
    assert theirs.staff == person and not line_of(head, person).to_change
    refusal_of(change_own(theirs, OTHER_PIN, "552093"), Reason.PIN_WRONG)
    value_of(change_own(theirs, "371940", "552093"))
    value_of(sign_in(open_desk(small.library), person, "552093"))
    refusal_of(set_pin(head, small.staff["head"], "660412"), Reason.PIN_OWN)


def test_the_secret_is_kept_as_a_phc_string_and_anew_when_parameters_change(
    small: SmallLibrary, head: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_pins(head)
    person = small.staff["head"]
    kept = small.library.value("select secret from staff where id = ?", person.bytes)
    assert kept.startswith("$argon2id$v=19$m=64,t=1,p=1$") and PIN not in kept
    monkeypatch.setattr(pins, "_HASHER", pins.PasswordHasher(1, 128, 1))
    value_of(sign_in(head, person, PIN))
    kept = small.library.value("select secret from staff where id = ?", person.bytes)
    assert kept.startswith("$argon2id$v=19$m=128")
    value_of(sign_in(head, person, PIN))


def test_a_secret_fits_however_the_keyboard_composed_it() -> None:
    assert pins.fits(pins.sealed("ka\u0301ta sandi"), "k\u00e1ta sandi ")
    assert not pins.fits(pins.sealed(PIN), OTHER_PIN)
    assert not pins.fits("no hash at all", PIN)


def test_the_recovery_code_lets_in_who_manages_staff(small: SmallLibrary, head: Desk) -> None:
    use_pins(head)
    person, seed = small.staff["head"], secrets.token_bytes(16)
    fresh = open_desk(small.library)
    code = new_code(seed)
    refusal_of(recover_account(fresh, person, code, "371940"), Reason.RECOVERY_CODE_WRONG)
    small.setting("recovery_key", public_of(seed).hex())
    assert [one.id for one in who_may_recover(fresh)] == [person]
    refusal_of(recover_account(fresh, small.staff["desk"], code, "371940"), Reason.RIGHT_MISSING)
    other = new_code(secrets.token_bytes(16))
    refusal_of(recover_account(fresh, person, other, "371940"), Reason.RECOVERY_CODE_WRONG)
    refusal_of(recover_account(fresh, person, code, "123456"), Reason.PIN_WEAK)
    assert fresh.staff is None
    value_of(recover_account(fresh, person, code.lower().replace("-", " "), "371940"))
    assert fresh.staff == person
    refusal_of(sign_in(fresh, person, PIN), Reason.PIN_WRONG)
    value_of(sign_in(fresh, person, "371940"))


def test_the_server_acts_without_staff(small: SmallLibrary, head: Desk) -> None:
    use_pins(head)
    nobody = open_desk(small.library)
    assert not nobody.attended
    own = UUID(bytes=small.library.device)
    small.change("device", own, role="server", certificate=b"certified", key=b"key")
    assert nobody.is_server and nobody.attended
    small.change("device", own, role="desk")
    assert not nobody.attended


def test_what_is_done_says_who_where_and_when(small: SmallLibrary, desk: Desk, head: Desk) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    value_of(charge(desk, small.members["A0001"], 500, "x"))
    value_of(edit_staff(head, small.staff["desk"], StaffForm("Wati", card="P-1"), "kartu baru"))
    ops = [op for op in small.library.all_ops() if op.verb != "set_up"]
    assert {op.staff for op in ops} == {small.staff["desk"], small.staff["head"]}
    assert {op.branch for op in ops} == {small.branches["pusat"]}
    assert {(op.at, op.zone) for op in ops} == {(small.library.now_ms(), 420)}
    assert [op.payload["why"] for op in ops if op.verb == "edit_staff"] == ["kartu baru"]


# -- several devices --------------------------------------------------------------------------


def test_a_closed_account_can_do_nothing_on_a_device_that_heard_of_it(
    small: SmallLibrary, head: Desk, elsewhere: Desk
) -> None:
    elsewhere.staff = small.staff["desk"]
    value_of(lend(elsewhere, small.members["A0001"], small.copies["B0001"]))
    value_of(deactivate(head, small.staff["desk"], "tidak bekerja lagi"))
    value_of(lend(elsewhere, small.members["A0001"], small.copies["B0002"]))  # not heard yet
    exchange(head, elsewhere)
    with pytest.raises(KnownError) as closed:
        lend(elsewhere, small.members["A0001"], small.copies["B0003"])
    assert closed.value.fault is Fault.STAFF_REVOKED
    assert not still_here(elsewhere) and elsewhere.staff is None and still_here(elsewhere)
    open_loans = 'select count(*) from loan where "end" = 0'
    assert elsewhere.library.value(open_loans) == 2, "what was done stays done"
    value_of(reactivate(head, small.staff["desk"]))
    exchange(head, elsewhere)
    assert take_over(elsewhere, small.staff["desk"]) is not None


def test_an_action_begun_before_the_account_was_closed_is_not_written_after(
    small: SmallLibrary, head: Desk
) -> None:
    theirs = small.desk()
    action = theirs.action("write_note")
    action.set("member", small.members["A0001"], {"note": "x"})
    value_of(deactivate(head, small.staff["desk"]))
    with pytest.raises(KnownError):
        theirs.commit(action)


def test_a_pin_given_on_one_device_opens_the_other(
    small: SmallLibrary, head: Desk, elsewhere: Desk
) -> None:
    use_pins(head)
    exchange(head, elsewhere)
    fresh = open_desk(elsewhere.library)
    assert fresh.staff is None
    value_of(sign_in(fresh, small.staff["head"], PIN))


def test_two_who_close_each_others_accounts_leave_one_who_can_mend_it(
    small: SmallLibrary, head: Desk, elsewhere: Desk
) -> None:
    use_pins(head)
    first = small.staff["head"]
    second = person_of(head, "Wati Contoh", "administrator", OTHER_PIN)
    exchange(head, elsewhere)
    elsewhere = Desk(elsewhere.library, head.branch, second)
    small.time.passes(minutes=1)
    value_of(deactivate(head, second))
    small.time.passes(minutes=1)
    value_of(deactivate(elsewhere, first))
    exchange(head, elsewhere)
    for desk in (head, elsewhere):
        assert set(desk.people) >= {first} and second not in desk.people
        line = line_of(desk, first)
        assert line.stands_in, "its closing came last, by somebody whose account was closed then"
        assert desk.pins_in_use
    fresh = open_desk(elsewhere.library)
    value_of(sign_in(fresh, first, PIN))
    value_of(reactivate(fresh, first))
    exchange(head, fresh)
    assert not line_of(head, first).stands_in and line_of(head, first).active
    value_of(reactivate(head, second))
    value_of(deactivate(head, second))


def test_two_who_demote_each_other_leave_one_too_and_its_new_pin_counts(
    small: SmallLibrary, head: Desk, elsewhere: Desk
) -> None:
    use_pins(head)
    first = small.staff["head"]
    second = person_of(head, "Wati Contoh", "administrator")
    value_of(set_pin(head, second, OTHER_PIN, to_change=False))
    small.setting("recovery_key", public_of(bytes(16)).hex())
    exchange(head, elsewhere)
    elsewhere = Desk(elsewhere.library, head.branch, second)
    small.time.passes(minutes=1)
    value_of(edit_staff(elsewhere, first, StaffForm("Kepala Contoh", "volunteer")))
    small.time.passes(minutes=1)
    value_of(edit_staff(head, second, StaffForm("Wati Contoh", "volunteer")))
    exchange(head, elsewhere)
    for desk in (head, elsewhere):
        assert line_of(desk, second).stands_in and not line_of(desk, first).stands_in
        assert desk.people[first].account.rights == frozenset()
    fresh = open_desk(head.library)
    value_of(recover_account(fresh, second, new_code(bytes(16)), "371940"))
    sign_out(fresh)
    refusal_of(sign_in(fresh, second, OTHER_PIN), Reason.PIN_WRONG)
    value_of(sign_in(fresh, second, "371940"))
    value_of(edit_staff(fresh, second, StaffForm("Wati Contoh", "administrator")))
