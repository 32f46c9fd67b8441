"""Room for visitors: rooms, stops, groups, surveys, complaints, wishes, figures and their facts.

Frozen once released: then a step is never edited.
"""

from __future__ import annotations

from typing import Any

NEW_FIELDS = {"visit": "room blob, party blob, category blob"}

RECORD = (
    'create table "{name}"(rid integer primary key, id blob not null unique, {columns},'
    " clock integer not null, stream integer not null, seq integer not null, clocks blob,"
    " tombstone blob, extra blob, deleted integer not null default 0, mark integer not null)"
)

RECORDS = {
    "room": "branch blob, name text, seats integer, position integer, retired text",
    "stop": "branch blob, name text, place text, kind text, position integer, note text,"
    " retired text",
    "stop_session": "stop blob, branch blob, started integer, ended integer, zone integer,"
    " odometer_from integer, odometer_until integer, note text",
    "outsider": "member blob, name text, phone text, email text",
    "party": "branch blob, institution text, level text, contact blob, booking blob, note text",
    "booking": "branch blob, room blob, day text, starts text, ends text, institution text,"
    " level text, contact blob, people integer, letter text, purpose text, state text, why text,"
    " note text",
    "survey_draft": "name text, kind text, definition text, based_on blob, note text",
    "survey": "name text, draft blob, version blob, branch blob, service text, first_day text,"
    " last_day text, population integer, target integer, closed text, weight text, note text",
    "complaint": "kind text, category text, text text, channel text, contact blob, branch blob,"
    " service text, received text, owner blob, due text, answer text, answered text, state text,"
    " ticket text, told_public text",
    "wish": "title text, author text, isbn text, year text, note text, state text, why text,"
    " decided text, branch blob, found blob, source text",
    "improvement": "finding text, source text, source_id blob, detail text, branch blob,"
    " service text, action text, owner blob, due text, started text, result text, done text,"
    " state text, priority integer",
    "figure_entry": "measure text, branch blob, period text, value text, source text, note text",
    "report": "name text, subject text, columns blob, filters blob, ordering blob, totals blob,"
    " note text",
    "report_schedule": "report blob, pack text, every text, device blob, folder text, format text,"
    " last_period text",
    "budget": "year text, scope text, branch blob, amount integer, note text",
}

EVENT = (
    "create table {name}(rid integer primary key, id blob not null unique, {columns},"
    " branch blob, staff blob, at integer not null, zone integer not null,"
    " voided integer not null, clock integer not null, stream integer not null,"
    " seq integer not null, mark integer not null)"
)

EVENTS = {
    "survey_version": "draft blob, name text, kind text, number integer, definition text",
    "answer": "survey blob, version blob, answers text, channel text, service text",
    "reference": "kind text, topic text, minutes integer, source text, answered integer,"
    " channel text",
    "wish_vote": "wish blob, people integer, channel text",
    "service_use": "what text, people integer, title blob, note text",
    "month_close": "month text, figures text",
}

OTHERS = (
    "create index visit_party on visit(party) where party is not null",
    "create index stop_session_started on stop_session(branch, started)",
    "create index outsider_member on outsider(member)",
    "create index booking_day on booking(day)",
    "create index answer_survey on answer(survey)",
    "create index complaint_received on complaint(received)",
    "create index wish_vote_wish on wish_vote(wish)",
    "create index reference_at on reference(at)",
    "create index service_use_at on service_use(at)",
    "create index figure_entry_measure on figure_entry(measure, period)",
    "drop index op_personal",
    "create index op_personal on op(type, entity) where type in"
    " ('photo', 'block', 'kit', 'identity', 'consent', 'data_request', 'outsider')",
    "create index op_renewed on op(at) where kind = 'loan.renewed'",
    # -- of this device alone: counted from the rows, and again where a day went stale -----------
    "create table stale_day(day integer not null, branch blob not null,"
    " primary key(day, branch)) without rowid",
    "create table day_fact(day integer not null, branch blob not null, stop blob not null,"
    " measure text not null, key text not null, value integer not null,"
    " primary key(day, branch, stop, measure, key)) without rowid",
    "create table month_fact(month text not null, branch blob not null, stop blob not null,"
    " measure text not null, key text not null, value integer not null,"
    " primary key(month, branch, stop, measure, key)) without rowid",
)

DATED = {
    "visit": ("at", "zone"),
    "reading": ("at", "zone"),
    "reference": ("at", "zone"),
    "service_use": ("at", "zone"),
    "answer": ("at", "zone"),
    "transfer": ("sent_at", "sent_zone"),
    "loan": ("lent_at", "lent_zone", "ended_at", "ended_zone"),
    "stop_session": ("started", "zone", "ended", "zone"),
}
"""Where a row says on which days it counts: moments (Unix ms) and their zones (minutes)."""

TRIGGER = (
    "create trigger {table}_stale_{event} after {event} on {table} begin"
    " insert into stale_day select day, branch from ({days}) where day is not null"
    " on conflict do nothing; end"
)
DAY = (
    "select ({row}.{at} + {row}.{zone} * 60000) / 86400000 as day,"
    " ifnull({row}.{branch}, x'') as branch"
)
BRANCH = {"transfer": "from_branch"}
RENEWED = (
    "create trigger loan_renewed_stale_{event} after {event} on loan when {changed} begin"
    " insert into stale_day select (o.at + o.zone * 60000) / 86400000, ifnull(o.branch, x'')"
    " from op o where o.entity = new.id and o.kind = 'loan.renewed' on conflict do nothing; end"
)
"""A renewal stands in no row of its own; its ops are in the log before the loan's row changes."""
ROWS = {"insert": ("new",), "update": ("old", "new"), "delete": ("old",)}


def up(migrator: Any, db: Any) -> None:
    """Add it; from now on every written row says which day is to be counted anew."""
    for table, columns in NEW_FIELDS.items():
        for column in columns.split(", "):
            db.execute_sql(f'alter table "{table}" add column {column}')
    for name, columns in RECORDS.items():
        db.execute_sql(RECORD.format(name=name, columns=columns))
    for name, columns in EVENTS.items():
        db.execute_sql(EVENT.format(name=name, columns=columns))
    for statement in OTHERS:
        db.execute_sql(statement)
    for table, moments in DATED.items():
        pairs = list(zip(moments[::2], moments[1::2], strict=True))
        for event, rows in ROWS.items():
            days = " union ".join(
                DAY.format(row=row, at=at, zone=zone, branch=BRANCH.get(table, "branch"))
                for row in rows
                for at, zone in pairs
            )
            db.execute_sql(TRIGGER.format(table=table, event=event, days=days))
    for event, changed in (
        ("insert", "new.renewals > 0"),
        ("update", "new.renewals <> old.renewals"),
    ):
        db.execute_sql(RENEWED.format(event=event, changed=changed))
