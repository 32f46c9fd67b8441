"""Room for the catalogue: covers, headings, serials, transfers, stock-takes, stickers, visits.

Frozen once released: then a step is never edited.
"""

from __future__ import annotations

from typing import Any

NEW_FIELDS = {
    "title": "abstract text, issn text, tags text, local_content text, merged_into blob,"
    " removed_why text",
    "copy": "supplier text, call_number text, volume text, issue blob, rfid text,"
    " withdrawn_on text, withdrawn_why text, withdrawn_paper text, removed_why text",
}

RECORD = (
    'create table "{name}"(rid integer primary key, id blob not null unique, {columns},'
    " clock integer not null, stream integer not null, seq integer not null, clocks blob,"
    " tombstone blob, extra blob, deleted integer not null default 0, mark integer not null)"
)

RECORDS = {
    "cover": "title blob, image blob",
    "attachment": "title blob, name text, media text, size integer, sha256 text, link text,"
    " licence text, access text, note text",
    "title_template": "name text, material text, fields blob, marc blob",
    "heading": "kind text, heading text, display text, variants text, broader text, related text,"
    " scheme text, note text",
    "subscription": "title blob, branch blob, supplier text, frequency text, first_day text,"
    " last_day text, price integer, copies integer, note text",
    "issue": "title blob, subscription blob, volume text, number text, date text, expected text,"
    " received text, note text",
    "stock_count": "name text, branch blob, scope blob, started text, ended text, note text,"
    " figures blob",
    "label_sheet": "name text, measures blob",
}

EVENT = (
    "create table {name}(rid integer primary key, id blob not null unique, {columns},"
    " clock integer not null, stream integer not null, seq integer not null, mark integer not null)"
)

EVENTS = {
    "transfer": "copy blob, from_branch blob, to_branch blob, why text, paper text,"
    " sent_at integer not null, sent_zone integer not null, state text not null,"
    " ended_at integer, ended_zone integer",
    "stock_scan": "stock_count blob, copy blob, code text, place text, condition text,"
    " branch blob, staff blob, at integer not null, zone integer not null, voided integer not null",
    "visit": "member blob, people integer not null, sex text, age text, occupation text,"
    " education text, purpose text, institution text, branch blob, staff blob,"
    " at integer not null, zone integer not null, voided integer not null",
}

OTHERS = (
    "create index cover_title on cover(title)",
    "create index attachment_title on attachment(title)",
    "create index heading_heading on heading(kind, heading)",
    "create index subscription_title on subscription(title)",
    "create index issue_title on issue(title)",
    "create index title_issn on title(issn) where issn <> ''",
    "create index title_merged on title(merged_into) where merged_into is not null",
    "create index copy_rfid on copy(rfid) where rfid <> ''",
    "create index transfer_copy on transfer(copy) where state = 'on_the_way'",
    "create index transfer_sent on transfer(sent_at)",
    "create index transfer_copy_sent on transfer(copy, sent_at)",
    "create index stock_scan_count on stock_scan(stock_count, copy)",
    "create index visit_at on visit(at)",
    "create table label_queue(position integer primary key, kind text not null,"
    " entity blob not null, copies integer not null)",
    "create table label_printed(entity blob primary key, at integer not null) without rowid",
    "create table title_facet(number integer primary key, material text not null,"
    " language text not null, decade text not null, hundred text not null,"
    " unique(material, language, decade, hundred))",
    "create table title_line(rid integer primary key, id blob not null, facet integer not null,"
    " year integer, by_title text not null, by_author text not null, by_shelf text not null)",
    "create index title_line_facet on title_line(facet)",
    "create index title_line_title on title_line(by_title)",
    'create index copy_shelf on copy(title, branch, "condition", id) where deleted = 0',
)


def up(migrator: Any, db: Any) -> None:
    """Add fields and tables; the label and line tables are this device's own."""
    for table, columns in NEW_FIELDS.items():
        for column in columns.split(", "):
            db.execute_sql(f'alter table "{table}" add column {column}')
    for name, columns in RECORDS.items():
        db.execute_sql(RECORD.format(name=name, columns=columns))
    for name, columns in EVENTS.items():
        db.execute_sql(EVENT.format(name=name, columns=columns))
    for statement in OTHERS:
        db.execute_sql(statement)
