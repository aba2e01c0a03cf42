"""The way to numbers that were blocked lately, whose people's own rows may not say so yet."""

from __future__ import annotations

from tortoise import migrations
from tortoise.migrations import operations as ops

LATELY = ["CREATE INDEX suppression_lately ON suppression (opted_out_at) WHERE lifted_at IS NULL"]


class Migration(migrations.Migration):
    dependencies = [("records", "0014_paths")]  # noqa: RUF012 - the shape Tortoise asks for
    operations = [ops.RunSQL(LATELY)]  # noqa: RUF012
