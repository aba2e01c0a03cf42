"""A script that would leave somebody stuck is refused before anybody meets it, by file, step and remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from flows.catalogue import OUR_WORDS, Catalogue, load_catalogue, read_catalogue
from flows.checking import check_scripts
from flows.checking.rules import RULES
from flows.checking.subject import Subject
from flows.checking.walking import walk
from flows.conversation.library import load_library, read_library
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
