"""Opens PostgreSQL, runs SQL in the transaction under way, and brings the tables up to date. Nothing else starts
Tortoise.
"""

from __future__ import annotations

import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.config_generator import expand_db_url
from tortoise.backends.base_postgres.client import translate_exceptions
from tortoise.context import TortoiseContext, get_current_context, require_context
from tortoise.exceptions import DBConnectionError, OperationalError
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor

from service.errors import SettingsInvalid
from service.points import reach
from service.records import migrations
from service.writing import CONNECTION, ENGINE, UnderWay, client_now, forgotten, written

__all__ = [
    "NO_ANSWER",
    "UNREACHABLE",
    "Database",
    "execute",
    "fetch",
    "in_transaction",
    "is_away",
    "is_current",
    "migrate",
    "open_database",
]

# What a query raises while PostgreSQL is away, restarting or full: the same work may be tried again later.
UNREACHABLE: tuple[type[BaseException], ...] = (
    OSError,  # refused, reset, no such socket; TimeoutError is one
    DBConnectionError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.InsufficientResourcesError,  # connections, memory or disk are used up
    asyncpg.OperatorInterventionError,  # also a statement that took too long
    asyncpg.TransactionRollbackError,  # two transactions that could not both be kept
    asyncpg.ReadOnlySQLTransactionError,  # the other server took over
    asyncpg.LockNotAvailableError,
    asyncpg.PostgresSystemError,
    asyncpg.PostgresIOError,
    # What asyncpg says of a pooled connection that died under us; the next one from the pool is a new one.
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
# Also what it raises when there is no such database, table or account: whoever types a command is told in one line.
NO_ANSWER: tuple[type[BaseException], ...] = (*UNREACHABLE, asyncpg.PostgresError, OperationalError)
APP = "records"
DIAL_SECONDS = 5.0
# A turn takes milliseconds. A statement that needs half a minute waits for a lock that nobody will release.
STATEMENT_SECONDS = 30.0
# A process that froze inside a transaction must not keep its bond locked for ever.
IDLE_IN_TRANSACTION = "60s"
# Any fixed number will do; it is ours alone within the database.
MIGRATION_LOCK = 7_266_354_630


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. The first one open in a process serves all its tasks, until it is closed."""

    context: TortoiseContext

    @property
    def client(self) -> BaseDBAsyncClient:
        """The pool itself, outside any transaction."""
        return self.context.db(CONNECTION)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Makes rows, `execute` and `fetch` mean this database in the running task: for a second one in a process."""
        with self.context:
            yield

    async def close(self) -> None:
        """Closes the pool and makes room for another database."""
        # Tortoise.close_connections() would close whatever the running task happens to see, often nothing.
        await self.context.close_connections()


def is_away(problem: BaseException) -> bool:
    """Whether waiting may mend it. asyncpg counts a value that PostgreSQL could never take among its InterfaceErrors;
    that is the row's own fault.
    """
    is_value = isinstance(problem, asyncpg.InterfaceError) and isinstance(problem, ValueError)
    return isinstance(problem, UNREACHABLE) and not is_value


async def open_database(url: str, *, pool: int = 10) -> Database:
    """Makes `url` ready for use by up to `pool` connections; they are dialled by the first query, and again after a
    loss, so that a process may start before its database.

    Raises:
        SettingsInvalid: `url` is not a PostgreSQL address.
    """
    context = TortoiseContext()
    is_first = get_current_context() is None
    with context:  # Tortoise looks for the current context while it reads the models
        await context.init(config=_configuration(url, pool, STATEMENT_SECONDS), _enable_global_fallback=is_first)
    return Database(context)


@asynccontextmanager
async def in_transaction(name: str) -> AsyncIterator[BaseDBAsyncClient]:
    """The block as one transaction, or as a savepoint of the one under way.

    `name` says what it keeps; its moments are points (`service/points.py`): begun, before-commit, committed.

    Tortoise (1.1.9) leaves the dead connection in place when BEGIN or the giving back fails: every later query of the
    task would meet it, and the pool would be one smaller. So we put back what was there before.

    Raises:
        UNREACHABLE: PostgreSQL went away; nothing was kept, unless it went while the commit was under way.
    """
    connections = require_context().connections
    before = connections.get(CONNECTION)
    await written()  # what waited in the transaction around a savepoint is no part of it
    opening: Any = before._in_transaction()  # what Tortoise's `in_transaction` is, once it has imported it
    try:
        async with opening as transaction:
            await reach(f"{name}.begun")
            try:
                yield transaction
                await written()
            except BaseException:
                forgotten()
                raise
            await reach(f"{name}.before-commit")
    finally:
        if connections.get(CONNECTION) is not before:
            connections.set(CONNECTION, before)
            pool: Any = getattr(before, "_pool", None)
            if pool is not None:
                with suppress(*UNREACHABLE):
                    await pool.release(opening.client._connection)
    await reach(f"{name}.committed")


async def execute(sql: str, *values: Any) -> int:
    """Runs one statement with `$1` … in the transaction under way, or on its own; the number of rows it touched.

    Raises:
        tortoise.exceptions.IntegrityError: a constraint refused.
        UNREACHABLE: PostgreSQL is away.
    """
    # Tortoise's execute_query says 0 for every INSERT: the count is the last word, not the second ("INSERT 0 2").
    command_tag = await _run(client_now(), sql, *values)
    last_word = command_tag.rpartition(" ")[2]
    return int(last_word) if last_word.isdecimal() else 0


async def fetch(sql: str, *values: Any) -> list[dict[str, Any]]:
    """The rows of one statement (also `UPDATE … RETURNING`), in the transaction under way; jsonb comes as text.

    Raises:
        tortoise.exceptions.IntegrityError, UNREACHABLE: as `execute`.
    """
    client = client_now()
    if isinstance(client, UnderWay):
        return await client.rows_of(sql, *values)
    return await client.execute_query_dict(sql, list(values))


async def migrate(url: str) -> list[str]:
    """Applies the migrations that `url` has not had; returns their names, none when it is up to date.

    All of them and the record of it are one transaction, so a crash leaves the old tables. Processes that start
    together wait for each other; one migrates.

    Raises:
        SettingsInvalid: `url` is not a PostgreSQL address.
        UNREACHABLE: PostgreSQL is away.
    """
    configuration = _configuration(url, 1, None)
    context = TortoiseContext()
    with context:
        await context.init(config=configuration)
        try:
            return await _migrate(configuration["apps"])
        finally:
            await context.close_connections()


async def is_current(database: Database) -> bool:
    """Whether every migration of this code was applied.

    Raises:
        UNREACHABLE: PostgreSQL is away.
    """
    client = database.client
    table = await client.execute_query_dict("SELECT to_regclass('tortoise_migrations') IS NOT NULL AS is_there")
    if not table[0]["is_there"]:
        return False
    rows = await client.execute_query_dict("SELECT name FROM tortoise_migrations WHERE app = $1", [APP])
    return {row["name"] for row in rows} >= _known_migrations()


@translate_exceptions
async def _run(client: BaseDBAsyncClient, sql: str, *values: Any) -> str:
    async with client.acquire_connection() as connection:
        return str(await connection.execute(sql, *values))


async def _migrate(apps: dict[str, dict[str, Any]]) -> list[str]:
    async with in_transaction("migrated") as transaction:
        await transaction.execute_query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK])
        executor = MigrationExecutor(transaction, apps)
        # First of all: Tortoise asks what was applied before it makes this table, and takes the error for "nothing",
        # which inside a transaction is the end of it.
        await executor.recorder.ensure_schema(AsyncpgSchemaEditor(transaction, atomic=False))
        before = {key.name for key in await executor.recorder.applied_migrations()}
        await executor.migrate([MigrationTarget(APP, "__latest__")], direction="forward")
        return sorted({key.name for key in await executor.recorder.applied_migrations()} - before)


async def _leave_as_it_is(_connection: object) -> None:
    """What a connection is given back with. asyncpg would have the server forget locks, cursors and settings of the
    session, a round trip a transaction; ours are all of the transaction and end with it.
    """


def _known_migrations() -> set[str]:
    names = (module.name for module in pkgutil.iter_modules(migrations.__path__))
    return {name for name in names if not name.startswith("_")}


def _configuration(url: str, pool: int, statement_seconds: float | None) -> dict[str, Any]:
    if urlsplit(url).scheme not in {"postgres", "postgresql"}:
        raise SettingsInvalid(["DATABASE_URL wants postgres://user:password@host/name"])
    connection = expand_db_url(url) | {"engine": ENGINE}
    connection["credentials"] |= {
        "minsize": 1,
        "maxsize": pool,
        "reset": _leave_as_it_is,
        "timeout": DIAL_SECONDS,
        "command_timeout": statement_seconds,
        "server_settings": {
            "application_name": "mendline",
            "timezone": "UTC",
            "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION,
        },
    }
    rows = {"models": ["service.records"], "default_connection": CONNECTION, "migrations": migrations.__name__}
    return {"connections": {CONNECTION: connection}, "apps": {APP: rows}}
