"""The page where anyone tries the product without an account: two phones and the clock. Development only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from service.web.agenda import Agenda, ComingMatter, LateMatter, OpenMatter, ReadMatter
from service.web.asking import (
    OTHER_NUMBERS,
    OTHERS_KEPT,
    SIDES,
    address_of,
    chosen,
    held_calls,
    other_numbers,
    read_form,
    side_of,
    two,
    wants_json,
)
from service.web.calls import AROUND, carry_out
from service.web.faults import GROUPS, draw_faults, set_fault
from service.web.guarding import Guarded
from service.web.local_time import day_name, short_moment, zone_name
from service.web.phones import (
    WORDS_TO_TRY,
    Choice,
    Holding,
    Phone,
    choices,
    couples,
    draw_phone,
    moves,
    read_number,
    spaced,
)
from service.web.stories.cast import is_of_a_story
from service.web.stories.page import StoryPage
from service.web.stories.plays import PLAYS
from service.web.stories.theatre import StageHands, Theatre
from service.web.stories.words import words_in
from service.web.telephone import Handset, Telephone, TelephoneRefused

__all__ = ["Agenda", "ComingMatter", "HandsetSources", "LateMatter", "OpenMatter", "ReadMatter", "handset_routes"]

HERE = Path(__file__).parent
STEPS = {"10m": timedelta(minutes=10), "1h": timedelta(hours=1)}


@dataclass(frozen=True, slots=True)
class HandsetSources:
    """What the page lives on: the simulator's address and the product's own hands.

    `client` may be None when the session is made in the lifespan: then it is taken from `app.state.client`. `agenda`
    looks at the product now; `ring` wakes the workers; `number` is the service's own number (E.164); `join_word` is
    what a stranger texts to join.
    """

    simulator_url: str
    client: aiohttp.ClientSession | None
    agenda: Callable[[], Awaitable[Agenda]]
    ring: Callable[[], Awaitable[None]]
    brand: str
    number: str
    join_word: str = "JOIN"
    answered: Callable[[], frozenset[str]] = frozenset  # the words that scripts answer: only these are worth a try
    stage: StageHands | None = None  # what stories need; without it there are none


@dataclass(frozen=True, slots=True)
class Refused:
    """What a form asked for and did not get; shown where it was asked.

    `place` is left, right (a text), call-left, call-right, clock, faults or phones.
    """

    place: str
    status: int
    error: str
    draft: str = ""


def handset_routes(sources: HandsetSources) -> list[Route | Mount]:
    """GET /handset, its forms, its agenda and its files, each with strict headers and closed to other sites' POSTs."""
    page = _HandsetPage(sources)
    guard = [Middleware(Guarded)]
    return [
        Route("/handset", page.show, methods=["GET"], middleware=guard),
        Route("/handset/text", page.send, methods=["POST"], middleware=guard),
        Route("/handset/call", page.call, methods=["POST"], middleware=guard),
        Route("/handset/clock", page.move, methods=["POST"], middleware=guard),
        Route("/handset/faults", page.break_something, methods=["POST"], middleware=guard),
        Route("/handset/story", page.play, methods=["POST"], middleware=guard),
        Route("/handset/phones", page.choose, methods=["POST"], middleware=guard),
        Route("/handset/agenda", page.agenda, methods=["GET"], middleware=guard),
        Route("/handset/ring", page.ring, methods=["POST"], middleware=guard),
        Mount("/handset/static", StaticFiles(directory=HERE / "static"), middleware=guard),
    ]


class _HandsetPage:
    """The endpoints. JSON for those who accept it, else the whole page: it works without a line of JavaScript."""

    def __init__(self, sources: HandsetSources) -> None:
        self._sources = sources
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._stories = self._story_page(sources.stage) if sources.stage is not None else None

    async def show(self, request: Request) -> Response:
        asked = request.query_params
        if self._stories is not None and "story" in asked:
            return await self._stories.show(request)
        return await self._page(request, asked.get("left"), asked.get("right"), held=held_calls(request))

    async def send(self, request: Request) -> Response:
        form = await read_form(request)
        side = side_of(form)
        try:
            phone = await self._phone(request, form)
            if not form.get("body", "").strip():
                raise TelephoneRefused(422, "There is nothing to send yet.", "Write a text first.")
            sid = await self._telephone(request).send(phone.handset.number, form["body"])
        except TelephoneRefused as no:
            refused = Refused(side, no.status, f"Not sent. {no.error} {no.remedy}", form.get("body", ""))
            return await self._refuse(request, form, no, refused)
        return _done(request, form, {"sid": sid}, 201)

    async def call(self, request: Request) -> Response:
        """What a person does with a phone: calls, answers, presses keys, speaks, hangs up. `wait` lets it ring."""
        form = await read_form(request)
        side = side_of(form)
        try:
            if form.get("action") == "wait":
                return RedirectResponse(address_of(form), 303)
            phone = await self._phone(request, form)
            call = await carry_out(self._telephone(request), phone.handset.number, form)
        except TelephoneRefused as no:
            refused = Refused(f"call-{side}", no.status, f"{no.error} {no.remedy}")
            return await self._refuse(request, form, no, refused)
        if wants_json(request):
            return JSONResponse({"sid": call.sid, "state": call.state}, 200)
        held = {} if form.get("action") == "decline" else {f"call_{side}": call.sid}
        return RedirectResponse(address_of(form, **held), 303)

    async def move(self, request: Request) -> Response:
        form = await read_form(request)
        try:
            moment = await self._moment(request, form)
            now = await self._telephone(request).move_to(moment)
        except TelephoneRefused as no:
            refused = Refused("clock", no.status, f"{no.error} {no.remedy}")
            return await self._refuse(request, form, no, refused)
        return _done(request, form, {"now": now.isoformat()}, 200)

    async def break_something(self, request: Request) -> Response:
        """The next time something goes wrong on the network; or nothing does any more."""
        form = await read_form(request)
        try:
            number = (await self._phone(request, form)).handset.number if form.get("side") else None
            await set_fault(self._telephone(request), form, number)
        except TelephoneRefused as no:
            return await self._refuse(request, form, no, Refused("faults", no.status, f"{no.error} {no.remedy}"))
        return _done(request, form, {"fault": form.get("fault", "")}, 200)

    async def choose(self, request: Request) -> Response:
        """Which two phones are shown; a number written by hand goes into the cookie and onto the right."""
        form = await read_form(request)
        others = other_numbers(request)
        written = form.get("number", "").strip()
        try:
            if written:
                others, form["right"] = await self._added(request, others, written)
        except TelephoneRefused as no:
            refused = Refused("phones", no.status, f"{no.error} {no.remedy}", written)
            return await self._refuse(request, form, no, refused)
        answer = RedirectResponse(address_of(form), 303)
        answer.set_cookie(OTHER_NUMBERS, ".".join(others), path="/handset", httponly=True, samesite="strict")
        return answer

    async def play(self, request: Request) -> Response:
        if self._stories is None:
            return JSONResponse({"error": "No stories are played here.", "remedy": "make run"}, 404)
        return await self._stories.act(request)

    async def agenda(self, _request: Request) -> Response:
        return JSONResponse((await self._sources.agenda()).as_json())

    async def ring(self, _request: Request) -> Response:
        await self._sources.ring()
        return Response(status_code=204)

    def _story_page(self, hands: StageHands) -> StoryPage:
        async def now() -> datetime:
            return (await self._sources.agenda()).now

        return StoryPage(
            Theatre(hands), telephone=self._telephone, now=now, render=self._render, brand=self._sources.brand
        )

    async def _handsets(self, request: Request) -> tuple[Handset, ...]:
        """Everybody's phones but those of stories, which stand on their own page."""
        handsets = await self._telephone(request).handsets()
        return tuple(each for each in handsets if not is_of_a_story(each.number))

    def _telephone(self, request: Request) -> Telephone:
        return Telephone(self._sources.simulator_url, self._sources.client or request.app.state.client)

    async def _phone(self, request: Request, form: dict[str, str]) -> Choice:
        """The phone a form was sent from. Raises TelephoneRefused when it is not shown any more."""
        phones = choices(await self._handsets(request), other_numbers(request))
        phone = chosen(phones, form.get(side_of(form)))
        if phone is None:
            raise TelephoneRefused(404, "That phone is not shown any more.", "Load the page again.")
        return phone

    async def _added(self, request: Request, others: tuple[str, ...], written: str) -> tuple[tuple[str, ...], str]:
        """The numbers with the new one, and its key. Raises TelephoneRefused when it is not a number."""
        number = read_number(written)
        if number is None:
            raise TelephoneRefused(422, "That is not a whole number.", "Begin with + and the country's code.")
        if number not in others:
            others = (*others, number)[-OTHERS_KEPT:]
        phones = choices(await self._handsets(request), others)
        return others, next(phone.key for phone in phones if phone.handset.number == number)

    async def _moment(self, request: Request, form: dict[str, str]) -> datetime:
        """Where the pressed button goes; raises TelephoneRefused when it leads nowhere."""
        agenda = await self._sources.agenda()
        phones = choices(await self._handsets(request), other_numbers(request))
        if not phones:
            raise TelephoneRefused(503, "No phones are set up yet.", "Run `mendline demo load`.")
        left = chosen(phones, form.get("left")) or phones[0]
        move = form.get("move", "")
        if move in STEPS:
            return agenda.now + STEPS[move]
        for offered in moves(agenda.now, _following(agenda), left.zone):
            if offered.name == move:
                return offered.to
        if move == "next":
            raise TelephoneRefused(422, "Nothing is due.", "Send a text first, or move by hours.")
        try:
            return datetime.fromisoformat(form.get("to", "")).replace(tzinfo=left.zone)
        except ValueError:
            raise TelephoneRefused(422, "That is not a date and a time.", "Pick both.") from None

    async def _refuse(
        self, request: Request, form: dict[str, str], no: TelephoneRefused, refused: Refused
    ) -> Response:
        if wants_json(request):
            return JSONResponse({"error": no.error, "remedy": no.remedy}, no.status)
        return await self._page(request, form.get("left"), form.get("right"), refused=refused)

    async def _page(
        self,
        request: Request,
        left: str | None,
        right: str | None,
        *,
        refused: Refused | None = None,
        held: dict[str, str] | None = None,
    ) -> Response:
        telephone = self._telephone(request)
        try:
            phones = choices(await self._handsets(request), other_numbers(request))
            if not phones:
                raise TelephoneRefused(503, "No phones are set up yet.", "Run `mendline demo load`.")
            shown = two(phones, left, right)
            texts = await asyncio.gather(*(telephone.texts(phone.handset.number) for phone in shown))
            calls = await asyncio.gather(*(telephone.calls(phone.handset.number) for phone in shown))
            faults = draw_faults(await telephone.faults(), phones)
        except TelephoneRefused as no:
            kept = refused.draft if refused else ""
            return self._render("away.html", no.status, brand=self._sources.brand, refused=no, draft=kept)
        agenda = await self._sources.agenda()
        drawn = []
        for place, side in enumerate(SIDES):
            holding = Holding(texts[place], calls[place], (held or {}).get(side, ""))
            drawn.append(_with_errors(draw_phone(side, shown[place], holding, now=agenda.now), refused))
        return self._render(
            "handset.html",
            refused.status if refused else 200,
            **self._words(agenda, phones, shown[0]),
            phones=drawn,
            choices=phones,
            couples=couples(phones),
            faults=faults,
            fault_groups=GROUPS,
            refused=refused,
        )

    def _words(self, agenda: Agenda, phones: tuple[Choice, ...], left: Choice) -> dict[str, Any]:
        zone, now = left.zone, agenda.now
        return {
            "brand": self._sources.brand,
            "stories": PLAYS if self._stories is not None else {},
            "w": words_in("en").page,
            "number": spaced(self._sources.number),
            "answered": self._sources.answered(),
            "agenda": agenda,
            "now_day": day_name(now, zone, "en-US"),
            "now_time": short_moment(now, now, zone),
            "now_zone": zone_name(now, zone),
            "picked": now.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
            "moves": {move.name: move for move in moves(now, _following(agenda), zone)},
            "moment": lambda at: short_moment(at, now, zone),
            "join_word": self._sources.join_word,
            "words": WORDS_TO_TRY,
            "stranger": next((phone for phone in phones if "stranger" in phone.key), None),
        }

    def _render(self, template: str, status: int, *, tongue: str = "en", **words: Any) -> Response:
        """A page in the language `tongue`."""
        around = {"is_story": False, "around": AROUND[tongue], "around_language": tongue}
        return HTMLResponse(self._templates.get_template(template).render(around | words), status)


def _with_errors(phone: Phone, refused: Refused | None) -> Phone:
    if refused and refused.place == phone.side:
        return replace(phone, draft=refused.draft, error=refused.error)
    if refused and refused.place == f"call-{phone.side}":
        return replace(phone, call_error=refused.error)
    return phone


def _following(agenda: Agenda) -> datetime | None:
    """What "Next" goes to: what is open now, else the next thing due."""
    return agenda.now if agenda.open else agenda.next


def _done(request: Request, form: dict[str, str], answer: dict[str, str], status: int) -> Response:
    return JSONResponse(answer, status) if wants_json(request) else RedirectResponse(address_of(form), 303)
