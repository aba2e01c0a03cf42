"""Proof that a script can leave nobody stuck: every rule of the author's manual, then a walk through every state."""

from flows.checking.rules import check_scripts

__all__ = ("check_scripts",)
