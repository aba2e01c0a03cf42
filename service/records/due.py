"""What must happen at a time. These rows are the only timers."""

from __future__ import annotations

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from service.records.people import Person


class Due(Model):
    """One occurrence of a rule. The rule, the day and the slot are unique, so it can never be made twice."""

    id = fields.BigIntField(primary_key=True)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, null=True, db_index=True
    )
    person_id: UUID | None
    kind = fields.CharField(max_length=32)  # what opens it
    rule = fields.CharField(max_length=80)  # what it is an occurrence of
    local_date = fields.DateField()  # the person's day
    slot = fields.CharField(max_length=16)  # wall-clock time or part of the day
    due_at = fields.DatetimeField()  # computed once from day, slot and zone
    expires_at = fields.DatetimeField(null=True)  # after this it is dropped, not caught up
    zone = fields.CharField(max_length=64, null=True)  # IANA name it was computed in
    payload: fields.Field[dict[str, object]] = fields.JSONField(default=dict, db_default={})  # ids only, no content
    session_id = fields.BigIntField(null=True)  # set in this session ...
    session_turn = fields.IntField(null=True)  # ... and turn: stale once either has moved on
    state = fields.CharField(max_length=12)  # waiting, opening, done, dropped, quarantined
    outcome = fields.CharField(max_length=40, null=True)  # why it was dropped, or what it did
    attempts = fields.IntField(default=0, db_default=0)
    lease_until = fields.DatetimeField(null=True)  # machine time, not product time
    created_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "due"
        unique_together = (("rule", "local_date", "slot"),)
