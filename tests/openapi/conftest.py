"""What looks at every request of a run comes last in it."""

from __future__ import annotations

import pytest

from tests.stories.conftest import ada, clock, house, network, running

__all__ = ("ada", "clock", "house", "network", "running")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After all others."""
    items.sort(key=lambda item: "tests/openapi/test_requests" in item.nodeid)
