"""Measures the rows, prints the table and writes var/bench.json. Exit code 1 when a demanded ratio is missed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measuring import Result, measure
from tests.bench.row import Row
from tests.bench.table import ROWS

WRITTEN = Path(__file__).resolve().parents[2] / "var" / "bench.json"
HEADS = ("row", "ours", "limit", "ratio", "demanded", "unit", "beside", "")


def main(arguments: Sequence[str] | None = None, rows: Sequence[Row] = ROWS, written: Path = WRITTEN) -> int:
    """0: every demand holds; 1: one is missed; 2: there is no row of that name."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("--only", metavar="NAME", action="append", help="rows whose name begins so; may be repeated")
    only = asked.parse_args(arguments).only
    chosen = [row for row in rows if (any(row.name.startswith(name) for name in only) if only else not row.is_long)]
    if not chosen:
        print(f"no row begins so; there are: {', '.join(row.name for row in rows)}", file=sys.stderr)
        return 2
    results = [measure(row, _say) for row in chosen]
    print(table(results))
    keep(results, written)
    return 0 if all(result.holds for result in results) else 1


def table(results: Sequence[Result]) -> str:
    """One line a row, columns under their heads."""
    lines = [HEADS, *(_cells(result) for result in results)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADS))]
    return "\n".join("  ".join(f"{cell:<{wide}}" for cell, wide in zip(line, widths, strict=True)).rstrip()
                     for line in lines)  # fmt: skip


def keep(results: Sequence[Result], written: Path) -> None:
    """Rows that were not measured now keep the figures of the last time."""
    kept = json.loads(written.read_text(encoding="utf-8")) if written.exists() else {}
    kept |= {result.row.name: result.as_json() for result in results if result.times}
    written.parent.mkdir(exist_ok=True)
    written.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _cells(result: Result) -> tuple[str, ...]:
    row = result.row
    verdict = result.trouble or ("holds" if result.holds else "MISSED")
    return (
        row.name, f"{result.ours:.4g}", f"{result.limit:.4g}", f"{result.ratio:.3g}", str(row.demand), row.unit,
        row.beside, verdict,
    )  # fmt: skip


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
