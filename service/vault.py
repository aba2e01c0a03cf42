"""Seals what is private and makes the keyed hashes that find it again. A sealed text opens only in the place it was
sealed for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = "v1"
KEY_BYTES = 32  # AES-256
NONCE_BYTES = 12  # NIST SP 800-38D: 96 bits need no extra hashing
KID_BYTES = 4  # enough to tell a handful of keys apart; proves nothing
# 128 bits: no two numbers collide. The key, not the length, is what keeps the small space of numbers closed.
LOOKUP_HEX = 32
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
OTHER_KEY = "sealed with another key"


class SealBroken(Exception):
    """A sealed text does not open: wrong key, wrong place, or damaged. `where` is where it was expected to belong."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"where={where} reason={reason}")
        self.where = where
        self.reason = reason


class PersonKey:
    """One person's data key. Destroying its wrapped form makes everything sealed with it unreadable for ever."""

    __slots__ = ("_lock",)

    def __init__(self, key: bytes) -> None:
        self._lock = _Lock(key, "person")

    def __repr__(self) -> str:
        return "PersonKey(…)"

    def seal(self, text: str, where: str) -> str:
        """`v1.<kid>.<base64>`, bound to `where`: `table.column:row`, row being an id that never changes."""
        return self._lock.seal(text.encode(), where)

    def open(self, token: str, where: str) -> str:
        """The text sealed for exactly this `where`.

        Raises:
            SealBroken: another person's key, another place, or a damaged token.
        """
        return self._lock.open(token, where).decode()

    def seal_json(self, content: Any, where: str) -> str:
        """Plain JSON data, sealed like `seal`. Raises TypeError or ValueError for what JSON cannot hold."""
        return self.seal(_JSON.encode(content), where)

    def open_json(self, token: str, where: str) -> Any:
        """The JSON data sealed for exactly this `where`.

        Raises:
            SealBroken: as `open`, or the text inside is not JSON.
        """
        try:
            return json.loads(self.open(token, where))
        except json.JSONDecodeError as wrong:
            raise SealBroken(where, "not json") from wrong


class Vault:
    """The service's own keys: they wrap each person's key, and hash what must be found without being read.

    `secret_keys`: 32 bytes each; the first seals, all open. `lookup_key`: 32 bytes, never rotated, since opt-outs are
    found by it for ten years.

    Raises:
        ValueError: no secret key, or a key of another length.
    """

    __slots__ = ("_body_key", "_event_key", "_number_key", "_service", "_wrap")

    def __init__(self, secret_keys: tuple[bytes, ...], lookup_key: bytes) -> None:
        if not secret_keys:
            raise ValueError("at least one secret key is needed")
        self._wrap = tuple(_Lock(key, "wrap") for key in secret_keys)
        self._service = tuple(_Lock(key, "service") for key in secret_keys)
        self._number_key = _subkey(lookup_key, "number")
        self._event_key = _subkey(lookup_key, "event")
        self._body_key = _subkey(lookup_key, "body")

    def __repr__(self) -> str:
        return f"Vault({len(self._wrap)} keys)"

    def number_key(self, e164: str) -> str:
        """What a number is found by: 32 hex digits, the same for ever. `e164` has its plus sign."""
        return _keyed_hash(self._number_key, e164)[:LOOKUP_HEX]

    def event_key(self, sid: str) -> str:
        """What an event from the telephone network (SID and what tells it apart) is found by: 32 hex digits."""
        return _keyed_hash(self._event_key, sid)[:LOOKUP_HEX]

    def body_hash(self, text: str) -> str:
        """64 hex digits; equal for equal words, and worthless to whoever lacks the key. Survives a rotation."""
        return _keyed_hash(self._body_key, text)

    def new_person_key(self) -> tuple[str, PersonKey]:
        """A fresh data key: its wrapped form (the only one to store), and the key."""
        key = secrets.token_bytes(KEY_BYTES)
        return self._wrap[0].seal(key, "person_key"), PersonKey(key)

    def open_person_key(self, wrapped: str) -> PersonKey:
        """The person's key from its wrapped form.

        Raises:
            SealBroken: none of the secret keys opens it, or it is damaged.
        """
        return PersonKey(_open_with(self._wrap, wrapped, "person_key"))

    def rewrap(self, wrapped: str) -> str:
        """The same person's key under the first secret key; unchanged when it already is.

        Raises:
            SealBroken: none of the secret keys opens it, or it is damaged.
        """
        key = _open_with(self._wrap, wrapped, "person_key")
        return wrapped if self._wrap[0].made(wrapped) else self._wrap[0].seal(key, "person_key")

    def seal(self, text: str, where: str) -> str:
        """For what belongs to nobody we know (a stranger's address in the outbox): under the service's own subkey."""
        return self._service[0].seal(text.encode(), where)

    def open(self, token: str, where: str) -> str:
        """What `seal` sealed for exactly this `where`, under any of the secret keys.

        Raises:
            SealBroken: none of the secret keys opens it, another place, or a damaged token.
        """
        return _open_with(self._service, token, where).decode()


class _Lock:
    """AES-256-GCM under one purpose's subkey. The key id and the place are authenticated, not hidden."""

    __slots__ = ("_cipher", "kid")

    def __init__(self, key: bytes, purpose: str) -> None:
        self.kid = hashlib.sha256(key).digest()[:KID_BYTES].hex()
        self._cipher = AESGCM(_subkey(key, purpose))

    def made(self, token: str) -> bool:
        return token.startswith(f"{VERSION}.{self.kid}.")

    def seal(self, content: bytes, where: str) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, content, self._bound_to(where))
        return f"{VERSION}.{self.kid}.{base64.b64encode(nonce + sealed).decode('ascii')}"

    def open(self, token: str, where: str) -> bytes:
        if not self.made(token):
            raise SealBroken(where, OTHER_KEY)
        try:
            box = base64.b64decode(token.rsplit(".", 1)[1], validate=True)
            return self._cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], self._bound_to(where))
        except (binascii.Error, ValueError) as wrong:
            raise SealBroken(where, "damaged") from wrong
        except InvalidTag as wrong:
            raise SealBroken(where, "another place or damaged") from wrong

    def _bound_to(self, where: str) -> bytes:
        return f"{VERSION}.{self.kid}.{where}".encode()


def _open_with(locks: tuple[_Lock, ...], token: str, where: str) -> bytes:
    for lock in locks:
        if lock.made(token):
            return lock.open(token, where)
    raise SealBroken(where, OTHER_KEY)


def _subkey(key: bytes, purpose: str) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    purpose_and_version = f"mendline {purpose} {VERSION}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose_and_version).derive(key)


def _keyed_hash(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()
