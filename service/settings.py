"""What a host may set, read once from the environment; nothing else in the product reads `os.environ`."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from service.errors import SettingsInvalid

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
E164 = re.compile(r"\+[1-9]\d{6,14}")
MESSAGING_SERVICE = re.compile(r"MG[0-9a-f]{32}")
ACCOUNT = re.compile(r"AC[0-9a-f]{32}")
TWILIO_API = "https://api.twilio.com"
KEY_BYTES = 32
# The brand is read on a lock screen by whoever holds the phone (PROGRAMME 3.2).
TELLING_BRANDS = (
    "affair", "cheat", "betray", "trust", "couple", "marriage", "love", "sex", "therapy", "recover", "abuse", "safe",
    "crisis",
)  # fmt: skip
BRAND_LETTERS = 10


def setting(name: str, meaning: str, *, read: Callable[[str], Any], default: str | None = None) -> Any:
    """A field of `Settings`: its environment name, its line in the README, how it is read, its default (None: needed).

    `read` raises ValueError with a sentence that says what is wanted.
    """
    return field(metadata={"name": name, "meaning": meaning, "read": read, "default": default})


def _text(raw: str) -> str:
    return raw


def _web_address(raw: str) -> str:
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("wants an http(s) address without query or fragment, such as https://mend.example.org")
    return raw.rstrip("/")


def _account(raw: str) -> str:
    if not ACCOUNT.fullmatch(raw):
        raise ValueError("wants AC and 32 hex digits, as Twilio's console shows it")
    return raw


def _tokens(raw: str) -> tuple[str, ...]:
    tokens = tuple(token.strip() for token in raw.split(","))
    if not all(tokens) or len(tokens) > 2:
        raise ValueError("wants one token, or two as current,next")
    return tokens


def _sender(raw: str) -> str:
    if not (E164.fullmatch(raw) or MESSAGING_SERVICE.fullmatch(raw)):
        raise ValueError("wants a number such as +12025550100, or MG and 32 hex digits")
    return raw


def _number_or_nothing(raw: str) -> str:
    if raw and not E164.fullmatch(raw):
        raise ValueError("wants a number such as +12025550100")
    return raw


def _rate(raw: str) -> float:
    rate = float(raw)
    if not 0 <= rate <= 10_000:
        raise ValueError("wants a number from 0 (unpaced) to 10000")
    return rate


def _keys(raw: str) -> tuple[bytes, ...]:
    return tuple(_key(part.strip()) for part in raw.split(","))


def _key(raw: str) -> bytes:
    try:
        key = base64.b64decode(raw, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError("wants 32 random bytes in base64 (mendline doctor --new-key prints one)")
    return key


def _brand(raw: str) -> str:
    if not 1 <= len(raw) <= BRAND_LETTERS:
        raise ValueError(f"wants 1 to {BRAND_LETTERS} letters")
    telling = [word for word in TELLING_BRANDS if word in raw.lower()]
    if telling:
        raise ValueError(f"tells the topic on a lock screen ({telling[0]}); choose a neutral word")
    return raw


def _country(raw: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", raw):
        raise ValueError("wants two capital letters such as US")
    return raw


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if raw not in allowed:
            raise ValueError(f"wants one of {', '.join(allowed)}")
        return raw

    return read


def _hour(raw: str) -> str:
    if not re.fullmatch(r"(0\d|1\d|2[0-3]):[0-5]\d", raw):
        raise ValueError("wants a time such as 19:30")
    return raw


def _folder_or_nothing(raw: str) -> Path | None:
    if raw and not Path(raw).is_dir():
        raise ValueError("wants a folder that exists")
    return Path(raw) if raw else None


def _file_or_nothing(raw: str) -> Path | None:
    return Path(raw) if raw else None


def _word(raw: str) -> str:
    if not re.fullmatch(r"[A-Z]{3,10}", raw):
        raise ValueError("wants 3 to 10 capital letters")
    return raw


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a host may set. Field order is the order of the README's table."""

    public_url: str = setting(
        "PUBLIC_URL", "The address Twilio reaches this service at; signatures are checked against it.",
        read=_web_address,
    )  # fmt: skip
    twilio_account_sid: str = setting("TWILIO_ACCOUNT_SID", "The Twilio account, AC…", read=_account)
    twilio_auth_tokens: tuple[str, ...] = setting(
        "TWILIO_AUTH_TOKEN", "Its auth token; while it is being changed both, as current,next.", read=_tokens
    )
    twilio_sender: str = setting(
        "TWILIO_SENDER", "The number texts leave from (+…), or a Messaging Service (MG…).", read=_sender
    )
    twilio_api_url: str = setting(
        "TWILIO_API_URL", "Where Twilio's REST API is; the simulator's address in development.",
        read=_web_address, default=TWILIO_API,
    )  # fmt: skip
    database_url: str = setting("DATABASE_URL", "PostgreSQL, as postgres://user:password@host/name.", read=_text)
    redis_url: str = setting(
        "REDIS_URL", "A Redis-protocol server; only a doorbell, everything works without it.", read=_text, default=""
    )
    twilio_voice_number: str = setting(
        "TWILIO_VOICE_NUMBER", "The number people call; needed with an MG… sender, which cannot call.",
        read=_number_or_nothing, default="",
    )  # fmt: skip
    sender_segments_per_second: float = setting(
        "SENDER_SEGMENTS_PER_SECOND", "How many SMS segments the sender may send a second; 0 is unpaced.",
        read=_rate, default="1",
    )  # fmt: skip
    sender_calls_per_second: float = setting(
        "SENDER_CALLS_PER_SECOND", "How many calls the account may start a second; 0 is unpaced.",
        read=_rate, default="1",
    )  # fmt: skip
    secret_keys: tuple[bytes, ...] = setting(
        "SECRET_KEYS", "32-byte keys in base64, comma separated; the first encrypts, all decrypt.", read=_keys
    )
    lookup_key: bytes = setting(
        "LOOKUP_KEY", "A 32-byte key in base64 for finding numbers and opt-outs; never change it.", read=_key
    )
    brand: str = setting(
        "BRAND", "The neutral name each text begins with, at most 10 letters.", read=_brand, default="Mendline"
    )
    country: str = setting(
        "COUNTRY", "Whose helplines a person hears before they named their country.", read=_country, default="US"
    )
    join_word: str = setting(
        "JOIN_WORD", "The word that a person texts to join, in English.", read=_word, default="JOIN"
    )
    join_word_es: str = setting(
        "JOIN_WORD_ES", "The word that a person texts to join, in Spanish.", read=_word, default="UNIRME"
    )
    pairing: str = setting(
        "PAIRING", "How two people are linked: self, facilitated or household.",
        read=_one_of("self", "facilitated", "household"), default="facilitated",
    )  # fmt: skip
    notice_hour: str = setting(
        "NOTICE_HOUR", "The fixed hour of notices and digests, in the receiver's zone.", read=_hour, default="19:30"
    )
    opt_out_by: str = setting(
        "OPT_OUT_BY", "Who answers STOP, START and HELP: us, the carrier, or Advanced Opt-Out with our words.",
        read=_one_of("us", "carrier", "advanced"), default="carrier",
    )  # fmt: skip
    scripts_dir: Path | None = setting(
        "SCRIPTS_DIR", "A folder of scripts of your own, laid over ours.", read=_folder_or_nothing, default=""
    )
    locales_dir: Path | None = setting(
        "LOCALES_DIR", "A folder of words of your own, laid over ours.", read=_folder_or_nothing, default=""
    )
    spool_dir: Path = setting(
        "SPOOL_DIR", "A folder for what comes in while the database is away, sealed; one for all processes.",
        read=Path, default="var/spool",
    )  # fmt: skip
    audio_dir: Path | None = setting(
        "AUDIO_DIR", "A folder of recordings that are played instead of speech: en/V-TO-5.mp3 for that phrase.",
        read=_folder_or_nothing, default="",
    )  # fmt: skip
    simulation_clock: Path | None = setting(
        "SIMULATION_CLOCK", "Development only: the file that holds the simulated clock's offset.",
        read=_file_or_nothing, default="",
    )  # fmt: skip

    @property
    def is_simulation(self) -> bool:
        """Simulation needs both: it was asked for, and the API address is this machine's own."""
        return self.simulation_clock is not None and urlsplit(self.twilio_api_url).hostname in LOOPBACK_HOSTS

    @property
    def voice_number(self) -> str:
        """The number people call and read in `{ph}`: E.164."""
        return self.twilio_voice_number or self.twilio_sender


def process_environment() -> dict[str, str]:
    """The environment this process was started with, to be laid under or over settings of a file."""
    return dict(os.environ)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environment`, by default the process's own.

    Raises:
        SettingsInvalid: with one line for every missing or malformed setting, all together.
    """
    given = os.environ if environment is None else environment
    problems: list[str] = []
    values: dict[str, Any] = {}
    for each in fields(Settings):
        name, default = each.metadata["name"], each.metadata["default"]
        raw = given.get(name, default)
        if raw is None or (raw == "" and default is None):
            problems.append(f"{name} is missing: {each.metadata['meaning']}")
            continue
        try:
            values[each.name] = each.metadata["read"](raw.strip())
        except ValueError as wrong:
            problems.append(f"{name} {wrong}")
    if not problems:
        settings = Settings(**values)
        problems = _contradictions(settings)
    if problems:
        raise SettingsInvalid(problems)
    return settings


def _contradictions(settings: Settings) -> list[str]:
    found = []
    if settings.twilio_sender.startswith("MG") and not settings.twilio_voice_number:
        found.append("TWILIO_VOICE_NUMBER is missing: an MG… sender cannot call, so say which number does")
    if settings.simulation_clock is not None and not settings.is_simulation:
        found.append("SIMULATION_CLOCK is set but TWILIO_API_URL is not this machine's: remove one of them")
    return found
