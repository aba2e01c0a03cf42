"""The first yes to a kind of sharing, until the second."""

from __future__ import annotations

from uuid import uuid4

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("records", "0009_screens")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.CreateModel(
            name="SharingAsk",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4)),
                ("person", fields.ForeignKeyField(
                    "records.Person", source_field="person_id", db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("kind", fields.CharField(max_length=8)),
                ("asked_at", fields.DatetimeField()),
            ],
            options={
                "table": "sharing_ask", "app": "records", "pk_attr": "id", "unique_together": (("person", "kind"),),
            },
        ),
    ]
