"""Calls we place: owed, placed once, and what became of them."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from service.records.people import Person


class Call(Model):
    """One call owed to a person. A new attempt after nobody answered is a new row of the same intent."""

    id = fields.BigIntField(primary_key=True)
    token = fields.UUIDField(default=uuid4, unique=True)  # in the addresses of its webhooks
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    script = fields.CharField(max_length=40)  # what begins once the person pressed 1
    purpose = fields.CharField(max_length=16)
    is_booked = fields.BooleanField()  # the person asked for this very call: one more try, then by text
    # owed, posting, placed, answered, unknown; completed, declined (somebody answered and could not talk), machine,
    # busy, no-answer, failed, expired, withheld
    state = fields.CharField(max_length=12)
    owed_at = fields.DatetimeField()
    not_before = fields.DatetimeField()
    expires_at = fields.DatetimeField()  # end of its window
    attempts = fields.IntField(default=0, db_default=0)  # posts to the network
    due_id = fields.BigIntField(null=True)  # the question it asks: what opened it, also by text once nobody took it
    intent = fields.UUIDField(db_index=True)  # what all attempts of one appointment have in common
    sid = fields.CharField(max_length=64, null=True, unique=True)  # Twilio's id of the call
    lease_until = fields.DatetimeField(null=True)  # machine time, not product time
    posted_at = fields.DatetimeField(null=True)  # committed just before the POST
    settled_at = fields.DatetimeField(null=True)  # reached a final state

    class Meta:
        table = "call"
