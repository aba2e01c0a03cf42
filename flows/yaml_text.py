"""YAML 1.2 as plain values. Its library weighs more than all readers, so only whoever reads a file loads it."""

from __future__ import annotations

from typing import Any


def read_yaml(source: str) -> Any:
    """What the text says, in dicts, lists and scalars. Raises ruamel.yaml.error.YAMLError."""
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=False).load(source)
