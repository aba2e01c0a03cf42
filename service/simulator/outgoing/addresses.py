"""Which numbers and which web addresses the network takes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
VISIBLE = re.compile(r"[!-~]+")


def is_web_address(url: str) -> bool:
    """Whether Twilio would take it as the address of a webhook: absolute, plain letters, a host without underscore."""
    if not VISIBLE.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "_" not in (parts.hostname or "_")
    except ValueError:
        return False
