"""The safety screen's result: sealed, one a person, never longer than until it is asked again."""

from __future__ import annotations

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from service.records.people import Person


class SafetyScreen(Model):
    """What stands of a person's last screen. The answers themselves are kept nowhere."""

    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, primary_key=True
    )
    person_id: UUID
    result_sealed = fields.TextField(null=True)  # under the person's key; empty in a household, where nothing is kept
    answered_on = fields.DateField()  # the person's day
    again_on = fields.DateField()  # drawn
    keep_until = fields.DateField()

    class Meta:
        table = "safety_screen"
