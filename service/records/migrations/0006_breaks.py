"""Time-outs: the break, and what each person answered at its return."""

from __future__ import annotations

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

# By hand in SQL: Tortoise 1.1 does not make constraints and partial indexes when it makes a table.
RULES = [
    "CREATE UNIQUE INDEX break_session_one_alive ON break_session (caller_id) "
    "WHERE state IN ('running', 'asking', 'resting')",
    "ALTER TABLE break_session ADD CONSTRAINT break_session_state "
    "CHECK (state IN ('running', 'asking', 'resting', 'matched', 'closed'))",
]


class Migration(migrations.Migration):
    dependencies = [("records", "0005_calls")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.CreateModel(
            name="BreakSession",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("caller_id", fields.UUIDField(db_index=True)),
                ("partner_id", fields.UUIDField(null=True, db_index=True)),
                ("pair_id", fields.UUIDField(null=True)),
                ("state", fields.CharField(max_length=8)),
                ("started_at", fields.DatetimeField()),
                ("back_at", fields.DatetimeField()),
                ("told_at", fields.DatetimeField(null=True)),
                ("updates", fields.IntField(default=0, db_default=0)),
                ("revision", fields.IntField(default=1, db_default=1)),
                ("check_number", fields.IntField(default=1, db_default=1)),
                ("extensions", fields.IntField(default=0, db_default=0)),
                ("extended_to", fields.DatetimeField(null=True)),
                ("was_alone", fields.BooleanField(default=False, db_default=False)),
                ("was_missed", fields.BooleanField(default=False, db_default=False)),
                ("nudged_at", fields.DatetimeField(null=True)),
                ("ended_at", fields.DatetimeField(null=True)),
                ("keep_until", fields.DateField()),
            ],
            options={"table": "break_session", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="BreakAnswer",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("break_session", fields.ForeignKeyField(
                    "records.BreakSession", source_field="break_session_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("check_number", fields.IntField()),
                ("answer_sealed", fields.TextField()),
            ],
            options={
                "table": "break_answer", "app": "records", "pk_attr": "id",
                "unique_together": (("break_session", "person", "check_number"),),
            },
        ),
        ops.RunSQL(RULES),
    ]
