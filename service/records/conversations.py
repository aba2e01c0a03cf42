"""One person in one script, now; and every script's text for as long as a session is pinned to it."""

from __future__ import annotations

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from service.records.people import Person


class Session(Model):
    """One person in one script on one channel. At most one is open for each person and channel."""

    id = fields.BigIntField(primary_key=True)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    channel = fields.CharField(max_length=8)  # text, voice
    script = fields.CharField(max_length=40)
    script_hash = fields.CharField(max_length=64)  # pins the text; no foreign key: versions are swept on their own
    call_key = fields.CharField(max_length=32, null=True)  # Vault.event_key of the call it is held on
    state_sealed = fields.TextField()  # the session's JSON, under the person's key
    turn = fields.IntField()  # turns taken; a due row of an older turn is stale
    is_open = fields.BooleanField()
    opened_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    closes_at = fields.DatetimeField(null=True)  # the script's own end of patience

    class Meta:
        table = "session"


class ScriptVersion(Model):
    """A script's text by its hash, until the last session pinned to it ends."""

    hash = fields.CharField(max_length=64, primary_key=True)  # sha256 of `source`, hex
    name = fields.CharField(max_length=40)
    source = fields.TextField()  # the YAML
    first_seen_at = fields.DatetimeField()

    class Meta:
        table = "script_version"
