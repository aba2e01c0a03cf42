"""The rules the database itself keeps: what is unique while open, which states exist, and ledgers that only grow.

By hand in SQL: Tortoise 1.1 does not make constraints and partial indexes when it makes a table.
"""

from __future__ import annotations

from tortoise import migrations
from tortoise.migrations import operations as ops

UNIQUE_WHILE_OPEN = [
    "CREATE UNIQUE INDEX pair_member_one_place ON pair_member (person_id) WHERE left_at IS NULL",
    "CREATE UNIQUE INDEX sharing_grant_one_of_a_kind ON sharing_grant (person_id, kind) WHERE withdrawn_at IS NULL",
    "CREATE UNIQUE INDEX session_one_open ON session (person_id, channel) WHERE is_open",
    # Two texts with the same words on their way to one number could not be told apart in a listing at Twilio.
    "CREATE UNIQUE INDEX outbox_one_under_way ON outbox (recipient_key, body_hash) "
    "WHERE state IN ('posting', 'unknown')",
]

# Each serves one sweep, and holds only the rows that the sweep is after.
INDEXES = [
    "CREATE INDEX due_open ON due (due_at) WHERE state IN ('waiting', 'opening')",
    "CREATE INDEX outbox_owed ON outbox (priority, id) WHERE state = 'owed'",
    "CREATE INDEX outbox_unsettled ON outbox (posted_at) WHERE state IN ('accepted', 'sent')",
    "CREATE INDEX outbox_person_state ON outbox (person_id, state)",
    "CREATE INDEX attempt_window ON attempt (scope, key, at)",
    "CREATE INDEX consent_entry_person ON consent_entry (person_ref)",
    "CREATE INDEX audit_event_person ON audit_event (person_ref)",
]

STATES = [
    "ALTER TABLE person ADD CONSTRAINT person_status CHECK (status IN ('invited', 'active', 'opted_out', 'erasing'))",
    "ALTER TABLE pair ADD CONSTRAINT pair_state "
    "CHECK (state IN ('proposed', 'settling', 'active', 'dormant', 'closed'))",
    "ALTER TABLE pair ADD CONSTRAINT pair_mode CHECK (mode IN ('self', 'facilitated', 'household'))",
    "ALTER TABLE session ADD CONSTRAINT session_channel CHECK (channel IN ('text', 'voice'))",
    "ALTER TABLE due ADD CONSTRAINT due_state "
    "CHECK (state IN ('waiting', 'opening', 'done', 'dropped', 'quarantined'))",
    "ALTER TABLE outbox ADD CONSTRAINT outbox_state CHECK (state IN ('owed', 'posting', 'accepted', 'sent', "
    "'delivered', 'undelivered', 'failed', 'unknown', 'expired', 'withheld'))",
]

# Six years by the database's own clock, so that a simulated one cannot shorten them (PROGRAMME 8.7).
ONLY_GROWS = """
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < now() - interval '6 years' THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% of % refused: it only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""
LEDGERS = [
    ONLY_GROWS,
    "CREATE TRIGGER consent_entry_only_grows BEFORE UPDATE OR DELETE ON consent_entry "
    "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()",
    "CREATE TRIGGER consent_entry_never_emptied BEFORE TRUNCATE ON consent_entry "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()",
    "CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE ON audit_event "
    "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()",
    "CREATE TRIGGER audit_event_never_emptied BEFORE TRUNCATE ON audit_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()",
]


class Migration(migrations.Migration):
    dependencies = [("records", "0002_turns")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.RunSQL(UNIQUE_WHILE_OPEN),
        ops.RunSQL(INDEXES),
        ops.RunSQL(STATES),
        ops.RunSQL(LEDGERS),
    ]
