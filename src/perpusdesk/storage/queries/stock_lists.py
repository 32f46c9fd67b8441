"""What a stock-take comes to: figures and lists, derived from all scans by whole sets.

The conditions of ``domain.stock_take.judge`` are said once more here in SQL, in the very order of
``PRECEDENCE``; a test holds the two together. The first scan of a copy (by id) counts, whichever
device it came from and in whichever order the scans arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.stock_take import PRECEDENCE, Figures, Outcome, Scope, StockCount
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_ms, sure_id

END_VERB: Final = "end_stock_count"
REOPEN_VERB: Final = "reopen_stock_count"

_GONE: Final = "('lost', 'missing')"
_OF_CODE: Final = (
    "(select min(c.id) from copy c where c.deleted = 0 and"
    " (c.barcode in (s.code, upper(s.code)) or c.inventory in (s.code, upper(s.code))))"
)
_KNOWN: Final = f"""
scans as materialized (
    select coalesce(s.copy, {_OF_CODE}) as copy, s.code as code, s.id as id, s.at as at,
    s."condition" as seen from stock_scan s where s.stock_count = {{count}} and s.voided = 0),
known as materialized (
    select copy, min(id) as scan, at, seen from scans where copy is not null group by copy),
nobody as materialized (
    select code, min(id) as scan from scans where copy is null group by code)
"""
_MOVED: Final = """
lent as materialized (
    select copy from loan where "end" = 0 union all
    select copy from loan where ended_at is not null and ended_at >= {start} and "end" <> 3),
travels as materialized (
    select copy from transfer where state = 'on_the_way' or ended_at >= {start})
"""
_MARKED: Final = f"""
marked as materialized (
    select distinct m.entity as copy from op e join op m on m.action = e.action
    where e.entity = {{count}} and e.verb = '{END_VERB}' and m.type = 'copy'
    and not exists (select 1 from op u where u.entity = e.action and u.kind = 'action.undone')
    and e.clock > coalesce((select max(r.clock) from op r where r.entity = {{count}}
        and r.verb = '{REOPEN_VERB}' and not exists (select 1 from op u
            where u.entity = r.action and u.kind = 'action.undone')), 0))
"""
_FITS: Final = """
fits as materialized (
    select t.id as id from title t where shelf_key(t.call_number) {within}),
"""
_IN_RANGE: Final = (
    "coalesce(case when coalesce(c.call_number, '') = '' then c.title in (select id from fits)"
    " else shelf_key(c.call_number) {within} end, 0)"
)
"""Far fewer titles than copies have a call number to look at."""
_CONDITIONS: Final = {
    Outcome.UNKNOWN: "c.id is null or c.deleted = 1",
    Outcome.WITHDRAWN: "k.seen = 'withdrawn'",
    Outcome.LOST: (
        f"coalesce(k.seen, '') in {_GONE} or (c.\"condition\" in {_GONE} and {{late}}"
        " and not exists (select 1 from loan l where l.copy = c.id and l.lent_at > k.at))"
    ),
    Outcome.ON_LOAN: (
        "c.id in (select copy from lent) and exists (select 1 from loan l where l.copy = c.id"
        ' and l."end" <> 3 and l.lent_at <= k.at and (l.ended_at is null or l.ended_at > k.at))'
    ),
    Outcome.ON_ITS_WAY: (
        "c.id in (select copy from travels) and exists (select 1 from transfer r"
        " where r.copy = c.id and r.sent_at <= k.at and (r.ended_at is null or r.ended_at > k.at))"
    ),
    Outcome.WRONG_BRANCH: "c.branch is not {branch}",
    Outcome.MISPLACED: "not ({belongs})",
}


class _Question:
    """The parts of the query of one count, with its values under numbers."""

    def __init__(self, count: StockCount) -> None:
        self.values: list[Any] = []
        self.count, self.open = count, count.ended is None
        self._fits = ""
        self.places = {
            "count": self.put(count.id.bytes),
            "start": self.put(as_ms(count.started)),
            "branch": self.put(count.scope.branch.bytes),
            "newest": self.put(_first_id_after(as_ms(count.started))),
            "late": "1" if self.open else "c.id in (select copy from marked)",
        }
        self.places["belongs"] = self._belongs(count.scope)

    def put(self, value: Any) -> str:
        """Take a value in; return the number it goes by."""
        self.values.append(value)
        return f"?{len(self.values)}"

    def _belongs(self, scope: Scope) -> str:
        parts = []
        if not scope.shelves.everything:
            within = "between {} and {}".format(*map(self.put, scope.shelves.keys))
            self._fits = _FITS.format(within=within)
            parts.append(_IN_RANGE.format(within=within))
        if scope.kinds:
            kinds = ", ".join(self.put(kind.bytes) for kind in sorted(scope.kinds))
            parts.append(f"coalesce(c.kind, x'') in ({kinds})")
        if scope.locations:
            names = ", ".join(map(self.put, sorted(scope.locations)))
            parts.append(f"trim(coalesce(c.location, '')) in ({names})")
        return " and ".join(parts) or "1"

    @property
    def basis(self) -> str:
        """Return what every list is made of: ``known``, ``lent``, ``travels``, ``marked``.

        SQLite wants every value to be named somewhere; ``given`` does.
        """
        given = ", ".join(f"?{number}" for number in range(1, len(self.values) + 1))
        parts = f"with given as (values ({given})), {self._fits}{_KNOWN}, {_MOVED}, {_MARKED}"
        return parts.format(**self.places)

    @property
    def counted(self) -> str:
        """Return a select of each scanned copy with its outcome."""
        cases = " ".join(
            f"when {_CONDITIONS[outcome]} then '{outcome.value}'" for outcome in PRECEDENCE
        ).format(**self.places)
        return (
            f"select k.copy as copy, k.scan as scan, case {cases} else 'found' end as outcome,"
            " c.title as title_id, nullif(c.call_number, '') as own_call"
            " from known k left join copy c on c.id = k.copy"
            " union all select null, scan, 'unknown', null, null from nobody"
        )

    @property
    def not_scanned(self) -> str:
        """Return a select of what should be there and was not scanned; ``away``: is not missed.

        What came to the library after the count began is not expected.
        """
        return (
            "select c.id as copy, c.id in (select copy from lent)"
            " or c.id in (select copy from travels)"
            " or c.id in (select copy from hold where state = 'ready' and copy is not null)"
            " or c.id in (select copy from reading where at >= {start} and voided = 0"
            " and copy is not null) as away, c.title as title_id,"
            " nullif(c.call_number, '') as own_call, c.location as location,"
            " c.barcode as barcode from copy c"
            " where c.deleted = 0 and c.branch is {branch} and {belongs}"
            " and coalesce(c.\"condition\", 'good') in ('good', 'damaged') and c.id < {newest}"
            " and c.id not in (select copy from known)"
        ).format(**self.places)

    @property
    def missing(self) -> str:
        """Return a select of the missing copies: of an ended count those that it marked."""
        if self.open:
            return f"select * from ({self.not_scanned}) where not away"
        return (
            "select c.id as copy, 0 as away, c.title as title_id,"
            " nullif(c.call_number, '') as own_call, c.location as location,"
            " c.barcode as barcode from marked m join copy c on c.id = m.copy"
            " where m.copy not in (select copy from known)"
        )


def _first_id_after(at: int) -> bytes:
    """Return an id above all that were made up to a Unix ms (ids are UUIDv7)."""
    return (at + 1).to_bytes(6, "big") + bytes(10)


_CALL: Final = "coalesce(own_call, t.call_number, '')"


def figures(library: Library, count: StockCount) -> Figures:
    """Return how a count stands with all scans that this device knows."""
    asked = _Question(count)
    rest = asked.not_scanned if asked.open else asked.missing
    query = (
        f"{asked.basis} select outcome, count(*) from ({asked.counted}) group by 1 union all"
        f" select case when away then 'away' else 'missing' end, count(*) from ({rest}) group by 1"
    )
    found = {str(name): int(number) for name, number in library.rows(query, *asked.values)}
    if not asked.open and count.figures is not None:
        found["away"] = count.figures.away
    return Figures(**found)


def scan_ids(
    library: Library, count: StockCount, outcomes: Sequence[Outcome] = ()
) -> list[tuple[UUID, Outcome]]:
    """Return the scans with one of some outcomes (none named: all), the newest first."""
    asked = _Question(count)
    wanted = ", ".join(asked.put(outcome.value) for outcome in outcomes)
    which = f" where outcome in ({wanted})" if wanted else ""
    query = f"{asked.basis} select scan, outcome from ({asked.counted}){which} order by scan desc"
    return [(sure_id(scan), Outcome(came)) for scan, came in library.rows(query, *asked.values)]


def still_gone(library: Library, count: StockCount) -> list[UUID]:
    """Return the copies that were counted although they are recorded as lost or missing."""
    asked = _Question(count)
    query = (
        f"{asked.basis} select c.id from ({asked.counted}) k join copy c on c.id = k.copy"
        f" where outcome = 'lost' and c.\"condition\" in {_GONE}"
    )
    return [sure_id(row[0]) for row in library.rows(query, *asked.values)]


def missing_ids(library: Library, count: StockCount) -> list[UUID]:
    """Return the missing copies in the order of the shelves."""
    asked = _Question(count)
    query = (
        f"{asked.basis} select copy from ({asked.missing}) m left join title t on t.id = m.title_id"
        f" order by trim(coalesce(location, '')), shelf_key({_CALL}), barcode, copy"
    )
    return [sure_id(row[0]) for row in library.rows(query, *asked.values)]


def missing_set(library: Library, count: StockCount) -> list[UUID]:
    """Return the missing copies in any order: quicker than ``missing_ids``."""
    asked = _Question(count)
    query = f"{asked.basis} select copy from ({asked.missing})"
    return [sure_id(row[0]) for row in library.rows(query, *asked.values)]


def by_class(library: Library, count: StockCount) -> dict[str, tuple[int, int]]:
    """Return found and missing copies by the first two letters of class or call number."""
    asked = _Question(count)
    start = f"substr(coalesce(nullif(upper(trim(t.classification)), ''), shelf_key({_CALL})), 1, 2)"
    query = (
        f"{asked.basis} select {start}, sum(found), sum(missing) from ("
        "select title_id, own_call, sum(found) as found, sum(1 - found) as missing from ("
        f"select title_id, own_call, 1 as found from ({asked.counted}) where outcome = 'found'"
        f" union all select title_id, own_call, 0 from ({asked.missing}))"
        " group by title_id, own_call) left join title t on t.id = title_id group by 1"
    )
    rows = library.rows(query, *asked.values)
    return {start or "": (int(found), int(lost)) for start, found, lost in rows}


def marked_missing(library: Library, count: StockCount) -> list[UUID]:
    """Return what the end of a count marked as missing and what is recorded so until now."""
    asked = _Question(count)
    query = (
        f"{asked.basis} select c.id from marked m join copy c on c.id = m.copy"
        " where c.deleted = 0 and c.\"condition\" = 'missing'"
    )
    return [sure_id(row[0]) for row in library.rows(query, *asked.values)]
