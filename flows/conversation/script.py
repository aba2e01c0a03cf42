"""A script as its author wrote it: YAML read into typed models. What is wrong is named with file, step and remedy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from ruamel.yaml.error import YAMLError

from flows.errors import Problem, ScriptInvalid
from flows.yaml_text import read_yaml

END = "end"
ReplyKind = Literal[
    "rating", "yes-no", "choice", "clock-time", "zone", "minutes", "country", "words", "agreement", "offer", "promise",
    "pin",
    "when", "outcome",
]
DURATION = re.compile(r"(\d+)(min|h|d)")
UNITS = {"min": "minutes", "h": "hours", "d": "days"}


def _duration(raw: Any) -> Any:
    found = DURATION.fullmatch(raw) if isinstance(raw, str) else None
    if found is None:
        raise ValueError("wants a length of time such as 60min, 12h or 3d")
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def _listed(raw: Any) -> Any:
    return raw if isinstance(raw, list) else [raw]


def _phrase(raw: Any) -> Any:
    return {"phrase": raw} if isinstance(raw, str) else raw


def _act(raw: Any) -> Any:
    if isinstance(raw, str):
        return {"effect": raw}
    if isinstance(raw, dict) and len(raw) == 1:
        ((effect, arguments),) = raw.items()
        return {"effect": effect, "arguments": arguments}
    raise ValueError("wants one effect, such as `join` or `pause: {days: 7}`")


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Plain = str | int | float | bool
Question = Literal["", "check-in", "break-return", "break-partner"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Test(_Part):
    """What must hold of one answer or fact. Several conditions must all hold."""

    __test__ = False  # not a test of pytest's

    is_: Plain | None = Field(default=None, alias="is")
    one_of: tuple[Plain, ...] | None = None
    at_least: int | float | str | None = None
    at_most: int | float | str | None = None


def _test(raw: Any) -> Any:
    return raw if isinstance(raw, dict) else {"is": raw}


Conditions = dict[str, Annotated[Test, BeforeValidator(_test)]]


class Say(_Part):
    """A phrase, its words for a call where they differ in id, and what goes into its placeholders."""

    phrase: str
    voice: str | None = None
    arguments: dict[str, Plain | dict[str, Plain]] = Field(default_factory=dict, alias="with")


Says = Annotated[tuple[Annotated[Say, BeforeValidator(_phrase)], ...], BeforeValidator(_listed)]


class Act(_Part):
    """An effect with its arguments: literals, or `$name` of an answer or fact."""

    effect: str
    arguments: dict[str, Plain] = Field(default_factory=dict)


Acts = tuple[Annotated[Act, BeforeValidator(_act)], ...]


class Exit(_Part):
    """Where a wait leads: what is worked out, done and said on the way, and the next step (`end` closes)."""

    when: Conditions = Field(default_factory=dict)
    let: dict[str, dict[str, Plain]] = Field(default_factory=dict)
    do: Acts = ()
    say: Says = ()
    go: str


class Reminder(_Part):
    """One more line while the question is open. `after` may name a fact that holds minutes."""

    after: str
    say: Says


class Postponement(_Part):
    """LATER, once: the question is put again after so long."""

    after: Duration
    say: Says


class Keys(_Part):
    """How a call takes the answer: how many keys, and whether speech is listened to as well."""

    digits: int = 1
    speech: bool = False
    finish_on: str = ""


class Wait(_Part):
    """One question that is open: what kind of reply it reads and what it does until one comes."""

    reply: ReplyKind
    name: str = Field(alias="as", default="")
    low: int = 0
    high: int = 10
    options: int | tuple[tuple[str, ...], ...] = 0
    title: str = ""  # what the question is called when a number might answer it (a phrase id)
    note_as: str = ""  # the words beside the answer
    keeps_words: bool = False  # words instead of an answer are kept as a note
    closes_after: Duration
    patience: int = 2  # replies that cannot be read before the question ends; more only where nothing is asked again
    hint: Says = ()
    hint_between: Says = ()
    hints: dict[str, Says] = Field(default_factory=dict)  # by the reader's reason, where one says more than `hint`
    remind: Reminder | None = None
    later: Postponement | None = None
    also: dict[str, Exit] = Field(default_factory=dict)  # words with an exit of their own
    keys: Keys | None = None


class Step(_Part):
    """Say something, then wait, choose, run another script, or go on."""

    say: Says = ()
    do: Acts = ()
    let: dict[str, dict[str, Plain]] = Field(default_factory=dict)
    wait: Wait | None = None
    answer: tuple[Exit, ...] = ()
    unreadable: Exit | None = None
    silence: Exit | None = None
    refusal: Exit | None = None
    stop: Exit | None = None
    choose: tuple[Exit, ...] = ()
    run: str | None = None
    go: str | None = None
    only: Literal["text", "voice"] | None = None  # on the other channel the step is passed over,
    otherwise: str | None = None  # to this one


class Argument(_Part):
    """What may follow the keyword, as in PAUSE 3."""

    name: str = Field(alias="as")
    low: int
    high: int
    default: int


class Script(_Part):
    """One script, whole."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")
    about: str
    keywords: tuple[str, ...] = ()
    argument: Argument | None = None
    words_after: bool = False  # what follows the keyword is the reply to the first question
    opens: Literal["wait", "skip", "interrupt", "beside"] = "skip"
    gives_way: bool = False  # its question stays answerable elsewhere, so any other conversation may take its place
    opener: bool = False  # the service may begin it: its first words may stand on a lock screen
    purpose: str = "reply"
    question: Question = ""  # what it asks, on either channel: answered on one, it is closed on the other
    channels: tuple[Literal["text", "voice"], ...] = ("text",)
    first: str = ""
    steps: dict[str, Step]

    @property
    def first_step(self) -> str:
        """Where it begins: the step named by `first`, or the one written first."""
        return self.first or next(iter(self.steps))


def read_script(source: str, file: str) -> Script:
    """The script in `source`.

    Raises:
        ScriptInvalid: not YAML, or not of this shape; one problem per fault with its step and a remedy.
    """
    try:
        plain = read_yaml(source)
    except YAMLError as wrong:
        raise ScriptInvalid([Problem(file, "", f"is not YAML: {_first_line(wrong)}", "mend that line")]) from wrong
    if not isinstance(plain, dict):
        raise ScriptInvalid([Problem(file, "", "is empty", "begin with name, about and steps")])
    try:
        return Script.model_validate(plain)
    except ValidationError as wrong:
        raise ScriptInvalid([_problem(file, each) for each in wrong.errors()]) from wrong


def hash_of(sources: Iterable[str]) -> str:
    """The content hash that sessions pin: of the script's own source and of every script it runs."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.encode() + b"\0")
    return digest.hexdigest()[:16]


def _first_line(wrong: YAMLError) -> str:
    return " ".join(str(wrong).split())[:160]


def _problem(file: str, error: Any) -> Problem:
    place = [str(part) for part in error["loc"]]
    step = place[1] if len(place) > 1 and place[0] == "steps" else ""
    at = ".".join(place[2:] if step else place)
    wording = {
        "extra_forbidden": ("is not a word of scripts", "take it out, or see the author's manual for the right word"),
        "missing": ("is missing", "add it"),
    }.get(error["type"], (error["msg"].removeprefix("Value error, "), "see the author's manual"))
    return Problem(file, step, f"{at} {wording[0]}".strip(), wording[1])
