"""Where embedded servers keep sockets, passwords and, for another account, data and binaries. All private."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from service.embedded.account import Account
from service.errors import ServerUnavailable

# Socket addresses hold at most 103 bytes on macOS and 107 on Linux, so sockets lie in a short folder, not below ours.
SHORT_FOLDERS = (Path("/tmp"), Path(tempfile.gettempdir()))  # noqa: S108  a random name, made 0700, owner checked
# Unlike /tmp it survives a reboot.
LASTING_FOLDER = Path("/var/tmp")  # noqa: S108  owner and mode are checked before use


def private_folder(path: Path, account: Account) -> Path:
    """`path` as a folder that only `account` enters (mode 0700), made if missing.

    Raises:
        ServerUnavailable: something else lies there: a link, a file, or somebody else's folder.
    """
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o700)
        account.own(path)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {account.uid, os.geteuid()}:
        raise ServerUnavailable(f"{path} is not a folder of our own", f"look at it and remove it: rm -r {path}")
    path.chmod(0o700)
    account.own(path)
    return path


def socket_folder(record: Path, account: Account) -> Path:
    """A short private folder for sockets; its name is kept in the file `record`, so that addresses stay the same.

    Raises:
        OSError: no folder could be made.
    """
    if record.exists():
        kept = Path(record.read_text(encoding="utf-8"))
        if kept.parent in SHORT_FOLDERS and kept.name.startswith("mendline-"):
            with contextlib.suppress(ServerUnavailable):
                return private_folder(kept, account)
    parent = next(folder for folder in SHORT_FOLDERS if os.access(folder, os.W_OK | os.X_OK))
    made = private_folder(Path(tempfile.mkdtemp(prefix="mendline-", dir=parent)), account)
    record.write_text(str(made), encoding="utf-8")
    return made


def password_in(path: Path) -> str:
    """The password kept in `path` (mode 0600), made on the first reading. URL-safe letters only."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24))
    return path.read_text(encoding="ascii")


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600 in one step: a reader, or a crash, sees the old text or the new one."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    settle_names(path.parent)


def settle_names(folder: Path) -> None:
    """Write a folder's names to the disk: without it a power cut may undo a rename whose file was kept."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def lasting_place(folder: Path, account: Account) -> Path:
    """Where the data of `folder` lies: in it, or, where `account` cannot get there, in the lasting temporary folder.

    The choice is kept in `folder/elsewhere`, so that it survives a move of the project and changed permissions, and
    what an erased project of the same path left behind is never taken for this one's.

    Raises:
        ServerUnavailable: the data is gone, or lies in `folder` where the account cannot reach it any more.
    """
    record, inside = folder / "elsewhere", folder / "place"
    if record.exists():
        kept = Path(record.read_text(encoding="utf-8"))
        if kept.parent != LASTING_FOLDER or not kept.name.startswith("mendline-"):
            raise ServerUnavailable(f"{record} names {kept}, which we never made", "put the file back from a backup")
        if not kept.exists():  # a cleaner took it; to begin anew in silence would look like a loss of everything
            raise ServerUnavailable(f"the database in {kept} is gone", f"restore a backup after: rm {record}")
        return private_folder(kept, account)
    is_new = not inside.exists()
    if account.can("w", private_folder(inside, account)):
        return inside
    if not is_new:
        raise ServerUnavailable(
            f"PostgreSQL's account cannot reach {inside}", f"let it pass: chmod o+x on the folders above {folder}"
        )
    inside.rmdir()
    elsewhere = private_folder(_unused_name(folder), account)
    record.write_text(str(elsewhere), encoding="utf-8")
    return elsewhere


def _unused_name(folder: Path) -> Path:
    name = "mendline-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    place, copies = LASTING_FOLDER / name, 1
    while place.exists() or place.is_symlink():
        copies += 1
        place = LASTING_FOLDER / f"{name}-{copies}"
    return place


def reachable_copy(above: Path, parts: Sequence[str], program: str, account: Account) -> Path:
    """`above`, or where `account` cannot run `above/program` a copy of its `parts` that it can, made once.

    Parts are folders; those that are not there are passed over. Programs find their libraries by the way from part to
    part, so all are copied as they lie.

    Raises:
        ServerUnavailable: somebody else's folder lies where the copy belongs.
    """
    if account.can("x", above / program):
        return above
    files = [path for part in parts for path in sorted((above / part).rglob("*"))]
    marks = "\n".join(f"{path.relative_to(above)} {path.lstat().st_size}" for path in files if not path.is_dir())
    copy = LASTING_FOLDER / f"mendline-programs-{hashlib.sha256(marks.encode()).hexdigest()[:12]}"
    if os.path.lexists(copy) and (copy.is_symlink() or copy.stat().st_uid != os.geteuid()):
        raise ServerUnavailable(f"{copy} is not ours", f"look at it and remove it: rm -r {copy}")
    # Cleaners of temporary folders take single files that were not read for long.
    if not all(os.path.lexists(copy / path.relative_to(above)) for path in files):
        unfinished = Path(tempfile.mkdtemp(prefix="mendline-", dir=LASTING_FOLDER))
        for part in parts:
            if (above / part).is_dir():
                shutil.copytree(above / part, unfinished / part, symlinks=True)
        unfinished.chmod(0o755)
        shutil.rmtree(copy, ignore_errors=True)
        unfinished.rename(copy)
    return copy
