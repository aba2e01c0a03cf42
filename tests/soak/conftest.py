"""A house of one process for the couples."""

from tests.calls.conftest import everything

__all__ = ("everything",)
