"""Twilio's own description of its REST API, fetched by npm in a pinned version, and what it says of a request."""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

# Twilio's command line tool carries the file it is generated from; the package is fetched, never run.
PACKAGE, VERSION = "@twilio/cli-core", "9.0.0"
MEMBER = "package/src/services/twilio-api/twilio_api_v2010.json"
FOLDER = Path(__file__).parent.parent.parent / "var" / "openapi"
FETCH_SECONDS = 120
NUMBER = re.compile(r"\+[1-9]\d{6,14}|\d{3,8}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
METHODS = {"GET": "get", "POST": "post", "DELETE": "delete"}
Pairs = list[tuple[str, str]]


def fetched() -> Path:
    """The file, fetched once into `var/openapi`. It needs npm and its registry."""
    file = FOLDER / f"{VERSION}.json"
    if not file.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", "--ignore-scripts", f"{PACKAGE}@{VERSION}"]
        packed = subprocess.run(
            command, cwd=FOLDER, check=True, capture_output=True, text=True, timeout=FETCH_SECONDS
        ).stdout.split()[-1]
        with tarfile.open(FOLDER / packed) as package:
            member = package.extractfile(MEMBER)
            assert member is not None
            draft = file.with_suffix(".new")
            draft.write_bytes(member.read())
        draft.replace(file)
    return file


@dataclass(frozen=True, slots=True)
class Request:
    """One request of ours, as the network saw it."""

    method: str
    path: str
    query: Pairs
    form: Pairs

    @classmethod
    def logged(cls, entry: dict[str, Any]) -> Request:
        """From a line of the simulator's journal."""
        form = [(name, value) for name, value in entry["form"]]
        return cls(entry["method"], entry["path"], parse_qsl(entry["query"], keep_blank_values=True), form)


class Schema:
    """The description, asked about requests."""

    def __init__(self, file: Path) -> None:
        self._whole = json.loads(file.read_text(encoding="utf-8"))
        self._paths = [(_pattern(path), path, described) for path, described in self._whole["paths"].items()]

    def operation(self, request: Request) -> str | None:
        """Its name, such as CreateMessage; None where Twilio has no such path or method."""
        found = self._find(request)
        return str(found[0]["operationId"]) if found else None

    def problems(self, request: Request) -> list[str]:
        """What Twilio's description, and the rules it lacks, have against the request."""
        found = self._find(request)
        if found is None:
            return [f"{request.method} {request.path}: no such operation"]
        operation, in_path = found
        named = {(each["in"], each["name"]): each for each in operation.get("parameters", [])}
        problems = [
            problem
            for name, value in in_path.items()
            if ("path", name) in named
            for problem in self._misfits(name, value, named["path", name]["schema"])
        ]
        query = {name: each["schema"] for (place, name), each in named.items() if place == "query"}
        problems += self._of_pairs(request.query, query, ())
        content = operation.get("requestBody", {}).get("content", {}).get("application/x-www-form-urlencoded", {})
        schema = content.get("schema", {})
        problems += self._of_pairs(request.form, schema.get("properties", {}), schema.get("required", ()))
        problems += unwritten(str(operation["operationId"]), dict(request.form))
        return [f"{operation['operationId']}: {problem}" for problem in problems]

    def _find(self, request: Request) -> tuple[dict[str, Any], dict[str, str]] | None:
        for pattern, _, described in self._paths:
            if (match := pattern.fullmatch(request.path)) and METHODS[request.method] in described:
                return described[METHODS[request.method]], match.groupdict()
        return None

    def _of_pairs(self, pairs: Pairs, known: dict[str, Any], required: Any) -> list[str]:
        names = [name for name, _ in pairs]
        problems = [f"{name} is missing" for name in required if name not in names]
        for name in dict.fromkeys(names):
            if name not in known:
                problems.append(f"{name} is unknown")
                continue
            schema = self._resolved(known[name])
            # The file gives no encoding for arrays; Twilio takes them as repeated keys and nothing else repeated.
            if names.count(name) > 1 and schema.get("type") != "array":
                problems.append(f"{name} is repeated")
            one = schema["items"] if schema.get("type") == "array" else schema
            problems += [problem for key, value in pairs if key == name for problem in self._misfits(name, value, one)]
        return problems

    def _misfits(self, name: str, value: str, schema: dict[str, Any]) -> list[str]:
        schema = self._resolved(schema)
        fits = {
            "type": _is_of_type(value, schema.get("type", "string")),
            "enum": value in schema.get("enum", [value]),
            "pattern": re.search(schema.get("pattern", ""), value) is not None,
            "length": schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)),
            "range": _is_within(value, schema),
            "format": _is_formed(value, schema.get("format", "")),
        }
        return [f"{name} has the wrong {what}" for what, fit in fits.items() if not fit]

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            found: Any = self._whole
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema


def unwritten(operation: str, form: dict[str, str]) -> list[str]:
    """Rules that Twilio's documentation states and the file leaves out (TWILIO.md 7)."""
    rules: list[tuple[str, bool]] = []
    if operation == "CreateMessage":
        callback_host = urlsplit(form.get("StatusCallback", "")).hostname or ""
        rules = [
            ("wants From or MessagingServiceSid", bool({"From", "MessagingServiceSid"} & set(form))),
            ("wants Body, MediaUrl or ContentSid", bool({"Body", "MediaUrl", "ContentSid"} & set(form))),
            ("Body is empty or over 1600", 0 < len(form.get("Body", "-")) <= 1600),
            ("ValidityPeriod is not within 1..36000", 1 <= int(form.get("ValidityPeriod", "1")) <= 36_000),
            ("StatusCallback has a _ in its host", "_" not in callback_host),
        ]
    elif operation == "UpdateMessage":
        rules = [("wants an empty Body or Status=canceled", form in ({"Body": ""}, {"Status": "canceled"}))]
    return [rule for rule, holds in rules if not holds]


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    return re.compile("".join(f"(?P<{part}>[^/.]+)" if n % 2 else re.escape(part) for n, part in enumerate(parts)))


def _is_of_type(value: str, kind: str) -> bool:
    match kind:
        case "integer":
            return re.fullmatch(r"-?\d+", value) is not None
        case "number":
            return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
        case "boolean":
            return value in {"true", "false"}
    return True


def _is_within(value: str, schema: dict[str, Any]) -> bool:
    if "minimum" not in schema and "maximum" not in schema:
        return True
    return float(schema.get("minimum", value)) <= float(value) <= float(schema.get("maximum", value))


def _is_formed(value: str, form: str) -> bool:
    match form:
        case "uri":
            parts = urlsplit(value)
            return parts.scheme in {"http", "https"} and bool(parts.hostname)
        case "phone-number":
            return NUMBER.fullmatch(value) is not None
        case "date-time":
            return DAY.fullmatch(value) is not None or (value.endswith("Z") and bool(datetime.fromisoformat(value)))
    return True
