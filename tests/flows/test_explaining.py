"""What readers say in codes is said in words, in every language, for people who look at readings."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.explaining.explained import explain
from flows.explaining.words import ANY, LANGUAGES, reading_words
from service.understand import READ, Line

ROOT = Path(__file__).resolve().parents[2]
READERS = (
    *sorted((ROOT / "flows" / "answers").rglob("*.py")), ROOT / "flows/commands.py", ROOT / "service/understand.py",
)  # fmt: skip
GIVES_A_CODE = {"nothing": 1, "_half": 1, "Refused": 0}  # a function and which of its arguments is the code
AT = datetime(2026, 11, 23, 15, tzinfo=UTC)  # ten in the morning in New York, a Monday
NEW_YORK = ZoneInfo("America/New_York")
TEXTS = (
    "really angry and a bit tired", "not angry", "triste",
    "7", "about 7", "7/10", "six", "6-7", "7 no wait 8", "4 8", "11", "not 7", "3 or 4 times", "4 yesterday 6",
    "room 12", "less than 5", "I wish it was a 9", "she is a 7", "yesterday was a 3", "3 -> 6",
    "yes", "no", "maybe", "yes and no", "no. yes", "👍", "👍👎", "", "?", "menu", "pause 5", "off ben",
    "help", "help me", "start", "stop", "stop please", "leave me alone", "stop this", "he hit me", "I hit the kids",
    "overdose", "friday at 5", "by friday", "next week", "12/3", "feb 30", "last year", "every friday", "5pm est",
    "after friday", "friday at 5 or 6", "monday 2026-11-24", "in 900 years", "twice a week",
    "every 2 weeks on mon and thu at 5pm", "1st and 15th of every month", "last day of the month",
    "every year on march 3", "las siete", "no quiero",
    "a lo mejor",
    "mañana a las 5", "hasta el viernes", "cada dos martes", "dos veces por semana", "el último viernes de cada mes",
)  # fmt: skip


def codes_written() -> Iterator[tuple[str, str]]:
    """Every code that stands in the source of a reader, with where it stands."""
    for path in READERS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [keyword.value for keyword in node.keywords if keyword.arg in {"reason", "refused"}]
            place = GIVES_A_CODE.get(name)
            given += node.args[place : place + 1] if place is not None else []
            for value in given:
                yield from ((code, f"{path.name}:{node.lineno}") for code in _constants(value))


def _constants(value: ast.expr) -> Iterator[str]:
    """Whole strings that a code may be; the parts of a put-together one are left to what readers are seen to say."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from (*_constants(value.body), *_constants(value.orelse))
    elif isinstance(value, ast.BoolOp):
        yield from (code for each in value.values for code in _constants(each))


def turns_written() -> Iterator[str]:
    """Every code that a turn is given where it is not its reading."""
    for path in sorted((ROOT / "flows" / "conversation").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = {"_aside": 1, "follow": 1, "Turn": 4, "turn": 0, "nothing": 1}.get(name)
            given = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
            given += node.args[place : place + 1] if place is not None else []
            yield from (code for value in given for code in _constants(value))


def said(kind: str) -> Iterator[tuple[str, str]]:
    for locale in ("en-US", "es-US"):
        for text in TEXTS:
            yield READ[kind](Line(text, locale, NEW_YORK, AT)).reason, text


def paths_of(part: object, *above: str) -> Iterator[tuple[str, ...]]:
    if isinstance(part, Mapping):
        for name, inner in part.items():
            yield from paths_of(inner, *above, str(name))
    else:
        yield above


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_a_reader_holds_has_its_words(language: str) -> None:
    words = reading_words(language)
    written = list(codes_written())

    assert len({code for code, _ in written}) > 40
    without = {f"{code} at {where}" for code, where in written if code not in words.reasons[ANY]}
    assert not without


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_a_turn_has_its_words(language: str) -> None:
    words = reading_words(language)
    written = set(turns_written())

    assert len(written) > 20
    assert not {code for code in written if words.reason(code, "turn") == code}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(READ))
def test_every_code_that_a_reader_is_seen_to_say_has_its_words(kind: str, language: str) -> None:
    words = reading_words(language)

    for code, text in said(kind):
        if kind != "safety":  # its codes are lines of the lists
            assert words.reason(code, kind) != code, text


def test_both_languages_have_words_for_the_same_things() -> None:
    english, spanish = reading_words("en"), reading_words("es")

    assert set(paths_of(english.reasons)) == set(paths_of(spanish.reasons))
    assert set(paths_of(english.answers)) == set(paths_of(spanish.answers))


@pytest.mark.parametrize("kind", sorted(READ))
def test_every_reading_can_be_said_in_words(kind: str) -> None:
    for locale in ("en-US", "es-US"):
        for text in TEXTS:
            found = READ[kind](Line(text, locale, NEW_YORK, AT))
            told = explain(kind, text, found, locale)

            assert told.answer
            assert told.why
            assert "{" not in told.answer + told.why
            assert bool(told.sure) == (found.reading is not None)


@pytest.mark.parametrize(
    ("kind", "locale", "text", "lines"),
    [
        ("when", "en-US", "call the bank fri 5pm", [
            "call the bank [fri 5pm]", "Friday, November 27, 2026 at 5:00 PM", "exact",
            "a time on a clock, on a day that is known"]),
        ("when", "es-US", "llamar mañana a las 5", [
            "llamar [mañana a las 5]", "martes 24 de noviembre de 2026 a las 17:00", "exacto",
            "una hora de un día conocido"]),
        ("when", "en-US", "tmrw between 5 and 6", [
            "[tmrw between 5 and 6]", "Tuesday, November 24, 2026, from 5:00 PM to 6:00 PM", "exact",
            "a stretch of time with a beginning and an end"]),
        ("when", "en-US", "whenever", ["whenever", "nothing", "no words that are a time"]),
        ("recurrence", "en-US", "every other friday at 5", [
            "[every other friday at 5]", "every 2 weeks on Friday at 5:00 PM", "exact", "how often, and when"]),
        ("recurrence", "en-US", "twice a week", [
            "twice a week", "nothing", "how often, but not on which days; they are asked for"]),
        ("recurrence", "es", "el último viernes de cada mes", [
            "[el último viernes de cada mes]", "cada mes: el último viernes", "exacto", "cada cuánto, y cuándo"]),
        ("rating", "en-US", "6-7 today", [
            "[6-7] today", "between 6 and 7; asks which", "approximate",
            "two numbers with something between them, so neither is taken"]),
        ("command", "en-US", "stop this", [
            "[stop this]", "may be meant as STOP; it is asked about", "approximate",
            "a sentence that may ask for no more texts; it is asked about"]),
    ],
)  # fmt: skip
def test_a_reply_is_told_in_a_short_block(kind: str, locale: str, text: str, lines: list[str]) -> None:
    told = explain(kind, text, READ[kind](Line(text, locale, NEW_YORK, AT)), locale)

    marked, *below = told.lines()
    assert [marked, *(line.split(maxsplit=1)[1] for line in below)] == lines


def test_the_words_of_own_cases_can_be_said_too() -> None:
    for path in sorted((ROOT / "tests/flows/replies").glob("*.jsonl")):
        kind = path.stem.split("_")[0].replace("yesno", "yes-no")
        locale = "es-US" if path.stem.endswith("_es") else "en-US"
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            at = datetime.fromisoformat(case["at"]).replace(tzinfo=NEW_YORK) if "at" in case else AT
            if kind in READ:
                told = explain(kind, case["text"], READ[kind](Line(case["text"], locale, NEW_YORK, at)), locale)
                assert all((told.answer, told.why)), case["text"]
