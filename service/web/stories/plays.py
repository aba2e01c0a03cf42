"""The stories there are: a promise without an update (PROGRAMME 6.3), and the guided call (6.2), step by step."""

from __future__ import annotations

from collections.abc import Mapping

from service.web.stories.play import (
    Calls,
    Closes,
    Compares,
    Marks,
    MovesOn,
    MovesTo,
    Play,
    Presses,
    Scene,
    SwitchesOff,
    Texts,
)

ADA, BEN = "maker-1", "receiver-1"
MAKERS = tuple(f"maker-{number}" for number in range(1, 6))
RECEIVERS = tuple(f"receiver-{number}" for number in range(1, 6))
# A line about a promise leaves some drawn minutes after what it is about, seven at the most.
RELAYED = MovesOn(8)


def promises(*makers: str, line: str) -> tuple[Texts, ...]:
    """A promise in one text, without an if-then, with choice 3."""
    return tuple(Texts(dict.fromkeys(makers, said)) for said in (line, "skip", "choice-3"))


NOTICE = Play(
    name="notice",
    couples=5,
    starts_at="13:00",
    parts=("opening", "again", "side-by-side"),
    causes={
        "1": "silence", "2": "kept-private", "3": "stop", "4": "crisis", "5": "phone-off",
    },
    scenes=(
        Scene("opening", (MovesTo(0, "13:00"),), 2),
        Scene("made", promises(ADA, line="promise"), 4),
        Scene("followed", (RELAYED,), 3),
        Scene("due", (MovesTo(0, "16:00"),), 3),
        Scene("answer", (Texts({ADA: "not-yet"}),), 4),
        Scene("sent", (Texts({ADA: "send"}),), 2),
        Scene("fair-line", (RELAYED,), 4),
        Scene("again", (SwitchesOff("maker-5"), *promises(*MAKERS, line="promise-again"), RELAYED), 3),
        Scene("silent", (Marks(), MovesTo(0, "18:00")), 3),
        Scene(
            "causes",
            (
                Texts({"maker-2": "not-done", "maker-3": "stop", "maker-4": "crisis"}),
                Texts({"maker-2": "forgot"}), Texts({"maker-2": "later"}), Texts({"maker-2": "keep-private"}),
            ),
            5, view="five",
        ),
        Scene("asked-again", (MovesTo(1, "13:30"),), 3),
        Scene("minute-before", (MovesTo(1, "19:29"),), 5, may_cut=True),
        Scene("notice", (MovesTo(1, "19:31"), Compares((BEN,))), 4),
        Scene("side-by-side", (), 4, view="five"),
        Scene("compared", (Compares(RECEIVERS), Closes()), 0, view="five"),
    ),
)  # fmt: skip

TIMEOUT = Play(
    name="timeout",
    couples=1,
    starts_at="18:10",
    parts=("opening", "return", "next-day"),
    causes={},
    not_on=frozenset({5}),  # on a Sunday the day begins at noon, and the last check would come then
    scenes=(
        Scene("opening", (MovesTo(0, "18:10"),), 2),
        Scene("calls", (Calls(ADA),), 2, in_call=True),
        Scene("safe", (Presses(ADA, "2"),), 2, in_call=True),
        Scene("body", (Presses(ADA, "1"),), 2, in_call=True),
        Scene("length", (Presses(ADA, "8"),), 2, in_call=True),
        Scene("told", (MovesTo(0, "18:12"), Presses(ADA, "2")), 3, in_call=True),
        Scene("guided", (Presses(ADA, "1"),), 3, in_call=True),
        Scene("goodbye", (Presses(ADA, "1"),), 3, in_call=True),
        Scene("half", (MovesTo(0, "18:27"),), 4),
        Scene("return", (MovesTo(0, "18:42"),), 4),
        Scene("first-answers", (Texts({ADA: "body-5", BEN: "body-3"}),), 5),
        Scene("first-check", (MovesTo(0, "18:57"),), 5),
        Scene("second-return", (MovesTo(0, "19:12"),), 3),
        Scene(
            "second-answers",
            (Texts({ADA: "body-3", BEN: "body-3"}), Texts({ADA: "tomorrow", BEN: "now"})), 5,
        ),
        Scene("second-check", (MovesTo(0, "19:27"),), 5),
        Scene("next-day", (MovesTo(1, "10:00"),), 4),
        Scene("both-ready", (Texts({ADA: "body-3", BEN: "body-3"}), Texts({ADA: "now", BEN: "now"})), 0),
    ),
)  # fmt: skip

PLAYS: Mapping[str, Play] = {play.name: play for play in (NOTICE, TIMEOUT)}
