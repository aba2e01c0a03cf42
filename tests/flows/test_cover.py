"""The cover rule by its types: what a partner reads is made from a published copy or from nothing."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path
from typing import get_type_hints

from flows.conversation.library import load_library
from flows.programme import cover
from flows.programme.cover import FollowedPromise, SharedNumber, digest, notice
from service import opening

FUNCTIONS = [each for _, each in inspect.getmembers(cover, inspect.isfunction) if each.__module__ == cover.__name__]
# What a cause would be called. None of these may be a field of what a partner's words are made from.
CAUSES = ("reason", "cause", "status", "paused", "held", "silence", "skipped", "late", "at", "when", "unanswered")


COPIES = [each for _, each in inspect.getmembers(cover, dataclasses.is_dataclass) if each.__module__ == cover.__name__]


def test_invariant_12_every_function_of_the_cover_takes_a_published_copy_or_nothing():
    assert FUNCTIONS != []
    for function in FUNCTIONS:
        hints = get_type_hints(function)
        hints.pop("return")
        assert list(hints.values()) in [[copy | None] for copy in COPIES], function.__name__


def test_invariant_12_a_published_copy_has_no_field_for_a_cause():
    assert SharedNumber in COPIES
    for copy in COPIES:
        assert not {each.name for each in dataclasses.fields(copy)} & set(CAUSES), copy.__name__
        assert set(get_type_hints(copy).values()) == {str}, copy.__name__  # words, and no times or counts


def test_invariant_12_nothing_gives_the_same_whatever_the_reason():
    assert digest(None) == digest(None) == {"is_shared": False, "label": "", "number": ""}


def test_invariant_12_a_notice_holds_the_title_and_nothing_else():
    assert notice(FollowedPromise("call the bank")) == {"line_item": "call the bank"}
    assert notice(None) is None


def test_invariant_12_the_digest_is_begun_with_nothing_but_what_the_cover_made():
    source = ast.parse(Path(inspect.getfile(opening)).read_text(encoding="utf-8"))
    functions = [each for each in ast.walk(source) if isinstance(each, ast.AsyncFunctionDef)]
    function = next(each for each in functions if each.name == "_digest")
    given = [
        ast.unparse(keyword.value)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "given"
    ]

    assert given == ["digest(shared)"]
    assert get_type_hints(opening._shared_number)["return"] == SharedNumber | None


def test_invariant_12_the_digest_script_asks_about_nothing_but_the_copy():
    script = load_library().scripts["digest"]
    asked = {name for step in script.steps.values() for exit_ in step.choose for name in exit_.when}

    assert asked == {"is_shared"}
    assert all(step.wait is None for step in script.steps.values())
