"""The sealed result of the safety screen."""

from __future__ import annotations

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("records", "0008_asking_calls")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.CreateModel(
            name="SafetyScreen",
            fields=[
                ("person", fields.OneToOneField(
                    "records.Person", source_field="person_id", primary_key=True, db_index=True, to_field="id",
                    related_name=False, on_delete=OnDelete.CASCADE,
                )),
                ("result_sealed", fields.TextField(null=True)),
                ("answered_on", fields.DateField()),
                ("again_on", fields.DateField()),
                ("keep_until", fields.DateField()),
            ],
            options={"table": "safety_screen", "app": "records", "pk_attr": "person_id"},
        ),
    ]
