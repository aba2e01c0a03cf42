"""`mendline scripts draw`: a script, or the life of a promise and of a break, as a picture."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from flows.catalogue import Catalogue
from flows.checking.subject import Subject
from flows.conversation.library import Library
from flows.conversation.script import Say
from flows.drawing.chart import Chart
from flows.drawing.lives import life_charts
from flows.drawing.mermaid import as_mermaid
from flows.drawing.steps import script_chart
from flows.drawing.svg import as_svg
from flows.errors import PhraseUnknown
from service.commands.installed import find_script, installed
from service.commands.refusals import Refused
from service.commands.saying import json_option
from service.house import ALWAYS_ANSWERED


@click.command(epilog="Example: mendline scripts draw promise --svg --into drawn")
@click.argument("name", required=False)
@click.option("--all", "draws_all", is_flag=True, help="Both lives and every script.")
@click.option("--svg", "as_picture", is_flag=True, help="A picture, with the words of each phrase.")
@click.option("--locale", default="en", show_default=True, help="The language of the words in a picture.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="A folder: one file for each drawing.")
@json_option
def draw(name: str | None, draws_all: bool, as_picture: bool, locale: str, into: Path | None, as_json: bool) -> None:
    """Draw a script, or without NAME the life of a promise and of a break, from the tables that decide about them.

    The drawing is Mermaid, the text that GitHub and many wikis show as a picture; with --svg it is the picture.
    """
    charts = _charts(name, draws_all=draws_all, locale=locale if as_picture else None)
    if as_json:
        click.echo(json.dumps([asdict(chart) for chart in charts], ensure_ascii=False))
    elif into is not None:
        _write(into, charts, as_picture=as_picture)
    elif as_picture and len(charts) > 1:
        raise Refused("several pictures are several files", "name one, or name a folder with --into")
    elif as_picture:
        click.echo(as_svg(charts[0]), nl=False)
    else:
        click.echo("\n\n".join(_in_markdown(chart) for chart in charts) if len(charts) > 1 else as_mermaid(charts[0]))


def _charts(name: str | None, *, draws_all: bool, locale: str | None) -> list[Chart]:
    """What was asked for; with the words of `locale`, if it is to have any."""
    lives = life_charts()
    if name in lives:
        return [lives[name]]
    if name is None and not draws_all:
        return list(lives.values())
    library, catalogue = installed()
    if name is not None:
        return list(_scripts([name], library, catalogue, locale))
    return [*lives.values(), *_scripts(sorted(library.scripts), library, catalogue, locale)]


def _scripts(names: Iterable[str], library: Library, catalogue: Catalogue, locale: str | None) -> Iterable[Chart]:
    def words_of(say: Say) -> str:
        try:
            wording = catalogue.wording(say.phrase, locale or "en")
        except PhraseUnknown:
            return "no words yet"
        return wording.words("text") or wording.words("voice") or ""

    for name in names:
        script = find_script(library, name)
        subject = Subject(script, library.files.get(name, name), library, catalogue, ALWAYS_ANSWERED)
        yield script_chart(subject, words_of if locale is not None else None)


def _write(folder: Path, charts: Iterable[Chart], *, as_picture: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for chart in charts:
        path = folder / f"{chart.name}.{'svg' if as_picture else 'mmd'}"
        path.write_text(as_svg(chart) if as_picture else as_mermaid(chart) + "\n", encoding="utf-8")
        click.echo(str(path))


def _in_markdown(chart: Chart) -> str:
    return f"## {chart.name}\n\n```mermaid\n{as_mermaid(chart)}\n```"
