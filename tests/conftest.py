"""What every test may use."""

from tests.flows.rewriting import pytest_addoption

__all__ = ("pytest_addoption",)
