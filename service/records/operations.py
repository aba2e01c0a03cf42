"""What the operator and the sweeps remember about the service itself."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Watermark(Model):
    """How far a listing at Twilio has been read."""

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
