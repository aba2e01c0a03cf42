"""The settings a command finds where it runs. Imports no more than that: a start waits for it."""

from __future__ import annotations

from pathlib import Path

from service.launcher.surroundings import running_environment
from service.settings import Settings, process_environment, read_settings


def environment_here() -> dict[str, str]:
    """The environment, `.env`, and what a `make run` of this folder set up.

    Raises:
        ServerUnavailable: a kept file cannot be read.
    """
    return running_environment(Path.cwd(), process_environment())


def settings_here() -> Settings:
    """Raises SettingsInvalid, or ServerUnavailable as `environment_here`."""
    return read_settings(environment_here())
