"""Room for safety: sign-in of staff, consents and requests, erasure, chains, and who saw whom.

Frozen once released: then a step is never edited.
"""

from __future__ import annotations

from typing import Any

NEW_FIELDS = {
    "staff": "secret text, card text, branches blob",
    "device": "contact_days integer",
    "member": "restricted text",
}

RECORD = (
    'create table "{name}"(rid integer primary key, id blob not null unique, {columns},'
    " clock integer not null, stream integer not null, seq integer not null, clocks blob,"
    " tombstone blob, extra blob, deleted integer not null default 0, mark integer not null)"
)

RECORDS = {
    "identity": "member blob, kind text, number text",
    "consent": "member blob, purpose text, basis text, given text, form text, given_by text,"
    " relation text, withdrawn text",
    "data_request": "member blob, name text, kind text, received text, done text, outcome text,"
    " note text",
    "breach": "noticed text, happened text, what text, people integer, how text, handling text,"
    " told text, note text",
}

EVENT = (
    "create table {name}(rid integer primary key, id blob not null unique, {columns},"
    " branch blob, staff blob, at integer not null, zone integer not null,"
    " voided integer not null, clock integer not null, stream integer not null,"
    " seq integer not null, mark integer not null)"
)

EVENTS = {
    "erasure": "member blob, reason text, carried integer",
    "history_cut": "before integer",
}

OTHERS = (
    "create index identity_member on identity(member)",
    "create index consent_member on consent(member)",
    "create index data_request_open on data_request(received) where done is null or done = ''",
    "create index erasure_member on erasure(member)",
    "create index staff_card on staff(card) where card <> ''",
    # what is one person's: few rows each
    "create index reading_member on reading(member) where member is not null",
    "create index visit_member on visit(member) where member is not null",
    "create index op_private on op(type, entity) where type in ('erasure', 'history_cut')",
    "create index op_moved on op(type, entity)"
    " where kind in ('loan.moved', 'hold.moved', 'money.moved')",
    "create index op_personal on op(type, entity) where type in"
    " ('photo', 'block', 'kit', 'identity', 'consent', 'data_request')",
    # -- of this device alone -------------------------------------------------------------------
    "create table access_log(number integer primary key, at integer not null, staff blob,"
    " member blob not null, how text not null)",
    "create index access_log_member on access_log(member, at)",
    "create table chain(stream integer not null, seq integer not null, hash blob not null,"
    " salts blob, primary key(stream, seq)) without rowid",
    "create table chain_kept(stream integer not null, seq integer not null, leaf blob not null,"
    " primary key(stream, seq)) without rowid",
    # ops that were blanked here while their packages still say all
    "create table redaction(stream integer not null, seq integer not null,"
    " announced integer not null, primary key(stream, seq)) without rowid",
    "alter table package add column redacted blob",
    "create table backup_log(number integer primary key, at integer not null, value blob not null)",
)


def up(migrator: Any, db: Any) -> None:
    """Add it; the tables after the line are never exchanged."""
    for table, columns in NEW_FIELDS.items():
        for column in columns.split(", "):
            db.execute_sql(f'alter table "{table}" add column {column}')
    for name, columns in RECORDS.items():
        db.execute_sql(RECORD.format(name=name, columns=columns))
    for name, columns in EVENTS.items():
        db.execute_sql(EVENT.format(name=name, columns=columns))
    for statement in OTHERS:
        db.execute_sql(statement)
