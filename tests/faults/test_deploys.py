"""Deploys in the middle of a call and of a talk by text: both processes end between two steps, in four ways, and the
conversation goes on where it was, in the version of the script it began in.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.journey import CK_1, CK_2, CK_4, is_asked
from tests.stories.keeping import numbers_of
from tests.stories.own_calls import CODE, has_code
from tests.stories.people import Clock, Network, Phone
from tests.stories.running import ROOT, RunningHouse

SEED, SAMPLE = 20261126, 2
WAYS = ("told to end", "killed", "another version", "another version and back")
KEYS = ("1", CODE, "1", "6", "1", "1", "0", "1")
SAID = (
    "For a calming break, press 2. For your own things, press 1.", "Please enter your PIN. Take your time.",
    "You're in. Nothing you say here is shared unless you choose it.", "Here's your check-in.",
    "Got it: 6. If that's right, press 1.", "And your body: type 0 for calm up to 10 for very worked up.",
    "One. For ten, press 0.", "Thank you. That stays with you.",
)  # fmt: skip
TEXTS = (("4 tired, argued", CK_2), ("8", CK_4), ("OK", None))
ASKED, ASKED_ELSE = "say: {phrase: CK-2, voice: V-CK-3}", "say: {phrase: CK-1, voice: V-CK-1}"


def _cases() -> Iterator[object]:
    every = [(step, way, medium) for medium, steps in (("call", len(KEYS)), ("text", len(TEXTS) + 1))
             for step in range(steps) for way in WAYS]  # fmt: skip
    # A process starts in seconds: where nothing else is different, two cases show what all of them show.
    brief = [case for case in every if "version" not in case[1]]
    quick = random.Random(SEED).sample(brief, SAMPLE)
    for case in every:
        marks = () if case in quick else (pytest.mark.slow,)
        yield pytest.param(*case, marks=marks, id=f"{case[2]}-{case[0]}-{case[1].replace(' ', '-')}")


@pytest.fixture
def another_version(tmp_path: Path) -> Path:
    """Scripts of the host's own, in which the second question of the check-in is the first once more."""
    script = (ROOT / "flows" / "scripts" / "check-in.yaml").read_text(encoding="utf-8")
    assert ASKED in script
    (tmp_path / "check-in.yaml").write_text(script.replace(ASKED, ASKED_ELSE), encoding="utf-8")
    return tmp_path


async def deploy(house: RunningHouse, way: str, version: Path) -> None:
    """Web and worker end, and others take their place."""
    for scripts in [""] if way in {"told to end", "killed"} else [str(version)]:
        _end(house, is_killed=way == "killed")
        await _begin(house, scripts)
    if way.endswith("back"):
        _end(house, is_killed=False)
        await _begin(house, "")


def _end(house: RunningHouse, *, is_killed: bool) -> None:
    for name in ("worker", "web"):
        (house.kill if is_killed else house.end)(name)


async def _begin(house: RunningHouse, scripts: str) -> None:
    for name in ("web", "worker"):
        house.start(name, **({"SCRIPTS_DIR": scripts} if scripts else {}))
    await house.until_ready()


@pytest.mark.promise(10)
@pytest.mark.parametrize(("step", "way", "medium"), list(_cases()))
async def test_a_conversation_goes_on_over_a_deploy_between_any_two_steps(
    step: int, way: str, medium: str, ada: Phone, clock: Clock, network: Network, house: RunningHouse,
    another_version: Path,
):  # fmt: skip
    if medium == "call":
        await _checks_in_by_call(step, way, ada, house, another_version)
        assert {each[1:] for each in await numbers_of(ada)} == {("mood", "6"), ("body", "10")}
    else:
        await _checks_in_by_text(step, way, ada, clock, house, another_version)
        assert {each[1:] for each in await numbers_of(ada)} == {("mood", "4"), ("body", "8")}

    assert await network.is_quiet()
    if "version" in way:
        await deploy(house, "told to end", another_version)


async def _checks_in_by_call(step: int, way: str, ada: Phone, house: RunningHouse, version: Path) -> None:
    await has_code(ada)
    call = await ada.calls()
    for turn, key in enumerate(KEYS):
        assert await call.hears(SAID[turn])
        if turn == step:
            await deploy(house, way, version)
        await call.presses(key)
    assert await call.is_over()


async def _checks_in_by_text(
    step: int, way: str, ada: Phone, clock: Clock, house: RunningHouse, version: Path
) -> None:
    await is_asked(clock, ada)
    for turn, (body, answer) in enumerate(TEXTS):
        if turn == step:
            await deploy(house, way, version)
        await ada.texts(body)
        if answer is not None:
            assert await ada.hears(answer)
    if step == len(TEXTS):
        await deploy(house, way, version)
    await ada.all_heard()


@pytest.mark.promise(10)
@pytest.mark.slow
async def test_a_conversation_that_begins_after_a_deploy_is_in_the_new_version(
    ada: Phone, clock: Clock, network: Network, house: RunningHouse, another_version: Path
):
    await deploy(house, "another version", another_version)
    await is_asked(clock, ada)
    await ada.texts("4 tired, argued")

    assert await ada.hears(CK_1)
    await deploy(house, "told to end", another_version)
    assert await network.is_quiet()
