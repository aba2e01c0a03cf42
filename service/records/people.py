"""Who we talk to, the key that seals what is theirs, and the PIN that opens the private doors."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model


class Bond(Model):
    """What a turn locks: each person has one from birth, a pair shares one, so partners never write at once."""

    id = fields.UUIDField(primary_key=True, default=uuid4)

    class Meta:
        table = "bond"


class Person(Model):
    """Someone who texted or called us. A number we know nothing of is a `Stranger`."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    bond: fields.ForeignKeyRelation[Bond] = fields.ForeignKeyField(
        "records.Bond", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    bond_id: UUID
    number_key = fields.CharField(max_length=32, null=True, unique=True)  # Vault.number_key of the E.164 number
    number_sealed = fields.TextField(null=True)  # E.164, under the person's key
    name_sealed = fields.TextField(null=True)  # what the person wants to be called
    locale = fields.CharField(max_length=8)  # en or es
    zone = fields.CharField(max_length=64, null=True)  # IANA name
    country = fields.CharField(max_length=2, null=True)  # ISO 3166 alpha-2: whose helplines
    status = fields.CharField(max_length=16)  # invited, active, opted_out, erasing
    settings: fields.Field[dict[str, object]] = fields.JSONField(default=dict, db_default={})  # PROGRAMME 3.12, by key
    paused_until = fields.DatetimeField(null=True)  # the person asked for quiet
    held_until = fields.DatetimeField(null=True)  # after a crisis reply: nothing but safety leaves
    no_follow_up = fields.BooleanField(default=False, db_default=False)  # asked not to be checked on after a crisis
    unanswered = fields.IntField(default=0, db_default=0)  # prompts in a row without a reply
    joined_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    last_heard_at = fields.DatetimeField(null=True)
    last_phrase = fields.CharField(max_length=16, null=True)  # phrase id of our last prompt
    last_said_at = fields.DatetimeField(null=True)  # when that prompt was made

    class Meta:
        table = "person"


class PersonKey(Model):
    """A person's data key, wrapped by the service's keys. Outside the main dump; deleting it is what erases."""

    person_id = fields.UUIDField(primary_key=True)  # no foreign key: the two tables are backed up apart
    wrapped = fields.TextField()  # Vault.new_person_key
    created_at = fields.DatetimeField()

    class Meta:
        table = "person_key"


class Pin(Model):
    """A person's PIN, as an argon2 hash; and the second one, which opens an account that looks empty."""

    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, primary_key=True
    )
    person_id: UUID
    hash = fields.TextField()
    # The hash of the second one under the person's key; of none at all where there is none, so that no row tells.
    cover_sealed = fields.TextField(null=True)
    set_at = fields.DatetimeField()
    new_asked_at = fields.DatetimeField(null=True)  # it was forgotten: a new one may be set three days later

    class Meta:
        table = "pin"


class Attempt(Model):
    """One try that is counted: a PIN, a pair code. Counting rows of a window is the limit."""

    id = fields.BigIntField(primary_key=True)
    scope = fields.CharField(max_length=12)  # what was tried: pin, code, ...
    key = fields.CharField(max_length=64)  # by whom: a person's id or a number key
    at = fields.DatetimeField()

    class Meta:
        table = "attempt"
