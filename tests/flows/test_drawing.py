"""Drawings are made from the tables: the manual's pictures equal what the tables draw, and every row shows."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flows.catalogue import load_catalogue
from flows.checking.subject import Subject
from flows.conversation.library import OURS, Library, load_library, read_library
from flows.conversation.script import Say
from flows.drawing.chart import Chart
from flows.drawing.lives import BREAK, PROMISE, life_chart, life_charts
from flows.drawing.mermaid import as_mermaid
from flows.drawing.steps import script_chart
from flows.drawing.svg import as_svg
from flows.programme import breaks, promises
from service.house import ALWAYS_ANSWERED, answered_words
from tests.flows.rewriting import REWRITE
from tests.flows.test_checking import words_with

MANUAL = (OURS / "MANUAL.md").read_text(encoding="utf-8")
PAPERS = Path(__file__).parents[2] / "papers"
LIBRARY = load_library()
CATALOGUE = load_catalogue(answered_words=answered_words(LIBRARY))
LIVES = {PROMISE: promises.LIFE, BREAK: breaks.LIFE}
ROWS = [(name, row) for name, life in LIVES.items() for row in life]
SVG = "{http://www.w3.org/2000/svg}"


def chart_of(name: str, library: Library = LIBRARY, catalogue=CATALOGUE) -> Chart:
    subject = Subject(library.scripts[name], f"{name}.yaml", library, catalogue, ALWAYS_ANSWERED)

    def words_of(say: Say) -> str:
        wording = catalogue.wording(say.phrase, "en")
        return wording.words("text") or wording.words("voice") or ""

    return script_chart(subject, words_of)


def manuals_pictures() -> dict[str, str]:
    """What the tables, and the script that the manual has written out, draw for it."""
    script, *words = re.findall(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)
    walk = chart_of("walk", read_library([("walk.yaml", script)]), words_with(*words))
    return {chart.name: as_svg(chart) for chart in (*life_charts().values(), walk)}


@pytest.mark.parametrize("name", [PROMISE, BREAK, "walk"])
def test_the_manual_shows_what_the_tables_draw(name: str, request: pytest.FixtureRequest):
    drawn, path = manuals_pictures()[name], PAPERS / f"{name}.svg"
    if request.config.getoption(REWRITE):
        path.write_text(drawn, encoding="utf-8")

    assert f"](../../papers/{name}.svg)" in MANUAL
    assert path.read_text(encoding="utf-8") == drawn


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_a_row_that_changes_changes_the_drawing(name: str, row: tuple[str, str]):
    life = LIVES[name]
    without = {key: to for key, to in life.items() if key != row}
    elsewhere = {**life, row: next(state for state in sorted(set(life.values())) if state != life[row])}

    for draw in (as_svg, as_mermaid):
        as_it_is = draw(life_chart(name, "A life", life))
        assert draw(life_chart(name, "A life", without)) != as_it_is
        assert draw(life_chart(name, "A life", elsewhere)) != as_it_is


@pytest.mark.parametrize("name", LIVES)
def test_a_life_is_drawn_whole(name: str):
    chart, life = life_charts()[name], LIVES[name]

    assert {(arrow.start, arrow.label): arrow.to for arrow in chart.arrows} == dict(life)
    assert {box.name for box in chart.boxes} == {state for state, _ in life} | set(life.values())
    assert chart.boxes[0].name == next(iter(life))[0]


@pytest.mark.parametrize("name", LIBRARY.scripts)
def test_every_script_is_drawn_with_all_its_steps_exits_and_words(name: str):
    script, chart = LIBRARY.scripts[name], chart_of(name)

    assert chart.boxes[0].name == script.first_step
    assert {box.name for box in chart.boxes} == {*script.steps, "end"}
    for step_name, step in script.steps.items():
        ways = chart.from_box(step_name)
        waits = [each for each in (step.unreadable, step.silence, step.refusal, step.stop) if each is not None]
        exits = [*step.answer, *step.choose, *waits, *(step.wait.also.values() if step.wait is not None else ())]
        assert sorted(arrow.to for arrow in ways if arrow.label != "otherwise") == sorted(
            [each.go for each in exits] or [step.go]
        )
        box = next(each for each in chart.boxes if each.name == step_name)
        assert [line.split(":")[0].removeprefix("says ") for line in box.lines if line.startswith("says ")] == [
            say.phrase for say in step.say
        ]


@pytest.mark.parametrize("name", LIBRARY.scripts)
def test_a_picture_is_well_formed_and_nothing_lies_outside_of_it(name: str):
    picture = ElementTree.fromstring(as_svg(chart_of(name)))
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])

    assert picture.findtext(f"{SVG}title", "").startswith(f"{name}: ")
    for text in picture.iter(f"{SVG}text"):
        assert 0 < float(text.attrib["y"]) < height
    for path in picture.iter(f"{SVG}path"):
        start = re.match(r"M([\d.]+) ([\d.]+)", path.attrib["d"])
        assert start is not None
        assert 0 < float(start[1]) < width
        assert 0 < float(start[2]) < height


def test_lines_of_two_targets_never_lie_on_each_other():
    picture = ElementTree.fromstring(as_svg(chart_of("promise-next")))
    lines = [re.fullmatch(r"M([\d.]+) ([\d.]+)V([\d.]+)", path.attrib["d"]) for path in picture.iter(f"{SVG}path")]
    upright = [(each[1], float(each[2]), float(each[3])) for each in lines if each is not None]

    assert len(upright) > 5
    for place, (lane, top, bottom) in enumerate(upright):
        for other, above, below in upright[place + 1 :]:
            assert lane != other or bottom < above or below < top


def test_what_stands_in_a_script_cannot_break_out_of_its_drawing():
    script = """
name: quotes
about: 'Says "so" <b>& #more</b>'
steps:
  ask: {say: Q-1, wait: {reply: choice, options: [["<x>"], ['a"b']], as: it, closes_after: 90min, hint: Q-1},
    answer: [{when: {it: 1}, go: end}, {go: end}],
    unreadable: {go: end}, silence: {go: end}, refusal: {go: end}, stop: {go: end}}
"""
    words = 'locale: en\nphrases:\n  Q-1: "1 <x> 2 \\"b\\" & # end"\n'
    chart = chart_of("quotes", read_library([("quotes.yaml", script)]), words_with(words))

    assert ElementTree.fromstring(as_svg(chart)).findtext(f"{SVG}title") == 'quotes: Says "so" <b>& #more</b>'
    labels = re.findall(r'"([^"\n]*)"', as_mermaid(chart))
    assert labels[0].startswith("ask<br>says Q-1: 1 #lt;x#gt; 2 #quot;b#quot; & #35; end<br>waits 90 min for: choice")
    assert len(labels) == 3
