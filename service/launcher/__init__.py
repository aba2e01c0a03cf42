"""Everything on one machine with one command: `make run`."""

from service.launcher.everything import run_everything
from service.launcher.surroundings import running_environment

__all__ = ["run_everything", "running_environment"]
