"""The shapes of ops that every program of format 1 knows: each is told by its number alone.

Frozen: what is here is never changed, taken out or moved. A later format may have more at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from perpusdesk.protocol.wire.templates import Template

Known = tuple[str, str, str, Template]
"""Verb, entity type, kind, template of the payload."""

_TEXT: Final = """
lend loan loan.opened copy:i member:i due:d rule:p rule_version:n
return loan loan.returned days_late:n
renew loan loan.renewed due:d rule:p rule_version:n
add_to_kit loan loan.opened copy:i member:i due:d rule:p rule_version:n kit:i
add_to_kit loan loan.opened copy:i member:i due:d rule:p rule_version:n kit:i overridden:o why:o
cancel_hold hold hold.cancelled
cancel_hold hold hold.cancelled why:o
cancel_hold hold hold.ready copy:i
cancel_hold hold hold.ready copy:i until:d
cancel_sending transfer transfer.cancelled
charge money money.entered member:i amount:n kind:o note:o
claim_returned loan loan.claimed_returned
end_claim loan loan.claim_ended
expire_holds hold hold.expired
expire_holds hold hold.ready copy:i
expire_holds hold hold.ready copy:i until:d
import hold hold.placed title:i member:i pickup:p
import loan loan.opened due:d copy:i member:i
import loan loan.renewed due:d
import loan loan.returned days_late:n
import money money.entered member:i amount:n kind:o note:o
import visit visit.counted member:i people:n
import visit visit.counted people:n institution:o
lend hold hold.filled loan:i
lend hold hold.released
lend loan loan.opened copy:i member:i due:d rule:p rule_version:n overridden:o why:o
lend transfer transfer.cancelled
lend transfer transfer.received
lend_backdated loan loan.opened copy:i member:i due:d rule:p rule_version:n
mark_copy hold hold.released
merge_titles hold hold.cancelled
merge_titles hold hold.moved title:i
payment money money.entered member:i amount:n kind:o
payment money money.entered member:i amount:n kind:o note:o
place_hold hold hold.placed title:i member:i pickup:p
place_hold hold hold.placed title:i member:i pickup:p expires:d
place_hold hold hold.placed title:i member:i pickup:p overridden:o why:o
read_on_site reading reading.counted copy:i title:i
read_on_site reading reading.counted copy:i title:i member:i
read_on_site reading reading.counted copy:i title:i overridden:o why:o
receive_copy hold hold.ready copy:i until:d
receive_copy transfer transfer.received
refund money money.entered member:i amount:n kind:o note:o
release_hold hold hold.released
remove_stock_scan stock_scan void of:1
renew loan loan.renewed due:d rule:p rule_version:n overridden:o why:o
report_damaged hold hold.released
report_damaged money money.entered member:i amount:n kind:o loan:i
report_found money money.entered member:i amount:n kind:o loan:i
report_lost loan loan.lost
report_lost loan loan.lost days_late:n
report_lost money money.entered member:i amount:n kind:o loan:i
return hold hold.ready copy:i
return hold hold.ready copy:i until:d
return loan loan.returned days_late:n fine:n
return money money.entered member:i amount:n kind:o loan:i
return transfer transfer.received
return_backdated loan loan.returned days_late:n
return_backdated loan loan.returned days_late:n fine:n
return_backdated money money.entered member:i amount:n kind:o loan:i
send_copies hold hold.released
send_copies transfer transfer.sent copy:i to:p why:o paper:o
set_aside hold hold.ready copy:i
set_aside hold hold.ready copy:i until:d
stock_scan money money.entered member:i amount:n kind:o loan:i
stock_scan stock_scan stock.counted stock_count:i code:o
stock_scan stock_scan stock.counted stock_count:i copy:i code:o
stock_scan stock_scan stock.counted stock_count:i copy:i code:o condition:o
stock_scan stock_scan stock.counted stock_count:i copy:i code:o place:o
undo hold void of:1
undo loan void of:1
undo money void of:1
undo reading void of:1
undo stock_scan void of:1
undo transfer void of:1
undo undone action.undone
undo visit void of:1
waiver money money.entered member:i amount:n kind:o note:o
add_branch branch set fields(name:o code:o kind:o zone:n)
add_copies copy set fields(title:i branch:p kind:i access:o location:o source:o supplier:o
  price:n received:d call_number:o volume:o note:o barcode:o inventory:o)
add_copies copy set fields(title:i branch:p kind:i access:o location:o source:o supplier:o
  price:o received:o call_number:o volume:o note:o barcode:o inventory:o)
add_title copy set fields(title:i branch:p kind:i access:o location:o source:o supplier:o
  price:o received:o call_number:o volume:o note:o barcode:o inventory:o)
add_to_kit kit set base(due:s) fields(due:d)
block_member block set fields(member:i kind:o reason:o since:d until:d lifted:n loan:o)
block_member block set fields(member:i kind:o reason:o since:d until:o lifted:n loan:o)
edit_copies copy set fields(location:o) base()
edit_member member set base(name:s phone:s phone_key:s) fields(name:o phone:o phone_key:o)
edit_member member set base(phone:s phone_key:s) fields(phone:o phone_key:o)
end_stock_count copy set base(condition:s) fields(condition:o)
end_stock_count stock_count set fields(ended:o figures:o)
expect_issues issue set fields(title:i subscription:i volume:o number:o date:d expected:d)
extend_membership member set base(expires:s) fields(expires:d)
lift_block block set base(lifted:s) fields(lifted:n) why:o
mark_copy copy set base(condition:s) fields(condition:o withdrawn_on:d)
mark_copy copy set base(condition:s) fields(condition:o)
merge_titles copy set base(title:s) fields(title:i)
open_kit kit set fields(member:i name:o due:o note:o)
propose_weeding copy set fields(withdrawn_why:o)
receive_copy copy set base(branch:s) fields(branch:p)
receive_issue copy set fields(issue:i)
receive_issue copy set fields(title:i branch:p kind:i access:o location:o source:o supplier:o
  price:o received:d call_number:o volume:o note:o barcode:o inventory:o)
receive_issue issue set fields(received:d)
register_member member set fields(name:o card:o category:i branch:p registered:d expires:d
  birth_date:o sex:o phone:o email:o address:o institution:o guardian_name:o guardian_relation:o
  guardian_phone:o guardian_consent:o note:o phone_key:o photo_consent:d)
register_member member set fields(name:o card:o category:i branch:p registered:d expires:d
  birth_date:o sex:o phone:o email:o address:o institution:o guardian_name:o guardian_relation:o
  guardian_phone:o guardian_consent:o note:o phone_key:o photo_consent:o)
register_member photo set fields(member:i image:o)
remove_copies copy set fields(removed_why:o)
remove_photo member set base(photo_consent:s) fields(photo_consent:o)
remove_photo photo set base(image:s) fields(image:o)
remove_title title delete base(title:s language:s material:s marc:s removed_why:s)
remove_title title set fields(removed_why:o) why:o
reopen_stock_count copy set base(condition:s) fields(condition:o)
report_damaged copy set base(condition:s) fields(condition:o)
report_found copy set base(condition:s) fields(condition:o)
report_lost block set fields(member:i kind:o reason:o since:d until:o lifted:n loan:i)
report_lost copy set base(condition:s) fields(condition:o)
report_lost copy set fields(condition:o)
report_replaced block set base(lifted:s) fields(lifted:n)
report_replaced copy set base(condition:s) fields(condition:o)
restore_found copy set base(condition:s) fields(condition:o)
return copy set base(condition:s) fields(condition:o)
set_photo member set fields(photo_consent:d)
set_photo photo set fields(member:i image:o)
start_stock_count stock_count set fields(name:o branch:p scope:o started:o)
undo block delete base(member:s kind:s reason:s since:s until:s lifted:s loan:s)
undo block set base(lifted:s) fields(lifted:n)
undo copy set base(branch:s) fields(branch:p)
undo copy set base(condition:s withdrawn_on:s withdrawn_paper:s) fields(condition:o
  withdrawn_on:o withdrawn_paper:o)
undo copy set base(condition:s withdrawn_on:s) fields(condition:o withdrawn_on:o)
undo copy set base(condition:s) fields(condition:o)
undo copy set base(location:s) fields(location:o)
undo copy set base(withdrawn_why:s) fields(withdrawn_why:o)
undo import_run import.undone kept:n
undo kit delete base(member:s name:s due:s note:s)
undo kit set base(due:s) fields(due:o)
undo member delete base(card:s name:s category:s branch:s registered:s expires:s birth_date:s
  sex:s email:s address:s)
undo member delete base(card:s name:s category:s branch:s registered:s expires:s birth_date:s
  sex:s phone:s phone_key:s email:s address:s institution:s guardian_name:s guardian_relation:s
  guardian_phone:s guardian_consent:s photo_consent:s note:s)
undo member set base(expires:s) fields(expires:d)
undo member set base(name:s phone:s phone_key:s) fields(name:o phone:o phone_key:o)
undo member set base(note:s) fields(note:o)
undo member set base(photo_consent:s) fields(photo_consent:d)
undo member set base(photo_consent:s) fields(photo_consent:o)
undo photo delete base(member:s image:s)
undo photo set base(image:s) fields(image:o)
weed_copies copy set base(condition:s) fields(condition:o withdrawn_on:d withdrawn_paper:o)
register_member member set fields(name:o card:o category:i branch:p registered:d expires:d
  birth_date:d sex:o phone:o email:o address:o institution:o guardian_name:o guardian_relation:o
  guardian_phone:o guardian_consent:o note:o phone_key:o photo_consent:o)
register_member member set fields(name:o card:o category:i branch:p registered:d expires:d
  birth_date:d sex:o phone:o email:o address:o institution:o guardian_name:o guardian_relation:o
  guardian_phone:o guardian_consent:d note:o phone_key:o photo_consent:o)
write_note member set fields(note:o)
write_note member set base(note:s) fields(note:o)
import copy set fields(barcode:o inventory:o title:i branch:p kind:i)
lend hold hold.expired
return_backdated hold hold.ready copy:i until:d
lend_backdated hold hold.filled loan:i
payment money money.entered member:i amount:n kind:o loan:i
charge money money.entered member:i amount:n kind:o loan:i note:o
waiver money money.entered member:i amount:n kind:o loan:i note:o
visit visit visit.counted member:i people:n
visit visit visit.counted people:n
"""
"""One shape a line (longer ones go on after two blanks): verb, type, kind, names with codes."""

_PART: Final = re.compile(r"([a-z_]+)\(|([a-z_]+):([a-z]|\d+)|(\))")


def _known(line: str) -> Known:
    verb, type_, kind, *rest = line.split(maxsplit=3)
    parts = (match.groups() for match in _PART.finditer(rest[0] if rest else ""))
    return verb, type_, kind, _template(parts)


def _template(parts: Iterator[tuple[Any, ...]]) -> Template:
    names, codes = [], []
    for opened, name, code, closed in parts:
        if closed:
            break
        names.append(opened or name)
        codes.append(_template(parts) if opened else int(code) if code.isdigit() else code)
    return tuple(names), tuple(codes)


KNOWN: Final[tuple[Known, ...]] = tuple(
    _known(line) for line in _TEXT.replace("\n  ", " ").strip().splitlines()
)

NUMBER_OF: Final[dict[Known, int]] = {shape: number for number, shape in enumerate(KNOWN, start=1)}
"""The number of each known shape, from 1."""
