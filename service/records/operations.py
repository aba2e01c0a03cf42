"""What the operator and the sweeps remember about the service itself."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Watermark(Model):
    """How far a listing at Twilio has been read, and when a worker last ended a whole sweep (machine time)."""

    name = fields.CharField(max_length=24, primary_key=True)
    read_until = fields.DatetimeField()

    class Meta:
        table = "watermark"


class Switch(Model):
    """Something an operator can turn off at once: sending, partner output."""

    name = fields.CharField(max_length=24, primary_key=True)
    is_on = fields.BooleanField()
    set_at = fields.DatetimeField()
    by = fields.TextField()  # who, and why

    class Meta:
        table = "switch"


class Trial(Model):
    """Work that was begun and not finished: counted before each try, gone once it succeeded."""

    id = fields.BigIntField(primary_key=True)
    kind = fields.CharField(max_length=12)  # inbound, settle, call
    key = fields.CharField(max_length=40)  # a row's id, or the key of an event
    tries = fields.IntField()
    state = fields.CharField(max_length=12)  # open, quarantined
    tried_at = fields.DatetimeField()  # machine time, not product time
    sid_sealed = fields.TextField(null=True)  # the network's id of an event, under the service's subkey

    class Meta:
        table = "trial"
        unique_together = (("kind", "key"),)
