"""The ways to rows that every turn and every sweep takes; and one number a day, as the database holds it.

By hand in SQL: Tortoise 1.1 does not make constraints and partial indexes when it makes a table.
"""

from __future__ import annotations

from tortoise import migrations
from tortoise.migrations import operations as ops

ONE_RATING = [
    "DELETE FROM rating a USING rating b WHERE a.person_id = b.person_id AND a.item = b.item"
    " AND a.local_date = b.local_date AND a.ctid < b.ctid",
    "CREATE UNIQUE INDEX rating_one_a_day ON rating (person_id, item, local_date)",
]

# What a turn asks of one person's rows, and a sender of one number's.
PATHS = [
    "CREATE INDEX due_session ON due (session_id) WHERE session_id IS NOT NULL",
    "CREATE INDEX due_person_time ON due (person_id, due_at)",
    "CREATE INDEX outbox_recipient ON outbox (recipient_key, priority, id) "
    "WHERE state IN ('owed', 'posting', 'unknown')",
    "DROP INDEX due_open",
    "CREATE INDEX due_open ON due (due_at, id) WHERE state IN ('waiting', 'opening')",
    "CREATE INDEX outbox_to_redact ON outbox (posted_at) WHERE NOT is_redacted AND sid IS NOT NULL",
    "CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL",
    "CREATE INDEX call_open ON call (state, lease_until) "
    "WHERE state IN ('owed', 'posting', 'unknown', 'placed', 'answered')",
]

# What is forgotten each night lies about in the order of its time: a few bytes for each hundred pages find it.
NIGHTLY = [
    f"CREATE INDEX {table}_{column} ON {table} USING brin ({column}) WITH (autosummarize = on)"
    for table, column in (
        ("rating", "keep_until"), ("note", "keep_until"), ("inbound_event", "received_at"), ("delivery_event", "at"),
        ("due", "closed_at"), ("session", "updated_at"), ("outbox", "expires_at"), ("call", "settled_at"),
    )
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("records", "0013_second_codes")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.RunSQL(ONE_RATING),
        ops.RunSQL(PATHS),
        ops.RunSQL(NIGHTLY),
    ]
