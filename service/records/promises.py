"""What people said they would do: the maker's own row, what happened to it, and the copy of whoever follows it."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from service.records.people import Person


class PromiseRule(Model):
    """What repeats: every day or on days of the week, at one time. Each occurrence is a promise of its own."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    code = fields.CharField(max_length=2)  # the letters of each occurrence
    title_sealed = fields.TextField()
    plan_sealed = fields.TextField(null=True)
    rule = fields.CharField(max_length=80)  # of RFC 5545, by the days of the person's zone
    clock = fields.CharField(max_length=5)  # HH:MM on the person's clock
    level = fields.SmallIntField()
    last_day = fields.DateField()  # of the last occurrence that was made
    made_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "promise_rule"


class Promise(Model):
    """One promise of one person. Ninety days after it ended; what the receiver holds is a row of their own."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    rule: fields.ForeignKeyNullableRelation[PromiseRule] = fields.ForeignKeyField(
        "records.PromiseRule", related_name=False, on_delete=fields.SET_NULL, null=True, db_index=True
    )
    rule_id: UUID | None  # of which it is an occurrence
    code = fields.CharField(max_length=2)  # what stands behind CHANGE
    title_sealed = fields.TextField()
    plan_sealed = fields.TextField(null=True)  # the if-then, later the next step; never sent
    due_at = fields.DatetimeField()
    level = fields.SmallIntField()  # who hears: 1 nobody, 2 updates, 3 updates and the receiver's own reminder
    state = fields.CharField(max_length=8)  # flows.programme.promises.State
    version = fields.IntField(default=1, db_default=1)  # counts its due times; a due row of an older one is stale
    moves = fields.IntField(default=0, db_default=0)  # new plans after it was behind; early changes do not count
    made_at = fields.DatetimeField()
    asked_at = fields.DatetimeField(null=True)  # when its maker was last asked about it
    notice_at = fields.DatetimeField(null=True)  # the minute of the receiver's own reminder, while it may still come
    notice_days = fields.SmallIntField(default=0, db_default=0)  # that the maker added before that reminder
    ended_at = fields.DatetimeField(null=True)
    keep_until = fields.DateField()

    class Meta:
        table = "promise"


class PromiseEvent(Model):
    """Something that happened to a promise: made, changed-early, reminded, reported-…, moved, let-go, closed."""

    id = fields.BigIntField(primary_key=True)
    promise: fields.ForeignKeyRelation[Promise] = fields.ForeignKeyField(
        "records.Promise", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    promise_id: UUID
    kind = fields.CharField(max_length=24)
    at = fields.DatetimeField()

    class Meta:
        table = "promise_event"


class PromiseCopy(Model):
    """A promise that somebody follows: the receiver's row, under the receiver's key. It may outlive its maker."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    receiver: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    receiver_id: UUID
    publisher_id = fields.UUIDField()  # no foreign key: what was given stays the receiver's
    promise_id = fields.UUIDField(unique=True)  # no foreign key, for the same reason
    pair_id = fields.UUIDField()  # the reminder is dropped when this pair closed
    title_sealed = fields.TextField()
    notice_at = fields.DatetimeField(null=True)  # empty: updates alone
    has_update = fields.BooleanField(default=False, db_default=False)  # something was published: no reminder any more
    closed_at = fields.DatetimeField(null=True)  # the reminder fired, or never will
    expires_on = fields.DateField()

    class Meta:
        table = "promise_copy"
