"""A chart as an SVG picture: boxes one under another, each exit a row, and for each target one line down the side."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.drawing.chart import Arrow, Chart

# Pixels. Letters are counted, not measured: 7.2 is wider than almost all of them at 13 pixels.
MARGIN, WIDTH, GAP, LINE, TITLE, PADDING, LANE = 24, 520, 18, 19, 30, 7, 15
LETTER, BADGE, HEADING = 7.2, 7.8, 9.6
PAPER, CARD, INK, SOFT, EDGE, BAND = "#fffcf8", "#ffffff", "#26231f", "#655d53", "#8b8175", "#e4eeea"
COLOURS = ("#1d5c57", "#a35a1e", "#5b4b8a", "#2f6f9f", "#9c2f1f", "#66741d", "#8a3f6b")
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


@dataclass(frozen=True, slots=True)
class _Row:
    """An exit in its box: its lines of text, and the height of its middle."""

    arrow: Arrow
    lines: tuple[str, ...]
    top: float
    middle: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """A box with its place: `top`, `height`, where its title's middle is, its text and its rows."""

    name: str
    top: float
    height: float
    lines: tuple[str, ...]
    rows: tuple[_Row, ...]

    @property
    def door(self) -> float:
        """The height at which lines come in."""
        return self.top + TITLE / 2


@dataclass(frozen=True, slots=True)
class _Line:
    """All ways to one box: the lane they share, its ends and its colour."""

    to: _Placed
    rows: tuple[_Row, ...]
    lane: int
    colour: str

    @property
    def span(self) -> tuple[float, float]:
        """From the highest to the lowest."""
        heights = [self.to.door, *(row.middle for row in self.rows)]
        return min(heights), max(heights)


def as_svg(chart: Chart) -> str:
    """The picture as one SVG document, with a trailing newline. The same chart is always the same picture."""
    heading = textwrap.wrap(chart.title, int(WIDTH / HEADING))
    placed = list(_place(chart, MARGIN + len(heading) * (LINE + 3) + GAP / 2))
    lines = _lanes(placed)
    lanes = max((line.lane for line in lines), default=0) + 1
    width = MARGIN + WIDTH + (lanes + 1) * LANE + MARGIN
    height = placed[-1].top + placed[-1].height + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" font-family="{FONT}" font-size="13">',
        f"<title>{_escaped(chart.title)}</title>",
        f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>',
        *(
            f'<text x="{MARGIN}" y="{MARGIN + 12 + place * (LINE + 3):g}" font-size="16" font-weight="600" '
            f'fill="{INK}">{_escaped(line)}</text>'
            for place, line in enumerate(heading)
        ),
        *(part for line in lines for part in _draw_line(line)),
        *(part for box in placed for part in _draw_box(box)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _place(chart: Chart, top: float) -> Iterator[_Placed]:
    for box in chart.boxes:
        lines = tuple(part for line in box.lines for part in textwrap.wrap(line, int((WIDTH - 28) / LETTER)))
        below = top + TITLE + (len(lines) * LINE + PADDING if lines else 0)
        rows = []
        for arrow in chart.from_box(box.name):
            room = WIDTH - 44 - len(arrow.to) * BADGE
            said = tuple(textwrap.wrap(arrow.label or "goes on", int(room / LETTER)))
            height = len(said) * LINE + PADDING
            rows.append(_Row(arrow, said, below, below + LINE / 2 + PADDING / 2))
            below += height
        yield _Placed(box.name, top, below - top, lines, tuple(rows))
        top = below + GAP


def _lanes(placed: Sequence[_Placed]) -> list[_Line]:
    """One line for each box that something leads to; short ones lie inside, and two never share a piece of a lane."""
    led_to = {box.name: tuple(row for each in placed for row in each.rows if row.arrow.to == box.name)
              for box in placed}  # fmt: skip
    wanted = [_Line(box, led_to[box.name], 0, "") for box in placed if led_to[box.name]]
    wanted.sort(key=lambda line: (line.span[1] - line.span[0], line.to.top))
    taken: list[list[tuple[float, float]]] = []
    lines: list[_Line] = []
    for line in wanted:
        top, bottom = line.span
        free = (place for place, spans in enumerate(taken) if all(end < top or bottom < begin for begin, end in spans))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((top - 1, bottom + 1))
        colour = COLOURS[len(lines) % len(COLOURS)] if line.to.rows else EDGE
        lines.append(_Line(line.to, line.rows, lane, colour))
    return lines


def _draw_line(line: _Line) -> Iterator[str]:
    right = MARGIN + WIDTH
    lane = right + (line.lane + 1) * LANE
    top, bottom = line.span
    stroke = f'stroke="{line.colour}" stroke-width="1.6" fill="none"'
    yield f'<path d="M{lane:g} {top:g}V{bottom:g}" {stroke} stroke-linecap="round"/>'
    for row in line.rows:
        yield f'<path d="M{right:g} {row.middle:g}H{lane:g}" {stroke}/>'
        yield f'<circle cx="{right:g}" cy="{row.middle:g}" r="3" fill="{line.colour}"/>'
    yield f'<path d="M{lane:g} {line.to.door:g}H{right + 6:g}" {stroke}/>'
    yield f'<path d="M{right + 1:g} {line.to.door:g}l8 -4.5v9z" fill="{line.colour}"/>'


def _draw_box(box: _Placed) -> Iterator[str]:
    corner = 10 if box.rows else min(box.height / 2, 15)
    yield (
        f'<rect x="{MARGIN}" y="{box.top:g}" width="{WIDTH}" height="{box.height:g}" rx="{corner:g}" '
        f'fill="{CARD if box.rows else BAND}" stroke="{EDGE}"/>'
    )
    yield (
        f'<text x="{MARGIN + 14}" y="{box.door + 5:g}" font-weight="600" font-size="14" fill="{COLOURS[0]}">'
        f"{_escaped(box.name)}</text>"
    )
    for place, line in enumerate(box.lines):
        y = box.top + TITLE + place * LINE + 10
        yield f'<text x="{MARGIN + 14}" y="{y:g}" fill="{INK}">{_escaped(line)}</text>'
    for row in box.rows:
        yield f'<path d="M{MARGIN} {row.top:g}h{WIDTH}" stroke="{EDGE}" stroke-opacity="0.25"/>'
        for place, line in enumerate(row.lines):
            y = row.top + PADDING / 2 + place * LINE + 14
            yield f'<text x="{MARGIN + 14}" y="{y:g}" fill="{SOFT}">{_escaped(line)}</text>'
        yield (
            f'<text x="{MARGIN + WIDTH - 14}" y="{row.middle + 4.5:g}" text-anchor="end" font-weight="600" '
            f'fill="{INK}">{_escaped(row.arrow.to)}</text>'
        )


def _escaped(text: str) -> str:
    return "".join(ESCAPED.get(letter, letter) for letter in text)
