"""The cover rule by its types: what a partner reads is made from a published copy or from nothing."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path
from typing import get_type_hints

from flows.conversation.library import load_library
from flows.programme import cover
from flows.programme.breaks import Outcome
from flows.programme.cover import FollowedPromise, SharedNumber, digest, notice
from service import noticing, opening

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


def test_invariant_12_a_copy_is_named_field_by_field_so_that_a_new_one_is_weighed_here():
    fields = {copy.__name__: [each.name for each in dataclasses.fields(copy)] for copy in COPIES}

    assert fields == {"SharedNumber": ["label", "number"], "FollowedPromise": ["title"]}


def test_invariant_12_the_cover_reads_nothing_but_its_argument():
    source = ast.parse(Path(inspect.getfile(cover)).read_text(encoding="utf-8"))
    imported = [ast.unparse(each) for each in ast.walk(source) if isinstance(each, ast.Import | ast.ImportFrom)]

    assert imported == [
        "from __future__ import annotations", "from dataclasses import dataclass",
        "from flows.conversation.turn import Facts",
    ]  # fmt: skip
    for function in FUNCTIONS:
        assert inspect.getclosurevars(function).globals == {}, function.__name__
        assert function.__defaults__ is None


def test_invariant_12_copies_are_made_in_one_place_each_from_what_was_published():
    made = {name: [] for name in ("SharedNumber", "FollowedPromise", "digest", "notice")}
    for path in sorted((Path(inspect.getfile(opening)).parent).rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in made:
                made[call.func.id].append(ast.unparse(call))

    assert made == {
        "SharedNumber": ["SharedNumber(await label_for(house, receiver), receiver.key.open(item.item_sealed, ITEM))"],
        "FollowedPromise": ["FollowedPromise(someone.key.open(copy.title_sealed, ITEM))"],
        "digest": ["digest(shared)"],
        "notice": ["notice(await followed(someone, asked))", "notice(await followed(someone, due))"],
    }
    assert get_type_hints(noticing.followed)["return"] == FollowedPromise | None


def test_invariant_12_what_a_break_says_is_a_phrase_and_a_time():
    assert {each.name: str(each.type) for each in dataclasses.fields(Outcome)} == {
        "happening": "Happening", "next_at": "datetime | None", "to_caller": "str", "to_partner": "str",
    }  # fmt: skip
    assert asks_about("break-line") == {"break_line"}


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
    assert asks_about("digest") == {"is_shared"}


def test_invariant_12_the_notice_script_asks_about_nothing_but_the_receivers_own_setting():
    assert asks_about("notice") == {"notice_help"}


def asks_about(script: str) -> set[str]:
    """The facts that decide what a script says, which waits for nobody."""
    steps = load_library().scripts[script].steps.values()
    assert all(step.wait is None for step in steps)
    return {name for step in steps for exit_ in step.choose for name in exit_.when}
