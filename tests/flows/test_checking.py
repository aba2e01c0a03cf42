"""A script that would leave somebody stuck is refused before anybody meets it, by file, step and remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from flows.catalogue import OUR_WORDS, Catalogue, load_catalogue, read_catalogue
from flows.checking import check_scripts
from flows.checking.rules import RULES
from flows.checking.subject import Subject
from flows.checking.walking import walk
from flows.conversation.effects import EFFECTS
from flows.conversation.library import OURS as OURS_FOLDER
from flows.conversation.library import load_library, read_library
from flows.conversation.script import (
    Argument,
    Exit,
    Keys,
    Postponement,
    Reminder,
    ReplyKind,
    Say,
    Script,
    Step,
    Test,
    Wait,
)
from flows.conversation.turn import FACT_KINDS
from flows.conversation.working_out import IN_WORDS, WORKED_OUT
from flows.errors import Problem
from flows.wording import Wording
from service.house import ALWAYS_ANSWERED, answered_words

BROKEN = Path(__file__).parent / "broken_scripts"
OURS = load_library()
ANSWERED = answered_words(OURS)
WHOLE_SCRIPT = "(whole script)"


@dataclass(frozen=True)
class Broken:
    """A broken script with what its first lines say of it."""

    file: str
    expected: dict[str, str]
    scripts: tuple[str, ...]
    words: tuple[str, ...]


def read_broken(path: Path) -> Broken:
    source = path.read_text(encoding="utf-8")
    documents = source.split("\n---\n")
    expected = dict(re.findall(r"^# (step|problem|remedy): (.+)$", source, re.MULTILINE))
    words = tuple(each for each in documents if each.startswith("locale:"))
    return Broken(path.name, expected, tuple(each for each in documents if each not in words), words)


@cache
def words_with(*more: str, answered: frozenset[str] | None = None) -> Catalogue:
    ours = [(OUR_WORDS / f"{locale}.yaml").read_text(encoding="utf-8") for locale in ("en", "es")]
    return read_catalogue([*ours, *more], answered_words=answered)


def problems_of(broken: Broken) -> list[Problem]:
    file = broken.file
    library = read_library((file, source) for source in broken.scripts)
    return check_scripts(library, words_with(*broken.words, answered=ANSWERED), answered=ANSWERED)


def test_every_installed_script_passes():
    catalogue = load_catalogue(answered_words=answered_words(OURS))

    assert check_scripts(OURS, catalogue, answered=ALWAYS_ANSWERED) == []


@pytest.mark.parametrize("rule", [*RULES, "walk"])
def test_every_rule_has_three_scripts_that_break_it(rule):
    assert sorted(path.stem for path in BROKEN.glob(f"{rule}-[1-9].yaml")) == [f"{rule}-{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_script_is_refused_with_file_step_and_remedy(path):
    broken = read_broken(path)
    step = "" if broken.expected["step"] == WHOLE_SCRIPT else broken.expected["step"]

    problems = problems_of(broken)

    matching = [each for each in problems if each.step == step and broken.expected["problem"] in each.problem]
    assert [each.file for each in matching][:1] == [path.name], [str(each) for each in problems]
    assert broken.expected["remedy"] in matching[0].remedy


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_script_breaks_the_rule_it_is_named_after(path):
    broken, rule = read_broken(path), path.stem.rsplit("-", 1)[0]
    library = read_library((broken.file, source) for source in broken.scripts)
    script = library.scripts["walk"]
    subject = Subject(script, broken.file, library, words_with(*broken.words, answered=ANSWERED), ANSWERED)

    reported = {name for name, each in RULES.items() if any(True for _ in each(subject))}

    assert reported == ({rule} - {"walk"})
    assert any(True for _ in (RULES | {"walk": walk})[rule](subject))


def test_words_too_long_for_a_segment_are_refused_even_where_the_catalogue_let_them_pass():
    ours = words_with(answered=ANSWERED)
    endless = Wording("Thank you. " * 20, None)
    phrases = {locale: {**ours.phrases[locale], "G-OK": (endless,)} for locale in ours.locales}
    library = read_library([("long.yaml", "name: long\nabout: Too long.\nsteps: {said: {say: G-OK, go: end}}")])

    problems = check_scripts(library, replace(ours, phrases=phrases), answered=ANSWERED)

    assert {(each.file, each.step) for each in problems} == {("long.yaml", "said")}
    assert "more than one segment in en" in problems[0].problem


def test_yes_is_heard_in_danger_and_nowhere_else():
    source = (
        "name: asks\nabout: Asks.\npurpose: {purpose}\nsteps:\n  ask:\n    say: CR-1\n"
        "    wait: {reply: choice, options: [['1', 'yes'], ['2']], as: safe, closes_after: 1h, patience: 1}\n"
        "    answer: [{go: end}]\n    unreadable: {go: end}\n    silence: {go: end}\n    refusal: {go: end}\n"
        "    stop: {go: end}\n"
    )
    of_purpose = {
        purpose: read_library([("asks.yaml", source.replace("{purpose}", purpose))]) for purpose in ("safety", "reply")
    }

    refused = {
        purpose: check_scripts(library, words_with(answered=ANSWERED), answered=ANSWERED)
        for purpose, library in of_purpose.items()
    }

    assert refused["safety"] == []
    assert [each.step for each in refused["reply"]] == ["ask"]


def test_what_is_only_spoken_needs_no_text_and_the_other_channel_has_its_own_way():
    exits = "unreadable: {go: end}, silence: {go: end}, refusal: {go: end}, stop: {go: end}"
    asks = "wait: {reply: choice, options: 3, as: what, closes_after: 1h, hint: HINT}, answer: [{go: end}]"
    spoken = f"call: {{only: voice, otherwise: text, say: V-TO-2, {asks.replace('HINT', 'V-NOIN')}, {exits}}}"
    texted = f"text: {{say: CK-9, {asks.replace('HINT', 'CK-9')}, {exits}}}"
    head = "name: both\nabout: Both.\nchannels: [text, voice]\n"
    both = read_library([("both.yaml", f"{head}steps: {{{spoken}, {texted}}}")])
    misplaced = read_library([("both.yaml", f"name: both\nabout: Both.\nsteps: {{{spoken}, {texted}}}")])
    catalogue = words_with(answered=ANSWERED)

    assert check_scripts(both, catalogue, answered=ANSWERED) == []
    refused = check_scripts(misplaced, catalogue, answered=ANSWERED)
    assert any("add voice to channels" in each.remedy for each in refused)


MANUAL = (OURS_FOLDER / "MANUAL.md").read_text(encoding="utf-8")
PARTS = (Script, Argument, Step, Say, Wait, Reminder, Postponement, Keys, Exit, Test)
# What stands for itself in the manual without a row of its own.
TOLD_ELSEWHERE = {"effect", "arguments", "after", "default"}


HOLDING = """
name: example
about: Holds one effect, after every answer it may name.
steps:
  number: {say: CK-2, wait: {reply: rating, as: mood, note_as: note, closes_after: 1h, hint: CK-10},
    answer: [{go: hour}], unreadable: {go: end}, silence: {go: end}, refusal: {go: end}, stop: {go: end}}
  hour: {say: EN-4, wait: {reply: clock-time, as: hour, closes_after: 1h, hint: EN-4},
    answer: [{when: {hour: {at_least: "08:00", at_most: "21:00"}}, go: own}, {go: end}],
    unreadable: {go: end}, silence: {go: end}, refusal: {go: end}, stop: {go: end}}
  own: {say: CK-2, wait: {reply: words, as: own, closes_after: 1h, hint: CK-10},
    answer: [{do: [ACT], say: G-OK, go: end}],
    unreadable: {go: end}, silence: {go: end}, refusal: {go: end}, stop: {go: end}}
"""


def test_the_manual_has_an_example_that_passes():
    script, *words = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    library = read_library([("walk.yaml", script)])

    assert check_scripts(library, words_with(*words, answered=ANSWERED), answered=ANSWERED) == []


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_the_manual_explains_every_key(part):
    keys = {field.alias or name for name, field in part.model_fields.items()} - TOLD_ELSEWHERE

    assert {key for key in keys if f"`{key}`" not in MANUAL} == set()


def test_the_manual_explains_every_rule_effect_fact_and_function():
    named = {*RULES, "walk", *EFFECTS, *FACT_KINDS, *WORKED_OUT, *IN_WORDS, *get_args(ReplyKind)}

    assert {each for each in named if f"`{each}`" not in MANUAL} == set()


def test_every_example_of_an_effect_in_the_manual_is_sound():
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| `([^`]+)` \|$", MANUAL.split("## Effects")[1], re.MULTILINE)

    assert {name for name, _ in rows} == set(EFFECTS)
    for name, example in rows:
        source = HOLDING.replace("ACT", example)
        example_alone = read_library([("example.yaml", source)])
        library = replace(OURS, scripts={**OURS.scripts, **example_alone.scripts})
        subject = Subject(example_alone.scripts["example"], "", library, words_with(answered=ANSWERED), ANSWERED)
        assert [str(problem) for rule in RULES.values() for problem in rule(subject)] == [], name
