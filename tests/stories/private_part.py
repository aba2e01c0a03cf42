"""The private set-up by phone, as stories go through it: by key, prompt by prompt, as far as each wants to."""

from __future__ import annotations

from tests.stories.own_calls import CODE
from tests.stories.people import HeldCall, Network, Phone

NOTICE = ("1", "1")
ALONE, FINISH = "1", "1"
NO_TO_ALL = ("1", "1", "1", "1", "1")
LESSON = ("1", *"111111")


async def sets_code(phone: Phone, network: Network, code: str = CODE) -> HeldCall:
    """Calls, is called back, and types a code twice; the notice is being said."""
    call = await phone.calls()
    await call.presses("1")
    await network.settled()
    back = await phone.answers()
    for keys in ("1", code, code):
        await back.presses(keys)
    return back


async def calls_with_code(phone: Phone, code: str = CODE) -> HeldCall:
    """A call of their own, past the code."""
    call = await phone.calls()
    await call.presses("1")
    await call.presses(code)
    return call


async def presses_all(call: HeldCall, *keys: str) -> None:
    """One key a prompt."""
    for each in keys:
        await call.presses(each)


async def is_set_up(phone: Phone, network: Network, *, answers: tuple[str, ...] = NO_TO_ALL, code: str = CODE) -> None:
    """The code and the whole private set-up, in one call that nothing interrupts."""
    call = await sets_code(phone, network, code)
    await presses_all(call, *NOTICE, ALONE, *answers, FINISH, *LESSON)
    assert await call.is_over()
