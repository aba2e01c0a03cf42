"""What was tried and not finished, so that what kills its worker is set aside after the third time."""

from __future__ import annotations

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

# By hand in SQL: Tortoise 1.1 does not make constraints and partial indexes when it makes a table.
RULES = [
    "ALTER TABLE trial ADD CONSTRAINT trial_state CHECK (state IN ('open', 'quarantined'))",
    "ALTER TABLE outbox DROP CONSTRAINT outbox_state",
    "ALTER TABLE outbox ADD CONSTRAINT outbox_state CHECK (state IN ('owed', 'posting', 'accepted', 'sent', "
    "'delivered', 'undelivered', 'failed', 'unknown', 'expired', 'withheld', 'quarantined'))",
    "ALTER TABLE call DROP CONSTRAINT call_state",
    "ALTER TABLE call ADD CONSTRAINT call_state CHECK (state IN ('owed', 'posting', 'placed', 'answered', "
    "'completed', 'busy', 'no-answer', 'failed', 'unknown', 'expired', 'withheld', 'quarantined'))",
    "CREATE INDEX due_quarantined ON due (id) WHERE state = 'quarantined'",
    "CREATE INDEX outbox_quarantined ON outbox (id) WHERE state = 'quarantined'",
]


class Migration(migrations.Migration):
    dependencies = [("records", "0006_breaks")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.CreateModel(
            name="Trial",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("kind", fields.CharField(max_length=12)),
                ("key", fields.CharField(max_length=40)),
                ("tries", fields.IntField()),
                ("state", fields.CharField(max_length=12)),
                ("tried_at", fields.DatetimeField()),
                ("sid_sealed", fields.TextField(null=True)),
            ],
            options={
                "table": "trial", "app": "records", "pk_attr": "id",
                "unique_together": (("kind", "key"),),
            },
        ),
        ops.RunSQL(RULES),
    ]
