"""Scripts for their authors: are they sound, what do they say, how do they feel. Needs no database, no account."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from flows.catalogue import Catalogue
from flows.checking import check_scripts
from flows.checking.subject import all_says
from flows.conversation.script import Script
from flows.errors import AuthorMistakes, PhraseUnknown, Problem
from flows.helplines import load_helplines
from service.commands.drawing import draw
from service.commands.installed import find_script, installed, overlay
from service.commands.moments import Moment, Zone, in_zone
from service.commands.saying import json_option
from service.house import ALWAYS_ANSWERED
from service.recordings import load_recordings
from service.talking import talk as talk_through


@click.group()
def scripts() -> None:
    """What people are asked and told, for those who write it."""


scripts.add_command(draw)


@scripts.command(epilog="Example: mendline scripts check, or while writing one: mendline scripts check check-in")
@click.argument("names", nargs=-1)
@json_option
@click.pass_context
def check(context: click.Context, names: Sequence[str], as_json: bool) -> None:
    """Prove that every script can be talked through to its end, in every language. Exit code 1 when one cannot.

    With NAMES only these are talked through, which takes a moment; everything else is looked at all the same.
    """
    summary, problems = _checked(names)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(str(problem))
        if not problems:
            click.echo(f"{summary}: nothing to mend")
    context.exit(int(bool(problems)))


@scripts.command(epilog="Example: mendline scripts show check-in --locale es")
@click.argument("name")
@click.option("--locale", default="en", show_default=True, help="The language of the words.")
@json_option
def show(name: str, locale: str, as_json: bool) -> None:
    """A script step by step, with the words of each phrase."""
    library, catalogue = installed()
    shown = _shown(find_script(library, name), catalogue, locale)
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    click.echo(f"{shown['name']}: {shown['about']}")
    if shown["keywords"]:
        click.echo(f"keywords: {', '.join(shown['keywords'])}")
    for step in shown["steps"]:
        click.echo(f"\n{step['step']}")
        for said in step["says"]:
            click.echo(f"  {said['phrase']}: {said['words']}")


@scripts.command(epilog="Example: mendline scripts talk check-in --locale es --save talk.txt")
@click.argument("name")
@click.option("--locale", default="en", show_default=True, help="The language of the talk.")
@click.option("--zone", type=Zone(), default="America/New_York", show_default=True, help="Where the person is.")
@click.option("--at", type=Moment(), help="When it begins; by default now.")
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Keep the talk as a golden transcript.")
def talk(name: str, locale: str, zone: ZoneInfo, at: datetime | None, save: Path | None) -> None:
    """Talk a script through as a person would. Nothing is stored or sent."""
    library, catalogue = installed()
    find_script(library, name)
    written = talk_through(
        name, library, catalogue, load_helplines(overlay("LOCALES_DIR")), locale=locale, zone=zone.key,
        at=in_zone(at, zone), lines_in=iter(sys.stdin.readline, ""), lines_out=click.echo,
    )  # fmt: skip
    if save is not None:
        save.write_text(written, encoding="utf-8")


def _shown(script: Script, catalogue: Catalogue, locale: str) -> dict[str, Any]:
    steps = [
        {"step": name, "says": [_said(catalogue, say.phrase, locale) for _, say in all_says(step)]}
        for name, step in script.steps.items()
    ]
    return {"name": script.name, "about": script.about, "keywords": list(script.keywords), "steps": steps}


def _said(catalogue: Catalogue, phrase: str, locale: str) -> dict[str, str]:
    try:
        return {"phrase": phrase, "words": catalogue.wording(phrase, locale).words("text") or ""}
    except PhraseUnknown:
        return {"phrase": phrase, "words": ""}


def _checked(names: Sequence[str]) -> tuple[str, list[Problem]]:
    """What was looked at, in numbers, and everything that is wrong with it."""
    try:
        library, catalogue = installed()
        for name in names:
            find_script(library, name)
    except AuthorMistakes as wrong:
        return "", list(wrong.problems)
    phrases = len(catalogue.phrase_ids())
    summary = f"{len(library.scripts)} scripts, {phrases} phrases, {len(catalogue.locales)} languages"
    folder = next(iter(overlay("AUDIO_DIR")), None)
    recordings = load_recordings(folder, catalogue, str)
    if recordings.by_name:
        summary += f", {len(recordings.by_name)} recordings"
    problems = check_scripts(library, catalogue, answered=ALWAYS_ANSWERED, walked=names or None)
    return summary, [*problems, *recordings.problems]
