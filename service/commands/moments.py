"""Zones and times as commands take them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from service.clock import real_now


class Zone(click.ParamType[ZoneInfo]):
    name = "zone"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> ZoneInfo:
        """An IANA zone."""
        try:
            return ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.fail(f"{value} is no zone; write it as America/New_York", param, ctx)


class Moment(click.ParamType[datetime]):
    name = "iso"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """An ISO time; without an offset it is wall-clock time in --zone."""
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is no time; write it as 2026-11-23T18:30:00-05:00", param, ctx)


def in_zone(at: datetime | None, zone: ZoneInfo) -> datetime:
    """The aware time that was meant: now when none was given, wall-clock time in `zone` without an offset."""
    if at is None:
        return real_now()
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)
