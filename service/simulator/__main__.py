"""`python -m service.simulator --port N --journal FOLDER`: a telephone network on this machine, until it is stopped."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import uvicorn

from service.errors import SettingsInvalid
from service.settings import read_settings
from service.simulator.api.sockets import Line
from service.simulator.app import build_app
from service.simulator.carrier import DEFAULT_REPLIES
from service.simulator.clockwork import PATIENCE_SECONDS
from service.simulator.network import Account


def main() -> int:
    """Serve until interrupted; 2 when the arguments and the environment do not say enough."""
    given = _arguments().parse_args()
    try:
        account = _account(given)
        replies = _read_replies(given.carrier_replies)
    except (SettingsInvalid, OSError, ValueError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    app = build_app(
        account, given.journal, replies=replies, patience_seconds=given.patience, answers=given.answers
    )
    uvicorn.run(
        app, host="127.0.0.1", port=given.port, http=Line, access_log=False, log_level="warning", proxy_headers=False,
        timeout_graceful_shutdown=2, lifespan="on",
    )  # fmt: skip
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m service.simulator", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--journal", type=Path, required=True, help="folder of the journal and the clock")
    parser.add_argument("--account", help="AC…; else TWILIO_ACCOUNT_SID")
    parser.add_argument("--tokens", help="current,next; else TWILIO_AUTH_TOKEN")
    parser.add_argument("--sender", help="the product's number, or MG…; else TWILIO_SENDER")
    parser.add_argument("--voice-number", default="", help="the number people call, where it is another one")
    parser.add_argument("--public-url", help="where the product answers; else PUBLIC_URL")
    parser.add_argument("--carrier-replies", type=Path, help='JSON file: {"STOP": "…", "START": "…", "HELP": "…"}')
    parser.add_argument("--answers", type=Path, help="a file that keeps every answer of the product whole, for tests")
    parser.add_argument("--patience", type=float, default=PATIENCE_SECONDS, help="seconds without progress")
    return parser


def _account(given: argparse.Namespace) -> Account:
    if given.account and given.tokens and given.sender and given.public_url:
        return Account(
            given.account, tuple(given.tokens.split(",")), given.sender, given.voice_number or given.sender,
            given.public_url.rstrip("/"),
        )  # fmt: skip
    settings = read_settings()
    return Account(
        given.account or settings.twilio_account_sid,
        tuple(given.tokens.split(",")) if given.tokens else settings.twilio_auth_tokens,
        given.sender or settings.twilio_sender,
        given.voice_number or settings.voice_number,
        (given.public_url or settings.public_url).rstrip("/"),
    )


def _read_replies(path: Path | None) -> dict[str, str] | None:
    if path is None:
        return None
    given = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(given, dict):
        raise ValueError(f"{path.name} wants an object of STOP, START and HELP")
    replies = {word.lower(): text for word, text in given.items()}
    if not set(replies) <= set(DEFAULT_REPLIES) or not all(isinstance(text, str) for text in replies.values()):
        raise ValueError(f"{path.name} knows STOP, START and HELP only")
    return replies


if __name__ == "__main__":
    sys.exit(main())
