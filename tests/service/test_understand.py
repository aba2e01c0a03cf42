"""The readers from the outside: a line in, one JSON line out, nothing swallowed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.answers.reading import Json
from service.understand import KindUnknown, Understood, understand

NEW_YORK = ZoneInfo("America/New_York")
AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


def _ask(kind: str, *lines: str) -> list[Understood]:
    return list(understand(kind, lines, locale="en-US", zone=NEW_YORK, at=AT))


def test_every_line_is_answered_blank_ones_too() -> None:
    answers = _ask("rating", "7\n", "\n", "", "meh")

    assert [answer["reading"] for answer in answers] == [{"value": 7, "approximate": False}, None, None, None]
    assert [answer["text"] for answer in answers] == ["7", "", "", "meh"]


def test_a_json_line_brings_its_own_circumstances() -> None:
    line = json.dumps({"text": "once", "locale": "es-ES", "zone": "Europe/Madrid", "at": "2026-03-02T18:30:00"})

    answers = _ask("rating", line, "once")

    assert [answer["reason"] for answer in answers] == ["out-of-range", "no-number"]


@pytest.mark.parametrize("line", ['{"words": 7}', "{7", '{"text": 7}', "[7]"])
def test_a_line_that_only_looks_like_json_is_a_reply(line: str) -> None:
    assert _ask("rating", line)[0]["text"] == line


def test_spans_count_code_points() -> None:
    (answer,) = _ask("rating", "😢😢 6-7 hoy")

    assert answer["span"] == [3, 6]
    assert answer["reading"] == {"value": None, "between": [6, 7], "approximate": True}


@pytest.mark.parametrize(
    ("text", "value"),
    [("STOP", "stop"), ("leave me alone", "stop"), ("stop this", "ask"), ("start", "start"), ("help", "help"),
     ("help me", "helpme"), ("más", "more")],
)  # fmt: skip
def test_commands_carry_their_canonical_word(text: str, value: str) -> None:
    (answer,) = _ask("command", text)

    assert answer["reading"] == {"value": value}


def test_an_argument_is_named_and_an_ordinary_sentence_is_null() -> None:
    paused, store = _ask("command", "pause 5 days", "can you stop by the store")

    assert paused["reading"] == {"value": "pause", "argument": "5"}
    assert store["reading"] is None
    assert store["span"] is None


def test_a_slip_of_a_command_names_the_word_it_may_have_been() -> None:
    paused, three = _ask("command", "pasue", "puasa 3")

    assert paused["reading"] == {"value": "ask", "word": "pause"}
    assert three["reading"] == {"value": "ask", "word": "pause", "argument": "3"}
    assert (paused["span"], paused["reason"]) == ([0, 5], "slip-of-a-command")


def test_danger_is_named_the_most_severe_first() -> None:
    hit, quiet = _ask("safety", "he hit me and the kids saw it", "a calm day")

    assert hit["reading"] == {"category": "V", "tier": "A", "also": [{"category": "C", "tier": "B"}]}
    assert quiet["reading"] is None


def test_words_of_feeling_are_named_with_kind_valence_and_intensity() -> None:
    named, quiet = _ask("feeling", "I'm very angry, muy", "not angry")

    angry: dict[str, Json] = {"word": "angry", "kind": "feeling", "valence": -1, "intensity": 5}
    assert named["reading"] == {"words": [angry]}
    assert named["span"] == [9, 14]
    assert (quiet["reading"], quiet["reason"]) == (None, "feeling-denied")


def test_yes_no_and_unclear() -> None:
    assert [answer["reading"] for answer in _ask("yes-no", "yes", "nope", "maybe", "blue")] == [
        {"value": "yes"},
        {"value": "no"},
        {"value": "unclear"},
        None,
    ]


def test_every_answer_is_json() -> None:
    for kind in ("rating", "yes-no", "command", "safety", "feeling"):
        for answer in _ask(kind, "7", "stop", "he hit me", ""):
            assert json.loads(json.dumps(answer)) == answer


def test_a_kind_that_nothing_reads_is_refused_with_those_that_are() -> None:
    with pytest.raises(KindUnknown) as refusal:
        _ask("horoscope", "7")

    assert {"rating", "yes-no", "command", "safety", "feeling"} <= set(refusal.value.known)
