"""Calls that ask a question: what opened them, two more ways to end, and which call a conversation is held on."""

from __future__ import annotations

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

STATES = [
    "ALTER TABLE call DROP CONSTRAINT call_state",
    "ALTER TABLE call ADD CONSTRAINT call_state CHECK (state IN ('owed', 'posting', 'placed', 'answered', 'completed', "
    "'declined', 'machine', 'busy', 'no-answer', 'failed', 'unknown', 'expired', 'withheld', "
    "'quarantined'))",
    "CREATE INDEX call_asks ON call (due_id) WHERE due_id IS NOT NULL",
]


class Migration(migrations.Migration):
    dependencies = [("records", "0007_trials")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.AddField(model_name="Call", name="due_id", field=fields.BigIntField(null=True)),
        ops.AddField(model_name="Session", name="call_key", field=fields.CharField(max_length=32, null=True)),
        ops.RunSQL(STATES),
    ]
