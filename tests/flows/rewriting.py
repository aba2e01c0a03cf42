"""The switch `--rewrite-transcripts`: our side of every golden transcript is written anew, the author's lines stay."""

from __future__ import annotations

import pytest

REWRITE = "--rewrite-transcripts"


def pytest_addoption(parser: pytest.Parser) -> None:
    """For tests/conftest.py, which imports it: an option must be known before any test is collected."""
    parser.addoption(REWRITE, action="store_true", help="write our side of tests/transcripts/*.txt anew")
