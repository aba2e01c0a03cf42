"""A private code that was forgotten: when a new one was asked for."""

from __future__ import annotations

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("records", "0011_repeats")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.AddField(model_name="Pin", name="new_asked_at", field=fields.DatetimeField(null=True)),
    ]
