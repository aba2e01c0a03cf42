"""Calls we place."""

from __future__ import annotations

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

# By hand in SQL: Tortoise 1.1 does not make constraints and partial indexes when it makes a table.
RULES = [
    "CREATE INDEX call_owed ON call (id) WHERE state = 'owed'",
    "ALTER TABLE call ADD CONSTRAINT call_state CHECK (state IN ('owed', 'posting', 'placed', 'answered', "
    "'completed', 'busy', 'no-answer', 'failed', 'unknown', 'expired', 'withheld'))",
]


class Migration(migrations.Migration):
    dependencies = [("records", "0004_promises")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.CreateModel(
            name="Call",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("token", fields.UUIDField(default=uuid4, unique=True)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("script", fields.CharField(max_length=40)),
                ("purpose", fields.CharField(max_length=16)),
                ("is_booked", fields.BooleanField()),
                ("state", fields.CharField(max_length=12)),
                ("owed_at", fields.DatetimeField()),
                ("not_before", fields.DatetimeField()),
                ("expires_at", fields.DatetimeField()),
                ("attempts", fields.IntField(default=0, db_default=0)),
                ("intent", fields.UUIDField(db_index=True)),
                ("sid", fields.CharField(max_length=64, null=True, unique=True)),
                ("lease_until", fields.DatetimeField(null=True)),
                ("posted_at", fields.DatetimeField(null=True)),
                ("settled_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "call", "app": "records", "pk_attr": "id"},
        ),
        ops.RunSQL(RULES),
    ]
