"""Search by Indonesian words instead of bare ones. Frozen: a released step is never edited.

The tables are filled when the library is opened, for the words come from the program.
"""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    "drop trigger title_search_insert",
    "drop trigger title_search_delete",
    "drop trigger title_search_update",
    "drop table title_search",
    "create virtual table title_words using fts5(title, author, subject, other, title_stem,"
    " subject_stem, title_variant, author_variant, subject_variant, content='', prefix='2 3',"
    " tokenize='unicode61 remove_diacritics 0')",
    "create table title_vocabulary(word text primary key, titles integer not null) without rowid",
    "create table search_miss(day text not null, text text not null, times integer not null,"
    " primary key(day, text)) without rowid",
)


def up(migrator: Any, db: Any) -> None:
    """Put the new index in the place of the old one."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
