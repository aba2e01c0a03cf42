"""What a turn reads and leaves behind: sessions, answers, what is due, what is owed, what came in."""

from __future__ import annotations

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("records", "0001_people")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.CreateModel(
            name="ScriptVersion",
            fields=[
                ("hash", fields.CharField(primary_key=True, max_length=64)),
                ("name", fields.CharField(max_length=40)),
                ("source", fields.TextField()),
                ("first_seen_at", fields.DatetimeField()),
            ],
            options={"table": "script_version", "app": "records", "pk_attr": "hash"},
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("channel", fields.CharField(max_length=8)),
                ("script", fields.CharField(max_length=40)),
                ("script_hash", fields.CharField(max_length=64)),
                ("state_sealed", fields.TextField()),
                ("turn", fields.IntField()),
                ("is_open", fields.BooleanField()),
                ("opened_at", fields.DatetimeField()),
                ("updated_at", fields.DatetimeField()),
                ("closes_at", fields.DatetimeField(null=True)),
            ],
            options={"table": "session", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="Rating",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("item", fields.CharField(max_length=16)),
                ("value_sealed", fields.TextField()),
                ("local_date", fields.DateField()),
                ("slot", fields.CharField(max_length=16)),
                ("is_late", fields.BooleanField()),
                ("is_held_back", fields.BooleanField(default=False, db_default=False)),
                ("keep_until", fields.DateField()),
            ],
            options={"table": "rating", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="Note",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("kind", fields.CharField(max_length=16)),
                ("text_sealed", fields.TextField()),
                ("local_date", fields.DateField()),
                ("keep_until", fields.DateField()),
            ],
            options={"table": "note", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="PublishedItem",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("receiver", fields.ForeignKeyField(
                    "records.Person", source_field="receiver_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("publisher_id", fields.UUIDField(db_index=True)),
                ("kind", fields.CharField(max_length=12)),
                ("item_sealed", fields.TextField()),
                ("local_date", fields.DateField()),
                ("expires_on", fields.DateField()),
                ("entry_id", fields.BigIntField(null=True)),
            ],
            options={"table": "published_item", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="Due",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", null=True, db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("kind", fields.CharField(max_length=32)),
                ("rule", fields.CharField(max_length=80)),
                ("local_date", fields.DateField()),
                ("slot", fields.CharField(max_length=16)),
                ("due_at", fields.DatetimeField()),
                ("expires_at", fields.DatetimeField(null=True)),
                ("zone", fields.CharField(null=True, max_length=64)),
                ("payload", fields.JSONField(default=dict, db_default={})),
                ("session_id", fields.BigIntField(null=True)),
                ("session_turn", fields.IntField(null=True)),
                ("state", fields.CharField(max_length=12)),
                ("outcome", fields.CharField(null=True, max_length=40)),
                ("attempts", fields.IntField(default=0, db_default=0)),
                ("lease_until", fields.DatetimeField(null=True)),
                ("created_at", fields.DatetimeField()),
                ("closed_at", fields.DatetimeField(null=True)),
            ],
            options={
                "table": "due", "app": "records", "pk_attr": "id",
                "unique_together": (("rule", "local_date", "slot"),),
            },
        ),
        ops.CreateModel(
            name="OutboxItem",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("token", fields.UUIDField(default=uuid4, unique=True)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", null=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("recipient_key", fields.CharField(max_length=32)),
                ("to_sealed", fields.TextField(null=True)),
                ("purpose", fields.CharField(max_length=16)),
                ("phrase_id", fields.CharField(max_length=16)),
                ("locale", fields.CharField(max_length=8)),
                ("words_version", fields.CharField(max_length=32)),
                ("script_hash", fields.CharField(null=True, max_length=64)),
                ("arguments_sealed", fields.TextField(null=True)),
                ("body_hash", fields.CharField(max_length=64)),
                ("segments", fields.IntField()),
                ("state", fields.CharField(max_length=12)),
                ("priority", fields.IntField()),
                ("owed_at", fields.DatetimeField()),
                ("not_before", fields.DatetimeField()),
                ("expires_at", fields.DatetimeField()),
                ("attempts", fields.IntField(default=0, db_default=0)),
                ("intent", fields.UUIDField(db_index=True)),
                ("sid", fields.CharField(null=True, unique=True, max_length=64)),
                ("error_code", fields.IntField(null=True)),
                ("lease_until", fields.DatetimeField(null=True)),
                ("posted_at", fields.DatetimeField(null=True)),
                ("settled_at", fields.DatetimeField(null=True)),
                ("is_redacted", fields.BooleanField(default=False, db_default=False)),
                ("due_id", fields.BigIntField(null=True)),
            ],
            options={"table": "outbox", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="DeliveryEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("token", fields.UUIDField(null=True, db_index=True)),
                ("sid_key", fields.CharField(max_length=32)),
                ("status", fields.CharField(max_length=24)),
                ("error_code", fields.IntField(null=True)),
                ("at", fields.DatetimeField()),
            ],
            options={"table": "delivery_event", "app": "records", "pk_attr": "id"},
        ),
        ops.CreateModel(
            name="SenderPace",
            fields=[
                ("sender", fields.CharField(primary_key=True, max_length=40)),
                ("free_at", fields.DatetimeField()),
            ],
            options={"table": "sender_pace", "app": "records", "pk_attr": "sender"},
        ),
        ops.CreateModel(
            name="InboundEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True)),
                ("provider", fields.CharField(max_length=12)),
                ("kind", fields.CharField(max_length=16)),
                ("sid_key", fields.CharField(max_length=32)),
                ("person_id", fields.UUIDField(null=True, db_index=True)),
                ("received_at", fields.DatetimeField()),
                ("answer_sealed", fields.TextField(null=True)),
            ],
            options={
                "table": "inbound_event", "app": "records", "pk_attr": "id",
                "unique_together": (("provider", "kind", "sid_key"),),
            },
        ),
        ops.CreateModel(
            name="Watermark",
            fields=[
                ("name", fields.CharField(primary_key=True, max_length=24)),
                ("read_until", fields.DatetimeField()),
            ],
            options={"table": "watermark", "app": "records", "pk_attr": "name"},
        ),
        ops.CreateModel(
            name="Switch",
            fields=[
                ("name", fields.CharField(primary_key=True, max_length=24)),
                ("is_on", fields.BooleanField()),
                ("set_at", fields.DatetimeField()),
                ("by", fields.TextField()),
            ],
            options={"table": "switch", "app": "records", "pk_attr": "name"},
        ),
    ]
