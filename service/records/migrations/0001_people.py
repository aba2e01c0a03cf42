"""People, the pairs they form, and the proof of what they agreed to."""

from __future__ import annotations

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    initial = True
    operations = [  # noqa: RUF012 - the shape Tortoise asks for
        ops.CreateModel(
            name="Bond",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
            ],
            options={"table": "bond", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="Person",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("bond", fields.ForeignKeyField(
                    "records.Bond", source_field="bond_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.RESTRICT,
                )),
                ("number_key", fields.CharField(null=True, unique=True, max_length=32)),
                ("number_sealed", fields.TextField(null=True)),
                ("name_sealed", fields.TextField(null=True)),
                ("locale", fields.CharField(max_length=8)),
                ("zone", fields.CharField(null=True, max_length=64)),
                ("country", fields.CharField(null=True, max_length=2)),
                ("status", fields.CharField(max_length=16)),
                ("settings", fields.JSONField(default=dict, db_default={})),
                ("paused_until", fields.DatetimeField(null=True)),
                ("held_until", fields.DatetimeField(null=True)),
                ("no_follow_up", fields.BooleanField(default=False, db_default=False)),
                ("unanswered", fields.IntField(default=0, db_default=0)),
                ("joined_at", fields.DatetimeField(null=True)),
                ("created_at", fields.DatetimeField()),
                ("last_heard_at", fields.DatetimeField(null=True)),
                ("last_phrase", fields.CharField(null=True, max_length=16)),
                ("last_said_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "person", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="PersonKey",
            fields=[
                ("person_id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("wrapped", fields.TextField()),
                ("created_at", fields.DatetimeField()),
            ],
            options={"table": "person_key", "app": "records", "pk_attr": "person_id"},
        ),
        ops.CreateModel(
            name="Pin",
            fields=[
                ("person", fields.OneToOneField(
                    "records.Person", source_field="person_id", primary_key=True, db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("hash", fields.TextField()),
                ("set_at", fields.DatetimeField()),
            ],
            options={"table": "pin", "app": "records", "pk_attr": "person_id"},
        ),
        ops.CreateModel(
            name="Attempt",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("scope", fields.CharField(max_length=12)),
                ("key", fields.CharField(max_length=64)),
                ("at", fields.DatetimeField()),
            ],
            options={"table": "attempt", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="Pair",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("bond", fields.ForeignKeyField(
                    "records.Bond", source_field="bond_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.RESTRICT,
                )),
                ("state", fields.CharField(max_length=12)),
                ("mode", fields.CharField(max_length=12)),
                ("created_at", fields.DatetimeField()),
                ("opened_at", fields.DatetimeField(null=True)),
                ("closed_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "pair", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="PairMember",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("pair", fields.ForeignKeyField(
                    "records.Pair", source_field="pair_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("vouched_by", fields.TextField(null=True)),
                ("vouched_on", fields.DateField(null=True)),
                ("ready_at", fields.DatetimeField(null=True)),
                ("left_at", fields.DatetimeField(null=True)),
                ("sheet", fields.JSONField(default=dict, db_default={})),
            ],
            options={"table": "pair_member", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="Grant",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("kind", fields.CharField(max_length=8)),
                ("given_at", fields.DatetimeField()),
                ("expires_at", fields.DatetimeField()),
                ("withdrawn_at", fields.DatetimeField(null=True)),
                ("entry_id", fields.BigIntField(null=True)),
            ],
            options={"table": "sharing_grant", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="ConsentEntry",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("person_ref", fields.UUIDField()),
                ("number_key", fields.CharField(max_length=32)),
                ("act", fields.CharField(max_length=16)),
                ("subject", fields.CharField(max_length=16)),
                ("wording", fields.TextField()),
                ("phrase_id", fields.CharField(null=True, max_length=16)),
                ("words_version", fields.CharField(null=True, max_length=32)),
                ("script", fields.CharField(null=True, max_length=40)),
                ("script_hash", fields.CharField(null=True, max_length=64)),
                ("channel", fields.CharField(max_length=12)),
                ("source", fields.TextField()),
                ("at", fields.DatetimeField()),
            ],
            options={"table": "consent_entry", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("at", fields.DatetimeField()),
                ("actor", fields.TextField()),
                ("act", fields.TextField()),
                ("person_ref", fields.UUIDField(null=True)),
                ("detail", fields.JSONField(default=dict, db_default={})),
            ],
            options={"table": "audit_event", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="Suppression",
            fields=[
                ("number_key", fields.CharField(primary_key=True, max_length=32)),
                ("opted_out_at", fields.DatetimeField()),
                ("lifted_at", fields.DatetimeField(null=True)),
                ("reason", fields.CharField(max_length=24)),
            ],
            options={"table": "suppression", "app": "records", "pk_attr": "number_key"},
        ),
        ops.CreateModel(
            name="Stranger",
            fields=[
                ("number_key", fields.CharField(primary_key=True, max_length=32)),
                ("told_on", fields.DateField(null=True)),
            ],
            options={"table": "stranger", "app": "records", "pk_attr": "number_key"},
        ),
    ]
