"""What was exchanged and what was refused, and what contradictions are; no personal data."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response

from perpusdesk.common.formats import number
from perpusdesk.services.conflicts.conflict_list import open_conflicts
from perpusdesk.services.wording.conflict_sides import kind_name
from perpusdesk_server.admin import fleet, words
from perpusdesk_server.admin.door import Visit
from perpusdesk_server.admin.reasons import reason_text

_MOST = 200


def log(visit: Visit) -> Response:
    """Show the last exchanges and refusals."""
    known = fleet.read(visit.house, visit.now_ms)
    only_refused = visit.query.get("only") == "refused"
    names = {row.seen.id.bytes: row for row in known.rows}
    lines = [
        {
            "at": words.moment(one.at_ms, known.zone),
            "ago": words.ago(one.at_ms, visit.now_ms),
            "row": names.get(one.device or b""),
            "came": words.size(one.came),
            "went": words.size(one.went),
            "reason": reason_text(one.reason) if one.reason else "",
            "count": number(one.count) if one.count > 1 else "",
        }
        for one in visit.house.log(_MOST)
        if one.reason or not only_refused
    ]
    return visit.page(
        "log.html", lines=lines, only_refused=only_refused, zone=words.zone_name(known.zone)
    )


def conflicts(visit: Visit) -> Response:
    """Show how many contradictions are open, and where they are settled."""
    found = visit.house.within(lambda library: list(open_conflicts(library).values()))
    kinds = Counter(kind_name(one.kind) for one in found)
    return visit.page("conflicts.html", total=len(found), kinds=kinds.most_common())
