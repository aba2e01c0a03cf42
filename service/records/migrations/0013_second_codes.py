"""The second code, which opens an account that looks empty."""

from __future__ import annotations

from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("records", "0012_codes")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [  # noqa: RUF012
        ops.AddField(model_name="Pin", name="cover_sealed", field=fields.TextField(null=True)),
    ]
