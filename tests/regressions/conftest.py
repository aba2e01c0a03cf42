"""The demo people in a house of one process."""

from tests.calls.conftest import everything

__all__ = ("everything",)
