"""Two people who are linked, and who vouched for it."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from service.records.people import Bond, Person


class Pair(Model):
    """A link between two people; it shares their bond."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    bond: fields.ForeignKeyRelation[Bond] = fields.ForeignKeyField(
        "records.Bond", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    bond_id: UUID
    state = fields.CharField(max_length=12)  # proposed, settling, active, dormant, closed
    mode = fields.CharField(max_length=12)  # self, facilitated, household
    created_at = fields.DatetimeField()
    opened_at = fields.DatetimeField(null=True)  # first became active
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "pair"


class PairMember(Model):
    """One person's place in a pair. A person has at most one place they have not left."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    pair: fields.ForeignKeyRelation[Pair] = fields.ForeignKeyField(
        "records.Pair", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    pair_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    vouched_by = fields.TextField(null=True)  # who saw this person alone; empty where nobody has to
    vouched_on = fields.DateField(null=True)
    ready_at = fields.DatetimeField(null=True)  # this person's own yes to the link
    left_at = fields.DatetimeField(null=True)
    sheet: fields.Field[dict[str, object]] = fields.JSONField(default=dict, db_default={})  # the vouching sheet's ticks

    class Meta:
        table = "pair_member"
