"""Every refusal a command may meet becomes one plain line with its remedy, and exit code 1."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from flows.errors import AuthorMistakes
from service.errors import GatewayRefused, GatewayUnavailable, GatewayUnclear, ServerUnavailable, SettingsInvalid


class Refused(click.ClickException):
    """What is wrong and what would put it right, for the person at the terminal."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy

    def show(self, file: object = None) -> None:  # noqa: ARG002  click's own signature
        """To standard error, so that what a command prints stays clean."""
        click.echo(f"Mendline: {self.message}\n  -> {self.remedy}", file=sys.stderr)


REFUSALS: tuple[type[Exception], ...] = (
    SettingsInvalid, ServerUnavailable, AuthorMistakes, GatewayRefused, GatewayUnavailable, GatewayUnclear,
)  # fmt: skip


def refusal_for(refused: Exception) -> Refused:
    """The line for one of REFUSALS."""
    match refused:
        case SettingsInvalid():
            told = _lines("the settings cannot be used:", refused.problems)
            return Refused(told, "set them in the environment or in .env")
        case ServerUnavailable():
            return Refused(refused.problem, refused.remedy)
        case AuthorMistakes():
            told = _lines("scripts or words are wrong:", [str(problem) for problem in refused.problems])
            return Refused(told, "mend them; mendline scripts check tells more")
        case GatewayRefused():
            return Refused(f"Twilio refused ({refused})", "look the code up in Twilio's error dictionary")
        case GatewayUnavailable():
            return Refused(f"Twilio takes nothing right now ({refused})", "try again in a while")
        case _:
            return Refused(f"Twilio gave no clear answer ({refused})", "run it again; nothing is done twice")


def _lines(first: str, problems: Sequence[str]) -> str:
    return "\n".join([first, *(f"  - {problem}" for problem in problems)])


def database_away(away: BaseException) -> Refused:
    """The line for one of NO_ANSWER."""
    return Refused(f"the database does not answer ({type(away).__name__})", "start it, or mend DATABASE_URL")
