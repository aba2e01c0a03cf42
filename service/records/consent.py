"""What people agreed to, kept as proof: the two ledgers only grow, and outlive the person."""

from __future__ import annotations

from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from service.records.people import Person


class Grant(Model):
    """A person's standing permission (C1, R3, ...). At most one of a kind is not withdrawn."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    kind = fields.CharField(max_length=8)  # PROGRAMME 4.6
    given_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)
    entry_id = fields.BigIntField(null=True)  # the consent entry that proves it; the ledger is not tied to rows

    class Meta:
        table = "sharing_grant"


class SharingAsk(Model):
    """The first yes to a permission, said by voice after the code. Gone with the second yes, or when it lapses."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "records.Person", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    person_id: UUID
    kind = fields.CharField(max_length=8)
    asked_at = fields.DatetimeField()

    class Meta:
        table = "sharing_ask"
        unique_together = (("person", "kind"),)


class ConsentEntry(Model):
    """One act of consent or its withdrawal, with the exact wording. Append-only; six years."""

    id = fields.BigIntField(primary_key=True)
    person_ref = fields.UUIDField()  # outlives the person, so no foreign key
    number_key = fields.CharField(max_length=32)
    act = fields.CharField(max_length=16)  # given, revoked, asked (a first yes), heard, ...
    subject = fields.CharField(max_length=16)  # what for: texts, a grant's kind, ...
    wording = fields.TextField()  # exactly what was read or heard
    phrase_id = fields.CharField(max_length=16, null=True)
    words_version = fields.CharField(max_length=32, null=True)
    script = fields.CharField(max_length=40, null=True)
    script_hash = fields.CharField(max_length=64, null=True)
    channel = fields.CharField(max_length=12)  # sms, voice, web, paper, ...
    source = fields.TextField()  # where it came from: a keyword, a sheet, who typed it
    at = fields.DatetimeField()

    class Meta:
        table = "consent_entry"


class AuditEvent(Model):
    """Who did what to whose record, without content. Append-only; six years."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    actor = fields.TextField()  # an operator's name, or the service's own part
    act = fields.TextField()
    person_ref = fields.UUIDField(null=True)
    detail: fields.Field[dict[str, object]] = fields.JSONField(default=dict, db_default={})  # ids, counts, reasons

    class Meta:
        table = "audit_event"


class Suppression(Model):
    """A number that said stop. Kept at least ten years, never erased with the person."""

    number_key = fields.CharField(max_length=32, primary_key=True)
    opted_out_at = fields.DatetimeField()
    lifted_at = fields.DatetimeField(null=True)  # the person themself opted in again
    reason = fields.CharField(max_length=24)  # stop, carrier, complaint, ...

    class Meta:
        table = "suppression"
