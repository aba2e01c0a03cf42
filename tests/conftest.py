"""What every test may use."""

from tests.flows.rewriting import pytest_addoption
from tests.towns import first_town, town_server

__all__ = ("first_town", "pytest_addoption", "town_server")
