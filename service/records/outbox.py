"""What we owe the telephone network, what became of it, and at which pace it may leave."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from service.records.people import Person


class OutboxItem(Model):
    """One text owed. A new attempt after a final refusal is a new item of the same intent."""

    id = fields.BigIntField(primary_key=True)
    token = fields.UUIDField(default=uuid4, unique=True)  # in the status callback's address: binds a SID after a crash
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, null=True, db_index=False
    )
    person_id: UUID | None
    recipient_key = fields.CharField(max_length=32)  # Vault.number_key
    to_sealed = fields.TextField(null=True)  # E.164, only for a stranger, under the service's subkey
    purpose = fields.CharField(max_length=16)
    phrase_id = fields.CharField(max_length=16)
    locale = fields.CharField(max_length=8)
    words_version = fields.CharField(max_length=32)
    script_hash = fields.CharField(max_length=64, null=True)
    arguments_sealed = fields.TextField(null=True)  # what fills the phrase; dropped when final
    body_hash = fields.CharField(max_length=64)  # Vault.body_hash of the finished words
    segments = fields.IntField()  # SMS segments the words cost
    # owed, posting, accepted, sent, delivered, undelivered, failed, unknown, expired, withheld
    state = fields.CharField(max_length=12)
    priority = fields.IntField()  # lower leaves first
    owed_at = fields.DatetimeField()
    not_before = fields.DatetimeField()
    expires_at = fields.DatetimeField()  # end of its window
    attempts = fields.IntField(default=0, db_default=0)  # posts to the network
    intent = fields.UUIDField(db_index=True)  # what all attempts to say the same have in common
    sid = fields.CharField(max_length=64, null=True, unique=True)  # Twilio's id of the message
    error_code = fields.IntField(null=True)  # Twilio's
    lease_until = fields.DatetimeField(null=True)  # machine time, not product time
    posted_at = fields.DatetimeField(null=True)  # committed just before the POST
    settled_at = fields.DatetimeField(null=True)  # reached a final state
    is_redacted = fields.BooleanField(default=False, db_default=False)  # the body was removed at Twilio
    due_id = fields.BigIntField(null=True)  # the due row that caused it

    class Meta:
        table = "outbox"


class DeliveryEvent(Model):
    """One status callback, as it came; kept to rank late and repeated ones."""

    id = fields.BigIntField(primary_key=True)
    token = fields.UUIDField(null=True, db_index=True)  # the outbox item's; empty when the callback had none
    sid_key = fields.CharField(max_length=32)  # Vault.event_key
    status = fields.CharField(max_length=24)  # Twilio's word
    error_code = fields.IntField(null=True)
    at = fields.DatetimeField()

    class Meta:
        table = "delivery_event"


class SenderPace(Model):
    """When a sender may speak next; the row is the lock that shares one rate among workers."""

    sender = fields.CharField(max_length=40, primary_key=True)  # +E.164 or MG...
    free_at = fields.DatetimeField()  # machine time, not product time

    class Meta:
        table = "sender_pace"
