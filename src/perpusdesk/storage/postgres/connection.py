"""A connection to PostgreSQL with safe settings, in one library's schema."""

from __future__ import annotations

from typing import Any, Final

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict

from perpusdesk.storage.postgres.arrays import adapt_arrays
from perpusdesk.storage.postgres.values import adapt

_DEFAULTS: Final[dict[str, Any]] = {
    "connect_timeout": 10,  # seconds, for each host
    "tcp_user_timeout": 20_000,  # ms without any sign of what we sent
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "application_name": "perpusdesk",
}
_SETTINGS: Final = (
    "set client_encoding = 'UTF8'",
    "set standard_conforming_strings = on",
    "set statement_timeout = 0",  # the server must never end a commit by itself
    "set transaction_timeout = 0",
    "set idle_in_transaction_session_timeout = '5min'",
    "set jit = off",
    "set enable_seqscan = off",  # we ask by keys: no plan of the day a table was empty
)
_SHUT_DOOR: Final = "set default_transaction_read_only = on"


def connect(dsn: str, schema: str = "", *, writable: bool = False) -> Connection[Any]:
    """Connect; every statement is its own transaction, and may only read unless ``writable``.

    What the DSN says of timeouts counts. Raises ``psycopg.Error``.
    """
    told = conninfo_to_dict(dsn)
    chosen = {name: value for name, value in _DEFAULTS.items() if name not in told}
    connection = psycopg.connect(dsn, autocommit=True, **chosen)
    try:
        adapt(connection)
        adapt_arrays(connection)
        for setting in _SETTINGS:
            if "transaction_timeout" in setting and connection.info.server_version < 170_000:
                continue
            connection.execute(setting.encode())
        if schema:
            connection.execute(sql.SQL("set search_path = {}").format(sql.Identifier(schema)))
        if not writable:
            connection.execute(_SHUT_DOOR)
    except BaseException:
        connection.close()
        raise
    return connection
