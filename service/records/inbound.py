"""What the telephone network told us, once each; and numbers we know nothing of."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model

PROVIDER = "twilio"  # whose ids tell its events apart


class InboundEvent(Model):
    """A text, key press or callback that was processed: its key makes a repeat change nothing."""

    id = fields.BigIntField(primary_key=True)
    provider = fields.CharField(max_length=12)
    kind = fields.CharField(max_length=16)  # sms, step, status, ...
    sid_key = fields.CharField(max_length=32)  # Vault.event_key of the SID and what tells it apart
    person_id = fields.UUIDField(null=True, db_index=True)  # no foreign key: a repeat after erasure is still a repeat
    received_at = fields.DatetimeField()
    answer_sealed = fields.TextField(null=True)  # a call step's TwiML, until one hour after the call

    class Meta:
        table = "inbound_event"
        unique_together = (("provider", "kind", "sid_key"),)


class Stranger(Model):
    """A number that is nobody we know: at most one reply a day."""

    number_key = fields.CharField(max_length=32, primary_key=True)
    told_on = fields.DateField(null=True)  # UTC day of our last reply

    class Meta:
        table = "stranger"
