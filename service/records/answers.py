"""What people told us, sealed for themselves; and what a person chose to publish, sealed for its receiver."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from service.records.people import Person


class Rating(Model):
    """One number a person gave. Twelve months."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    item = fields.CharField(max_length=16)  # mood, tension, ...
    value_sealed = fields.TextField()
    local_date = fields.DateField()  # the person's day
    slot = fields.CharField(max_length=16)  # which check-in of the day
    is_late = fields.BooleanField()  # the reply came after its window
    is_held_back = fields.BooleanField(default=False, db_default=False)  # a crisis reply came with it: not for patterns
    keep_until = fields.DateField()

    class Meta:
        table = "rating"


class Note(Model):
    """Words a person kept for themself: a feeling, a reason, a journal line. Ninety days, longer by KEEP."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    kind = fields.CharField(max_length=16)
    text_sealed = fields.TextField()
    local_date = fields.DateField()
    keep_until = fields.DateField()

    class Meta:
        table = "note"


class PublishedItem(Model):
    """What one person published to another: the receiver's row, under the receiver's key."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    receiver: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    receiver_id: UUID
    publisher_id = fields.UUIDField(db_index=True)  # no foreign key: what was given stays the receiver's
    kind = fields.CharField(max_length=12)
    item_sealed = fields.TextField()
    local_date = fields.DateField()  # the publisher's day
    expires_on = fields.DateField()
    entry_id = fields.BigIntField(null=True)  # the consent entry that allowed it

    class Meta:
        table = "published_item"
