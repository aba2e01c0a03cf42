"""The papers beside the houses say what the code does: settings, commands, version, libraries, links."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from service.cli import mendline
from service.launcher.surroundings import read_lines
from service.settings import Settings
from service.settings_table import settings_table

ROOT = Path(__file__).resolve().parents[1]
HOUSES = ("flows", "service", "workers", "tests", "requirements", "papers", ".ci")
BESIDE = (
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", ".env.example", ".gitignore", "Makefile", "Procfile",
    "pyproject.toml",
)  # fmt: skip
TEXT = {".py", ".js", ".css", ".html", ".svg", ".yaml", ".md", ".txt", ".in", ".toml", ".csv", ".json", ".sql", ""}
# A path of one machine leads nowhere on another.
HOMES = (f"{ROOT}/", f"{Path.home()}/")
# Which package index a host asks is the host's choice.
INDEX = re.compile(r"--(extra-)?index-url|--find-links|://")


def settings_said() -> dict[str, tuple[str, str | None]]:
    return {each.metadata["name"]: (each.metadata["meaning"], each.metadata["default"]) for each in fields(Settings)}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def papers() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *(path for house in HOUSES for path in sorted((ROOT / house).rglob("*.md")))]


def texts() -> Iterator[Path]:
    yield from (ROOT / name for name in BESIDE)
    for house in HOUSES:
        yield from (path for path in sorted((ROOT / house).rglob("*")) if path.is_file() and path.suffix in TEXT)


def commands(group: click.Command, *named: str) -> Iterator[tuple[str, click.Command]]:
    """Every command under this one with its full name."""
    if not isinstance(group, click.Group):
        yield " ".join(named), group
        return
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None, name
            yield from commands(command, *named, name)


def anchors(text: str) -> set[str]:
    """What `#…` may point at in a Markdown text."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def broken_links(paper: Path) -> Iterator[str]:
    """Links and pictures of a paper that point at nothing, when they do not point out of the project."""
    text = re.sub(r"```.*?```", "", paper.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text):
        if "://" in target or target.startswith("mailto:"):
            continue
        place, _, anchor = target.partition("#")
        pointed_at = paper.parent / place if place else paper
        if not pointed_at.exists() or (anchor and anchor not in anchors(pointed_at.read_text(encoding="utf-8"))):
            yield f"{paper}: {target}"


def test_the_table_of_settings_in_the_readme_is_the_one_the_code_makes():
    found = re.search(r"^\| setting \|.*?(?=\n\n)", read("README.md"), re.MULTILINE | re.DOTALL)

    assert found is not None
    assert found.group() == settings_table()


def test_the_example_of_settings_names_every_setting_with_its_meaning_and_default():
    lines = read(".env.example").splitlines()

    named = re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", read(".env.example"), re.MULTILINE)

    assert named == [(name, default or "") for name, (_, default) in settings_said().items()]
    for name, (meaning, default) in settings_said().items():
        place = lines.index(f"{name}=" if default is None else f"# {name}={default}")
        assert lines[place - 1] == f"# {meaning}"


def test_the_example_of_settings_is_read_by_the_code_and_sets_only_what_is_needed():
    given = read_lines(ROOT / ".env.example")

    assert given == {name: "" for name, (_, default) in settings_said().items() if default is None}


@pytest.mark.parametrize(("name", "command"), list(commands(mendline)))
def test_every_command_is_in_the_readme_and_shows_an_example(name: str, command: click.Command):
    assert f"`mendline {name}" in read("README.md")
    assert command.epilog is not None
    assert command.epilog.startswith("Example: ")


def test_the_readme_names_no_command_that_is_not_there():
    there = {name for name, _ in commands(mendline)}

    named = re.findall(r"^\| `mendline ([a-z -]+?)(?: [A-Z…]|`| -)", read("README.md"), re.MULTILINE)

    assert set(named) == there


def test_the_change_log_begins_with_the_version_of_the_project():
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]

    assert re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)[0] == version


def test_every_library_has_its_line_of_reasons():
    wanted = {
        re.split(r"[<=>; ]", line)[0]
        for name in ("run.in", "dev.in")
        for line in read(f"requirements/{name}").splitlines()
        if line and not line.startswith(("#", "-r"))
    }

    given = re.findall(r"^\| `([A-Za-z0-9_.-]+)` \|", read("CONTRIBUTING.md"), re.MULTILINE)

    assert sorted(given) == sorted(wanted)


def test_no_file_tells_where_it_was_written():
    found = [
        f"{path}: {home}"
        for path in texts()
        for home in HOMES
        if path != Path(__file__) and home in path.read_text(encoding="utf-8")
    ]

    assert not found, "\n".join(found)


def test_the_lists_of_libraries_name_no_index():
    lists = sorted((ROOT / "requirements").iterdir())

    found = [line for path in lists for line in path.read_text(encoding="utf-8").splitlines() if INDEX.search(line)]

    assert len(lists) == 4
    assert not found, "\n".join(found)


def test_links_in_the_papers_point_at_something():
    found = [line for paper in papers() for line in broken_links(paper)]

    assert not found, "\n".join(found)


def test_a_link_that_points_at_nothing_is_found(tmp_path: Path):
    paper = tmp_path / "page.md"
    paper.write_text("# A title\n[one](page.md#a-title) [two](gone.md) [three](#gone) [four](https://example.org/)\n")

    assert list(broken_links(paper)) == [f"{paper}: gone.md", f"{paper}: #gone"]


def test_the_machine_of_continuous_integration_runs_what_everybody_runs():
    script = ROOT / ".ci" / "run"

    subprocess.run(["bash", "-n", str(script)], check=True)
    assert script.stat().st_mode & 0o111
    assert read(".ci/run").splitlines()[-1] == "make test"
