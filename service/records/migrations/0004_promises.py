"""Promises: the maker's rows, what happened to them, and the copies of those who follow them."""

from __future__ import annotations

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

# By hand in SQL: Tortoise 1.1 does not make constraints and partial indexes when it makes a table.
RULES = [
    "CREATE UNIQUE INDEX promise_one_code ON promise (person_id, code) WHERE state IN ('open', 'asked', 'behind')",
    "ALTER TABLE promise ADD CONSTRAINT promise_state "
    "CHECK (state IN ('open', 'asked', 'behind', 'done', 'let-go', 'closed'))",
    "ALTER TABLE promise ADD CONSTRAINT promise_level CHECK (level BETWEEN 1 AND 3)",
]


class Migration(migrations.Migration):
    dependencies = [("records", "0003_rules")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.CreateModel(
            name="Promise",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("code", fields.CharField(max_length=2)),
                ("title_sealed", fields.TextField()),
                ("plan_sealed", fields.TextField(null=True)),
                ("due_at", fields.DatetimeField()),
                ("level", fields.SmallIntField()),
                ("state", fields.CharField(max_length=8)),
                ("version", fields.IntField(default=1, db_default=1)),
                ("moves", fields.IntField(default=0, db_default=0)),
                ("made_at", fields.DatetimeField()),
                ("asked_at", fields.DatetimeField(null=True)),
                ("notice_at", fields.DatetimeField(null=True)),
                ("ended_at", fields.DatetimeField(null=True)),
                ("keep_until", fields.DateField()),
            ],
            options={"table": "promise", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="PromiseEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("promise", fields.ForeignKeyField(
                    "records.Promise", source_field="promise_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("kind", fields.CharField(max_length=24)),
                ("at", fields.DatetimeField()),
            ],
            options={"table": "promise_event", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="PromiseCopy",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("receiver", fields.ForeignKeyField(
                    "records.Person", source_field="receiver_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("publisher_id", fields.UUIDField()),
                ("promise_id", fields.UUIDField(unique=True)),
                ("pair_id", fields.UUIDField()),
                ("title_sealed", fields.TextField()),
                ("notice_at", fields.DatetimeField(null=True)),
                ("has_update", fields.BooleanField(default=False, db_default=False)),
                ("closed_at", fields.DatetimeField(null=True)),
                ("expires_on", fields.DateField()),
            ],
            options={"table": "promise_copy", "app": "records", "pk_attr": "id"},
        ),
        ops.RunSQL(RULES),
    ]
