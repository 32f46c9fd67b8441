"""From which rows the figures of days are counted: tables, what of them counts, how parts differ.

Counting (``days``) and the list behind a figure (``storage.queries.figures``) read the same lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

DAY_MS: Final = 86_400_000
AHEAD: Final = 14 * 3_600_000
BEHIND: Final = 12 * 3_600_000
"""The furthest that local clocks are from UTC."""

_STOP: Final = (
    "ifnull((select s.stop from stop_session s where s.branch = r.{branch} and s.started <= r.{at}"
    " and (s.ended is null or r.{at} < s.ended) and s.deleted = 0"
    " and (r.{at} + r.{zone} * 60000) / 86400000 in"
    " ((s.started + s.zone * 60000) / 86400000, (s.ended + s.zone * 60000) / 86400000)"
    " order by s.started desc limit 1), x'')"
)
_LOCAL: Final = "(r.{at} + r.{zone} * 60000)"
_HOUR: Final = f"printf('%d-%02d', ({_LOCAL} / 86400000 + 3) % 7, ({_LOCAL} % 86400000) / 3600000)"
_CLASS: Final = "main_class(coalesce(nullif(c.call_number, ''), t.call_number), t.classification)"


@dataclass(frozen=True, slots=True)
class Source:
    """Rows ``r`` of a table (with what is joined to them), each on one day at one branch.

    ``counts``: which rows do; ``columns`` by name; ``measures``: of each the column of its key
    (``""``: none) and what is summed over the columns.
    """

    table: str
    counts: str
    columns: Mapping[str, str]
    measures: Mapping[str, tuple[str, str]]
    at: str = "at"
    zone: str = "zone"
    branch: str = "branch"
    own_stop: str = ""

    def say(self, text: str) -> str:
        """Return SQL with the names of this table's moments and branch in it."""
        return text.format(at=self.at, zone=self.zone, branch=self.branch)

    @property
    def local_day(self) -> str:
        """The day of a row by the clock of its zone (days since 1970)."""
        return self.say(f"{_LOCAL} / 86400000")

    @property
    def place(self) -> str:
        """The branch of a row; empty where it is unknown."""
        return self.say("ifnull(r.{branch}, x'')")

    @property
    def stop(self) -> str:
        """The stop of a van that a row belongs to; empty where there is none."""
        return self.own_stop or self.say(_STOP)

    def column(self, name: str) -> str:
        """Return the SQL of a column."""
        return self.say(self.columns[name])

    @property
    def within(self) -> str:
        """Whether a row is between the moments ``?1`` and ``?2``, given with room for zones."""
        return self.say("r.{at} >= ?1 and r.{at} < ?2")


_WHAT: Final = " left join copy c on c.id = r.copy left join title t on t.id = "
_COUNT: Final = "count(*)"
_PEOPLE: Final = "sum(people)"


def _profile(*names: str) -> dict[str, tuple[str, str]]:
    return {f"visits.{name}": (name, _PEOPLE) for name in names}


_VISITS: Final = Source(
    "visit r",
    "r.voided = 0",
    {
        "people": "r.people",
        **{name: f"r.{name}" for name in ("sex", "age", "occupation", "education", "purpose")},
        "room": "lower(hex(r.room))",
        "hour": _HOUR,
        "category": "lower(hex(r.category))",
        "known": "(r.member is not null or r.category is not null)",
    },
    {
        "visits": ("", _PEOPLE),
        "visits.members": ("", "sum(people * known)"),
        **_profile("sex", "age", "occupation", "education", "purpose", "room", "hour", "category"),
    },
)
_GROUPS: Final = Source(
    "visit r left join party p on p.id = r.party",
    "r.voided = 0 and r.party is not null",
    {"people": "r.people", "party": "r.party", "level": "p.level"},
    {
        "groups": ("", "count(distinct party)"),
        "groups.people": ("", _PEOPLE),
        "groups.level": ("level", "count(distinct party)"),
    },
)
_LOANS: Final = Source(
    f"loan r{_WHAT} c.title left join member m on m.id = r.member",
    'r."end" <> 3 and r.copy is not null',
    {
        "class": _CLASS,
        "kind": "lower(hex(c.kind))",
        "category": "lower(hex(m.category))",
        "sex": "m.sex",
        "hour": _HOUR,
        "nameless": "(r.member is null)",
    },
    {
        "loans": ("", _COUNT),
        **{f"loans.{name}": (name, _COUNT) for name in ("class", "kind", "category", "sex")},
        "loans.hour": ("hour", _COUNT),
        "~nameless": ("", "sum(nameless)"),
    },
    at="lent_at",
    zone="lent_zone",
)
_ENDED: Final = Source(
    "loan r",
    'r."end" in (1, 2)',
    {"ending": 'r."end"'},
    {"returns": ("", "sum(ending = 1)"), "lost": ("", "sum(ending = 2)")},
    at="ended_at",
    zone="ended_zone",
)
_LIVE: Final = (
    "{0}.kind = 'loan.renewed' and not exists (select 1 from op v join stream w on"
    " w.number = {0}.stream where v.entity = {0}.entity and v.kind = 'void'"
    " and voids(v.payload, w.device, w.incarnation, {0}.seq))"
)
"""Whether an op is a renewal that nobody took back."""
_RENEWALS: Final = Source(
    "op r join loan l on l.id = r.entity",
    f'{_LIVE.format("r")} and l."end" <> 3 and l.copy is not null and l.renewals >='
    f" (select count(*) from op o where o.entity = r.entity and {_LIVE.format('o')}"
    " and (o.at, o.stream, o.seq) <= (r.at, r.stream, r.seq))",
    {},
    {"renewals": ("", _COUNT)},
)
_READINGS: Final = Source(
    f"reading r{_WHAT} coalesce(r.title, c.title)",
    "r.voided = 0",
    {"class": _CLASS, "kind": "lower(hex(c.kind))"},
    {
        "readings": ("", _COUNT),
        "readings.class": ("class", _COUNT),
        "readings.kind": ("kind", _COUNT),
    },
)
_TRANSFERS: Final = Source(
    "transfer r",
    "r.state <> 'cancelled' and r.copy is not null",
    {},
    {"transfers": ("", _COUNT)},
    at="sent_at",
    zone="sent_zone",
    branch="from_branch",
)
_QUESTIONS: Final = Source(
    "reference r",
    "r.voided = 0",
    {"question": "r.kind", "answered": "(r.answered = 1)", "minutes": "r.minutes"},
    {
        "questions": ("", _COUNT),
        "questions.answered": ("", "ifnull(sum(answered), 0)"),
        "questions.minutes": ("", "ifnull(sum(minutes), 0)"),
        "questions.question": ("question", _COUNT),
    },
)
_SERVICES: Final = Source(
    "service_use r",
    "r.voided = 0",
    {"service": "r.what", "people": "ifnull(r.people, 1)"},
    {"services": ("", _PEOPLE), "services.service": ("service", _PEOPLE)},
)
_ANSWERS: Final = Source(
    "answer r",
    "r.voided = 0",
    {"survey": "lower(hex(r.survey))"},
    {"answers": ("", _COUNT), "answers.survey": ("survey", _COUNT)},
)
_STOPS: Final = Source(
    "stop_session r",
    "r.deleted = 0 and r.stop is not null",
    {"minutes": "(max(ifnull(r.ended, r.started), r.started) - r.started) / 60000"},
    {"stops": ("", _COUNT), "stops.minutes": ("", "sum(minutes)")},
    at="started",
    own_stop="r.stop",
)
SOURCES: Final = (
    *(_VISITS, _GROUPS, _LOANS, _ENDED, _RENEWALS, _READINGS, _TRANSFERS, _QUESTIONS),
    *(_SERVICES, _ANSWERS, _STOPS),
)


def source_of(measure: str) -> Source:
    """Return where a measure is counted from. Raises ``KeyError``: not from days."""
    for source in SOURCES:
        if measure in source.measures:
            return source
    raise KeyError(measure)
