"""What every test may use."""

from hypothesis import HealthCheck, settings

from tests.flows.rewriting import pytest_addoption
from tests.towns import first_town, town_server

__all__ = ("first_town", "pytest_addoption", "town_server")

# A machine that is busy with the other parts of the tests is no fault of what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
