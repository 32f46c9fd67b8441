"""The first schema. Frozen: a released step is never edited."""

from __future__ import annotations

from typing import Any

LOCAL = """
create table meta(key text primary key, value) without rowid;
create table local(key text primary key, value) without rowid;
create table stream(number integer primary key, device blob not null, incarnation blob not null,
    unique(device, incarnation));
create table op(stream integer not null, seq integer not null, clock integer not null,
    action blob not null, verb text not null, staff blob, branch blob, at integer not null,
    zone integer not null, kind text not null, type text not null, entity blob not null,
    payload blob not null, primary key(stream, seq)) without rowid;
create index op_entity on op(entity);
create index op_action on op(action);
create table digest(type text not null, bucket integer not null, value integer not null,
    rows integer not null, primary key(type, bucket)) without rowid;
"""

RECORD = """
create table "{name}"(rid integer primary key, id blob not null unique, {columns},
    clock integer not null, stream integer not null, seq integer not null, clocks blob,
    tombstone blob, extra blob, deleted integer not null default 0, mark integer not null);
"""

RECORDS = {
    "setting": "name text, value text",
    "branch": "name text, code text, kind text, zone integer, address text, phone text",
    "device": "name text, branch blob, number integer, key blob",
    "staff": "name text, role text, rights blob, active integer",
    "member_category": "name text, code text, membership_days integer, kit_limit integer,"
    " position integer",
    "collection_kind": "name text, code text, position integer",
    "loan_rule": "name text, lineage blob, version integer, terms blob, retired integer",
    "hours": "branch blob, weekday integer, first_day text, last_day text, opens text, closes text,"
    " break_from text, break_until text, priority integer, name text",
    "closure": "first_day text, last_day text, name text, kind text, branch blob, applies integer",
    "title": "title text, subtitle text, author text, responsibility text, other_authors text,"
    " isbn text, publisher text, place text, year text, language text, classification text,"
    " call_number text, edition text, extent text, series text, subjects text, material text,"
    " cover blob, marc blob",
    "copy": "barcode text, inventory text, title blob, branch blob, kind blob, access text,"
    ' "condition" text, price integer, source text, location text, received text, note text',
    "member": "card text, name text, category blob, branch blob, registered text, expires text,"
    " birth_date text, sex text, phone text, phone_key text, email text, address text,"
    " institution text, guardian_name text, guardian_relation text, guardian_phone text,"
    " guardian_consent text, photo_consent text, note text",
    "photo": "member blob, image blob",
    "block": "member blob, kind text, reason text, since text, until text, lifted integer,"
    " loan blob",
    "kit": "member blob, name text, due text, note text",
}

EVENTS = """
create table loan(rid integer primary key, id blob not null unique, copy blob, member blob,
    branch blob, lent_at integer not null, lent_zone integer not null, due text not null,
    rule blob, kit blob, renewals integer not null, claimed integer not null,
    "end" integer not null, ended_at integer, ended_zone integer, days_late integer not null,
    clock integer not null, stream integer not null, seq integer not null, mark integer not null);
create table hold(rid integer primary key, id blob not null unique, title blob, member blob,
    pickup blob, copy blob, placed_at integer not null, placed_zone integer not null,
    state text not null, pickup_until text, expires text,
    clock integer not null, stream integer not null, seq integer not null, mark integer not null);
create table money(rid integer primary key, id blob not null unique, member blob,
    amount integer not null, kind text, loan blob, note text, branch blob, staff blob,
    at integer not null, zone integer not null, voided integer not null,
    clock integer not null, stream integer not null, seq integer not null, mark integer not null);
create table reading(rid integer primary key, id blob not null unique, copy blob, title blob,
    member blob, branch blob, at integer not null, zone integer not null, voided integer not null,
    clock integer not null, stream integer not null, seq integer not null, mark integer not null);
"""

INDEXES = """
create index copy_barcode on copy(barcode);
create index copy_inventory on copy(inventory);
create index copy_title on copy(title);
create index member_card on member(card);
create index member_phone on member(phone_key) where phone_key <> '';
create index title_isbn on title(isbn) where isbn <> '';
create index block_member on block(member);
create index photo_member on photo(member);
create index loan_open_copy on loan(copy) where "end" = 0;
create index loan_open_member on loan(member) where "end" = 0;
create index loan_open_due on loan(due) where "end" = 0;
create index loan_copy on loan(copy, lent_at);
create index loan_member on loan(member, lent_at);
create index loan_lent on loan(lent_at);
create index loan_ended on loan(ended_at) where ended_at is not null;
create index hold_title on hold(title) where state in ('waiting', 'ready');
create index hold_member on hold(member);
create index hold_copy on hold(copy) where state = 'ready';
create index money_member on money(member);
create index money_loan on money(loan) where loan is not null;
create index money_at on money(at);
create index reading_at on reading(at);
"""

SEARCH = """
create virtual table title_search using fts5(title, subtitle, author, other_authors, isbn,
    content='title', content_rowid='rid', prefix='2 3', tokenize='unicode61 remove_diacritics 2');
create trigger title_search_insert after insert on title begin
    insert into title_search(rowid, title, subtitle, author, other_authors, isbn)
    values (new.rid, new.title, new.subtitle, new.author, new.other_authors, new.isbn); end;
create trigger title_search_delete after delete on title begin
    insert into title_search(title_search, rowid, title, subtitle, author, other_authors, isbn)
    values ('delete', old.rid, old.title, old.subtitle, old.author, old.other_authors, old.isbn);
    end;
create trigger title_search_update after update of title, subtitle, author, other_authors, isbn
    on title begin
    insert into title_search(title_search, rowid, title, subtitle, author, other_authors, isbn)
    values ('delete', old.rid, old.title, old.subtitle, old.author, old.other_authors, old.isbn);
    insert into title_search(rowid, title, subtitle, author, other_authors, isbn)
    values (new.rid, new.title, new.subtitle, new.author, new.other_authors, new.isbn); end;
create virtual table member_search using fts5(name, institution, content='member',
    content_rowid='rid', prefix='2 3', tokenize='unicode61 remove_diacritics 2');
create trigger member_search_insert after insert on member begin
    insert into member_search(rowid, name, institution)
    values (new.rid, new.name, new.institution); end;
create trigger member_search_delete after delete on member begin
    insert into member_search(member_search, rowid, name, institution)
    values ('delete', old.rid, old.name, old.institution); end;
create trigger member_search_update after update of name, institution on member begin
    insert into member_search(member_search, rowid, name, institution)
    values ('delete', old.rid, old.name, old.institution);
    insert into member_search(rowid, name, institution)
    values (new.rid, new.name, new.institution); end;
"""


def up(migrator: Any, db: Any) -> None:
    """Create everything."""
    records = "".join(RECORD.format(name=name, columns=text) for name, text in RECORDS.items())
    for part in (LOCAL, records, EVENTS, INDEXES):
        for statement in part.split(";"):
            if statement.strip():
                db.execute_sql(statement)
    for statement in SEARCH.split("\ncreate "):
        if statement.strip():
            text = statement.strip().removeprefix("create ")
            db.execute_sql("create " + text)
