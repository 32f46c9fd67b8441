"""Room for exchange: packages, certificates, peers, decisions, and what the library judged.

Frozen once released: then a step is never edited.
"""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "alter table device add column role text",
    "alter table device add column made text",
    "alter table device add column certificate blob",
    "alter table device add column revoked text",
    "alter table member add column merged_into blob",
    'create table "decision"(rid integer primary key, id blob not null unique, conflict text,'
    " answer text, note text, settled text,"
    " clock integer not null, stream integer not null, seq integer not null, clocks blob,"
    " tombstone blob, extra blob, deleted integer not null default 0, mark integer not null)",
    "create table clock_cap(rid integer primary key, id blob not null unique, device blob,"
    " incarnation blob, first_seq integer, last_seq integer, cap integer,"
    " voided integer not null, clock integer not null, stream integer not null,"
    " seq integer not null, mark integer not null)",
    "create table sighting(rid integer primary key, id blob not null unique, copy blob,"
    " branch blob, staff blob, at integer not null, zone integer not null,"
    " voided integer not null, clock integer not null, stream integer not null,"
    " seq integer not null, mark integer not null)",
    "create index sighting_copy on sighting(copy)",
    "create index op_judging on op(type, entity) where type in ('clock_cap', 'device')",
    "create index op_delete on op(type, entity) where kind = 'delete'",
    "create index decision_conflict on decision(conflict)",
    # what conflicts are looked for by: few rows each
    "create index copy_deleted on copy(id) where deleted = 1",
    "create index member_deleted on member(id) where deleted = 1",
    "create index title_deleted on title(id) where deleted = 1",
    "create index copy_lost on copy(id) where \"condition\" = 'lost'",
    "create index loan_copy_ended on loan(copy, ended_at) where ended_at is not null",
    # -- of this device alone -------------------------------------------------------------------
    "create table package(lane integer not null, arrival integer not null,"
    " stream integer not null, first_seq integer not null, last_seq integer not null,"
    " body blob not null, signature blob not null, source blob, hash blob not null,"
    " primary key(lane, arrival))",
    "create index package_stream on package(stream, last_seq)",
    "create table head(lane integer primary key, arrival integer not null, hash blob not null)",
    # a device that lost its key gets another: what it signed before is still proven by the old one
    "create table certificate(short blob not null, key blob not null, device blob not null,"
    " issued integer not null, data blob not null, primary key(short, key)) without rowid",
    "create table enrol_code(hash blob primary key, value blob not null) without rowid",
    "create table peer(id blob primary key, value blob not null) without rowid",
    "create table contact(device blob primary key, at integer not null, value blob not null)"
    " without rowid",
    "create table piece(package blob not null, start integer not null, total integer not null,"
    " data blob not null, source blob, at integer not null, primary key(package, start))"
    " without rowid",
    "create table contradiction(type text not null, entity blob not null,"
    " primary key(type, entity)) without rowid",
    "create table exchange_log(number integer primary key, at integer not null,"
    " value blob not null)",
)


def up(migrator: Any, db: Any) -> None:
    """Add it; the tables after the line are never exchanged."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
    for lane in (0, 1):
        db.execute_sql("insert into head values (?, ?, ?)", (lane, 0, bytes(8)))
