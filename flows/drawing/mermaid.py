"""A chart as Mermaid, the text that GitHub and many wikis show as a picture. Source: mermaid.js.org, flowcharts."""

from __future__ import annotations

from collections.abc import Iterator

from flows.drawing.chart import Box, Chart

ESCAPED = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;"}


def as_mermaid(chart: Chart) -> str:
    """The flowchart, from top to bottom, without a trailing newline. The same chart is always the same text."""
    return "\n".join(_lines(chart))


def _lines(chart: Chart) -> Iterator[str]:
    # A box's own name could be a word of Mermaid's (`end` is), so boxes are numbered.
    ids = {box.name: f"s{number}" for number, box in enumerate(chart.boxes, 1)}
    yield "flowchart TD"
    for box in chart.boxes:
        yield f"  {ids[box.name]}{_shape(box, is_end=not chart.from_box(box.name))}"
    for start, to, labels in chart.bundled():
        said = "<br>".join(_escaped(label) for label in labels if label)
        label = f'|"{said}"|' if said else ""
        yield f"  {ids[start]} -->{label} {ids[to]}"


def _shape(box: Box, *, is_end: bool) -> str:
    said = "<br>".join([_escaped(box.name), *(_escaped(line) for line in box.lines)])
    return f'(["{said}"])' if is_end else f'["{said}"]'


def _escaped(text: str) -> str:
    return "".join(ESCAPED.get(letter, letter) for letter in text)
