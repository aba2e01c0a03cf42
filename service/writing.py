"""What a transaction writes may wait for its next read or its end, and then goes to the database in one statement.

A round trip costs more than the rows it carries. Order is kept: whatever is asked meanwhile finds everything written.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Mapping
from functools import cache, lru_cache, wraps
from typing import Any, TypeVar

import asyncpg
import orjson
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    BaseDBAsyncClient,
    ConnectionWrapper,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.context import require_context
from tortoise.models import Model

CONNECTION = "default"
ENGINE = __name__  # Tortoise looks for `client_class` in the module that a connection names

Answer = TypeVar("Answer")
Record = Mapping[str, Any]
_INTO = 'INSERT INTO "{}" ('  # every insertion begins so


class Waiting:
    """The rows of one transaction that wait to be written, by the statement that will write them."""

    def __init__(self) -> None:
        self._records: dict[str, dict[Hashable, Record]] = {}
        self._new: dict[int, Model] = {}  # kept, so that no other row gets the identity of one that waits

    def add(self, sql: str, key: Hashable, record: Record) -> None:
        """One record more for `sql`; it takes the place of an earlier one with the same key."""
        self._records.setdefault(sql, {})[key] = record

    def insert(self, row: Model, sql: str) -> None:
        """One row more, or the same row once more."""
        self._new[id(row)] = row
        self.add(sql, id(row), columns_now(row))

    def is_any(self) -> bool:
        """Whether something waits."""
        return bool(self._records)

    def has_any(self, sql: str) -> bool:
        """Whether a record for this statement waits."""
        return sql in self._records

    def has_change(self, row: Model) -> bool:
        """Whether a change of this row waits."""
        return row.pk in self._records.get(_change(type(row)), ())

    def has_new(self, model: type[Model]) -> bool:
        """Whether new rows of this table wait."""
        return any(sql.startswith(_INTO.format(model._meta.db_table)) for sql in self._records)

    def has(self, row: Model) -> bool:
        """Whether this new row waits."""
        return id(row) in self._new

    async def write(self, connection: asyncpg.Connection) -> None:
        """All of it, in one statement.

        Raises: what asyncpg raises.
        """
        if not self._records:
            return
        waiting, self._records, self._new = self._records, {}, {}
        # PostgreSQL takes an array for a hundred rows, and would rather read a small table whole than look up so many.
        statements = tuple(sql if len(each) > 1 else _for_one(sql) for sql, each in waiting.items())
        values = ([*each.values()] for each in waiting.values())
        await connection.execute(
            _in_one(statements), *(_as_json(each if len(each) > 1 else each[0]) for each in values)
        )


def client_now() -> BaseDBAsyncClient:
    """The transaction under way in this task, or the pool. Tortoise's `get_connection` imports a module each time it is
    called, and a turn asks a dozen times.
    """
    return require_context().connections.get(CONNECTION)


def insert_later(row: Model) -> None:
    """A new row, also one of `construct`, which Tortoise does not look over: the database does. A number that the
    database gives is never known here: whoever needs it uses `save`.

    Raises:
        RuntimeError: outside `in_transaction`.
    """
    row._saved_in_db, row._partial = True, row.pk is None  # `save` changes it, or refuses a row without its number
    _waiting().insert(row, _insertion(type(row), row.pk is not None))


def keep_later(row: Model, *, same: tuple[str, ...], changing: tuple[str, ...]) -> None:
    """A new row, or these columns of the one that is the `same` in those: a unique index says that there is one at
    most. With nothing `changing` that one stays as it is. As `insert_later`.
    """
    sql = f"{_insertion(type(row), row.pk is not None)} {_on_conflict(same, changing)}"
    _waiting().add(sql, tuple(getattr(row, each) for each in same), columns_now(row))


def update_later(row: Model) -> None:
    """All columns of a row that was read, as they are now; of a new one, while it waits. As `insert_later`."""
    waiting = _waiting()
    if waiting.has(row):
        waiting.insert(row, _insertion(type(row), row.pk is not None))
    elif row.pk is None:
        raise RuntimeError("a row was written whose number is not known")
    else:
        waiting.add(_change(type(row)), row.pk, columns_now(row))


def change_later(row: Model, before: Record | None) -> None:
    """As `update_later`, unless all columns are as they were `before`, from `columns_now`."""
    if before is None or before != columns_now(row) or _waiting().has_change(row):
        update_later(row)


def later(sql: str, key: Hashable, record: Record) -> None:
    """`record` for a statement that takes many at once: `$1` is a JSON array of them. One key, one record: the last.

    The statement sees no row that waits beside it.
    """
    _waiting().add(sql, key, record)


async def written() -> None:
    """Whatever waits is written now. Outside a transaction nothing does.

    Raises:
        tortoise.exceptions.IntegrityError: a constraint refused.
        UNREACHABLE: PostgreSQL is away.
    """
    client = client_now()
    if isinstance(client, UnderWay) and client.waiting.is_any():
        await client.write()


async def changes_written(model: type[Model]) -> None:
    """Changes of rows of this table that wait are written now: a new row would meet what was before them. As
    `written`.
    """
    client = client_now()
    if isinstance(client, UnderWay) and client.waiting.has_any(_change(model)):
        await client.write()


async def rows_written(model: type[Model]) -> None:
    """New rows of this table that wait are written now: a statement of `later` would not see them. As `written`."""
    client = client_now()
    if isinstance(client, UnderWay) and client.waiting.has_new(model):
        await client.write()


def forgotten() -> None:
    """Whatever waits is not written: it fell with the block it belongs to."""
    client = client_now()
    if isinstance(client, UnderWay):
        client.waiting = Waiting()


def columns_of(model: type[Model], *, with_key: bool = True) -> list[str]:
    """The names of a table's columns."""
    meta = model._meta
    return [column for name, column in meta.fields_db_projection.items() if with_key or name != meta.pk_attr]


class _Connection(ConnectionWrapper[asyncpg.Connection]):
    """A transaction's connection, given out once everything that waits is written."""

    async def __aenter__(self) -> asyncpg.Connection:
        connection = await super().__aenter__()
        try:
            await self.client.waiting.write(connection)  # type: ignore[attr-defined]  # only an UnderWay makes one
        except BaseException:
            await super().__aexit__(None, None, None)
            raise
        return connection


def _in_words_of_tortoise(asking: Callable[..., Awaitable[Answer]]) -> Callable[..., Awaitable[Answer]]:
    """Tortoise translates what is refused, once something is; its own decorator steps in at every question."""

    @wraps(asking)
    async def asked(client: UnderWay, *values: Any) -> Answer:
        try:
            return await asking(client, *values)
        except asyncpg.PostgresError as refused:
            await client._translate_exceptions(_raise, refused)
            raise

    return asked


async def _raise(_client: UnderWay, problem: BaseException) -> None:
    raise problem


class UnderWay(TransactionWrapper):
    """A transaction under way, with the rows that wait for its end."""

    def __init__(self, connection: AsyncpgDBClient) -> None:
        super().__init__(connection)
        self.waiting = Waiting()

    def acquire_connection(self) -> ConnectionWrapper[asyncpg.Connection]:
        return _Connection(self._lock, self)

    @_in_words_of_tortoise
    async def rows_of(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """As `execute_query_dict`, in half its steps: a thirtieth of what a key press costs.

        Raises: as that.
        """
        async with self._lock:
            await self.waiting.write(self._connection)
            return [dict(row) for row in await self._connection.fetch(sql, *values)]

    @_in_words_of_tortoise
    async def write(self) -> None:
        """Everything that waits. Raises: as `rows_of`."""
        async with self._lock:
            await self.waiting.write(self._connection)


class client_class(AsyncpgDBClient):  # the name that Tortoise looks for
    """Tortoise's own client, whose transactions have rows that wait."""

    def _in_transaction(self) -> TransactionContext:
        return TransactionContextPooled(UnderWay(self), self._pool_init_lock)


def _waiting() -> Waiting:
    client = client_now()
    if not isinstance(client, UnderWay):
        raise RuntimeError("rows wait only inside a transaction")
    return client.waiting


def columns_now(row: Model) -> Record:
    """What an instance holds, by column."""
    return {column: getattr(row, name) for name, column in row._meta.fields_db_projection.items()}


@cache
def _insertion(model: type[Model], with_key: bool) -> str:
    columns = ", ".join(f'"{each}"' for each in columns_of(model, with_key=with_key))
    table = model._meta.db_table
    return f'{_INTO.format(table)}{columns}) SELECT {columns} FROM json_populate_recordset(NULL::"{table}", $1)'  # noqa: S608


@cache
def _on_conflict(same: tuple[str, ...], changing: tuple[str, ...]) -> str:
    if not changing:
        return f"ON CONFLICT ({', '.join(same)}) DO NOTHING"
    changes = ", ".join(f'"{each}" = excluded."{each}"' for each in changing)
    return f"ON CONFLICT ({', '.join(same)}) DO UPDATE SET {changes}"


@cache
def _change(model: type[Model]) -> str:
    table, key = model._meta.db_table, model._meta.db_pk_column
    changes = ", ".join(f'"{each}" = new."{each}"' for each in columns_of(model, with_key=False))
    return (
        f'UPDATE "{table}" AS old SET {changes} FROM json_populate_recordset(NULL::"{table}", $1) AS new'  # noqa: S608
        f' WHERE old."{key}" = new."{key}"'
    )


def _as_json(records: Record | list[Record]) -> str:
    return orjson.dumps(records, default=str).decode()


@lru_cache(maxsize=256)
def _for_one(sql: str) -> str:
    """The same for one record, as a JSON object."""
    return sql.replace("_recordset(", "_record(")


@lru_cache(maxsize=256)
def _in_one(statements: tuple[str, ...]) -> str:
    """One statement of many, each with a parameter of its own."""
    if len(statements) == 1:
        return statements[0]
    parts = (f"w{place} AS ({sql.replace('$1', f'${place}')})" for place, sql in enumerate(statements, 1))
    return f"WITH {', '.join(parts)} SELECT 1"
