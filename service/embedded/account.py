"""The account an embedded server runs as: ours, or for root (PostgreSQL refuses it) the data's owner or nobody."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Account:
    """A system account by its numbers."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Whether this process already runs as it."""
        return self.uid == os.geteuid()

    def run_options(self) -> dict[str, Any]:
        """What `subprocess` needs to start something as this account, in a folder that it can surely enter."""
        options: dict[str, Any] = {"cwd": "/"}
        if not self.is_ours:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def can(self, permission: Literal["r", "w", "x"], path: Path) -> bool:
        """Whether this account has the permission, by trying: mode bits of the parents and ACLs tell half of it."""
        asked = ["/bin/sh", "-c", f'test -{permission} "$1"', "sh", str(path)]
        return subprocess.run(asked, check=False, **self.run_options()).returncode == 0  # noqa: S603

    def own(self, path: Path) -> None:
        """Make `path`, which we made, this account's."""
        if not self.is_ours:
            os.chown(path, self.uid, self.gid)


def our_account() -> Account:
    """The account of this process."""
    return Account(os.geteuid(), os.getegid())


def database_account(*existing: Path) -> Account:
    """Who runs PostgreSQL: ours; for root the owner of the first folder of `existing` that is there, else nobody."""
    if os.geteuid() != 0:
        return our_account()
    for folder in existing:
        if folder.is_dir() and folder.stat().st_uid != 0:
            return Account(folder.stat().st_uid, folder.stat().st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)
