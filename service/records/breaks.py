"""Time-outs: one row a break, and each person's own answers at its return, sealed for themself. Ninety days."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from service.records.people import Person


class BreakSession(Model):
    """A break that somebody called for themself, and the checks of its return until it is over."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    caller_id = fields.UUIDField(db_index=True)  # no foreign key: what the other was told runs on to its end
    partner_id = fields.UUIDField(null=True, db_index=True)  # who was told; empty for a private break
    pair_id = fields.UUIDField(null=True)
    state = fields.CharField(max_length=8)  # flows.programme.breaks.State
    started_at = fields.DatetimeField()
    back_at = fields.DatetimeField()  # the return, then each next check
    told_at = fields.DatetimeField(null=True)
    updates = fields.IntField(default=0, db_default=0)  # new times the other was told of
    revision = fields.IntField(default=1, db_default=1)  # counts its times; a due row of an older one is stale
    check_number = fields.IntField(default=1, db_default=1)
    extensions = fields.IntField(default=0, db_default=0)  # times the caller took more
    extended_to = fields.DatetimeField(null=True)  # what the last of them came to, until its check
    was_alone = fields.BooleanField(default=False, db_default=False)  # TO-9 was said
    was_missed = fields.BooleanField(default=False, db_default=False)  # the caller said nothing at the first check
    nudged_at = fields.DatetimeField(null=True)  # TO-10
    ended_at = fields.DatetimeField(null=True)
    keep_until = fields.DateField()

    class Meta:
        table = "break_session"


class BreakAnswer(Model):
    """What one person said at one check: body and choice, for nobody else's eyes."""

    id = fields.BigIntField(primary_key=True)
    break_session: fields.ForeignKeyRelation[BreakSession] = fields.ForeignKeyField(
        "records.BreakSession", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    break_session_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    check_number = fields.IntField()
    answer_sealed = fields.TextField()  # JSON, under the person's key

    class Meta:
        table = "break_answer"
        unique_together = (("break_session", "person", "check_number"),)
