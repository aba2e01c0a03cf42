"""`python -m tests.results NAME …` runs suites of faults and writes their rows of papers/results.md; no name: all.

`--beside 4` shares the cases of a suite among so many runs beside each other: most cases wait for most of their time.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.promised import read_rows

ROOT = Path(__file__).parent.parent
PYTEST = (sys.executable, "-m", "pytest", "-q", "-m", "")
PAGE = ROOT / "papers" / "results.md"
HEAD = """# What was tried, and how it went

Written by `python -m tests.results`, which runs the suites and counts; `python -m tests.results deploys` renews one
row. A dash: not run as a whole since. `make test` plays a sample of each, `make test-all` all of them. Each case has a
name, and is played again by it: `make test ARGS="-m '' tests/… -k …"`.

| suite | what varies | cases | passed | on | one case |
|---|---|---|---|---|---|
"""
ROW = re.compile(r"^\| (?P<name>[^|]+) \| [^|]+ \| (?P<cases>\d+|–) \| (?P<passed>\d+|–) \| (?P<on>[\d-]+|–) \|", re.M)


@dataclass(frozen=True, slots=True)
class Result:
    """One run of one suite; strings as they stand on the page, a dash for a suite that was not run."""

    cases: str = "–"
    passed: str = "–"
    on: str = "–"


def results_on(page: str) -> dict[str, Result]:
    """What a page says, by suite."""
    return {row["name"]: Result(row["cases"], row["passed"], row["on"]) for row in ROW.finditer(page)}


def page_of(results: dict[str, Result]) -> str:
    """The whole page: a row for each suite of the list."""
    lines = []
    for name, suite in read_rows("suites.yaml").items():
        result, again = results.get(name, Result()), suite["one case"]
        if again.startswith("-"):
            again = f"pytest -m '' {suite['tests'].split()[0]} {again}"
        shown = again.replace("|", "\\|")
        lines.append(
            f"| {name} | {suite['vary']} | {result.cases} | {result.passed} | {result.on} | `{shown}` |\n"
        )
    return HEAD + "".join(lines)


def run(tests: str, beside: int, setting: str = "") -> Result:
    """Every case of these tests, slow ones too, in `beside` runs at once; `setting` is one more of what is around them.
    """
    name, _, value = setting.partition("=")
    environment = {**os.environ, **({name: value} if name else {})}
    with tempfile.TemporaryDirectory() as folder:
        shares = [tests.split()] if beside == 1 else _shares(tests, beside)
        reports = [Path(folder) / f"{place}.xml" for place in range(len(shares))]
        running = []
        for place, (report, share) in enumerate(zip(reports, shares, strict=True)):
            (Path(folder) / f"{place}.txt").write_text("\n".join(share), encoding="utf-8")
            command = [*PYTEST, f"--junitxml={report}", f"@{folder}/{place}.txt"]
            running.append(subprocess.Popen(command, cwd=ROOT, env=environment))
        for each in running:
            each.wait()
        counts = [suite.attrib for report in reports for suite in ET.parse(report).iter("testsuite")]
    cases = sum(int(each["tests"]) for each in counts)
    wrong = sum(int(each[kind]) for each in counts for kind in ("failures", "errors", "skipped"))
    return Result(str(cases), str(cases - wrong), datetime.now(UTC).date().isoformat())


def _shares(tests: str, count: int) -> list[list[str]]:
    """The ids of all cases, dealt out one by one: neighbours take about as long as each other."""
    listed = subprocess.run([*PYTEST, "--collect-only", *tests.split()], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    ids = [line for line in listed.stdout.decode().splitlines() if "::" in line]
    return [ids[place::count] for place in range(min(count, len(ids)))]


def main(arguments: list[str] | None = None) -> int:
    """0 when every case passed."""
    asked = argparse.ArgumentParser(prog="python -m tests.results", description=__doc__)
    asked.add_argument("names", metavar="NAME", nargs="*")
    asked.add_argument("--beside", type=int, default=1, metavar="COUNT")
    options = asked.parse_args(arguments)
    names: list[str] = options.names
    suites = read_rows("suites.yaml")
    results = results_on(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    for name in names or suites:
        results[name] = run(suites[name]["tests"], options.beside, suites[name].get("setting", ""))
        PAGE.write_text(page_of(results), encoding="utf-8")
        print(f"{name}: {results[name].passed} of {results[name].cases}", flush=True)
    return 0 if all(results[name].passed == results[name].cases for name in names or suites) else 1


if __name__ == "__main__":
    sys.exit(main())
