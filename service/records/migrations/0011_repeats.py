"""Promises that repeat: the rule, and each occurrence a promise of its own; and the days a maker adds to a notice."""

from __future__ import annotations

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

# By hand in SQL: Tortoise 1.1 does not make constraints and partial indexes when it makes a table.
RULES = [
    "ALTER TABLE promise_rule ADD CONSTRAINT promise_rule_level CHECK (level BETWEEN 1 AND 3)",
    # The letters stand for all of what repeats, of which several may be alive; any other promise has its own.
    "DROP INDEX promise_one_code",
    "CREATE UNIQUE INDEX promise_one_code ON promise (person_id, code) "
    "WHERE state IN ('open', 'asked', 'behind') AND rule_id IS NULL",
    "CREATE UNIQUE INDEX promise_rule_one_code ON promise_rule (person_id, code) WHERE ended_at IS NULL",
    "ALTER TABLE promise ADD CONSTRAINT promise_notice_days CHECK (notice_days BETWEEN 0 AND 3)",
]


class Migration(migrations.Migration):
    dependencies = [("records", "0010_asking")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.CreateModel(
            name="PromiseRule",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("code", fields.CharField(max_length=2)),
                ("title_sealed", fields.TextField()),
                ("plan_sealed", fields.TextField(null=True)),
                ("rule", fields.CharField(max_length=80)),
                ("clock", fields.CharField(max_length=5)),
                ("level", fields.SmallIntField()),
                ("last_day", fields.DateField()),
                ("made_at", fields.DatetimeField()),
                ("ended_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "promise_rule", "app": "records", "pk_attr": "id"},
        ),
        ops.AddField(
            model_name="Promise",
            name="rule",
            field=fields.ForeignKeyField(
                "records.PromiseRule", source_field="rule_id", db_index=True, null=True, to_field="id",
                related_name=False, on_delete=OnDelete.SET_NULL,
            ),
        ),
        ops.AddField(
            model_name="Promise", name="notice_days", field=fields.SmallIntField(default=0, db_default=0),
        ),
        ops.RunSQL(RULES),
    ]  # fmt: skip
