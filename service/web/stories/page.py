"""`/handset?story=…`: a play on the page. Works with plain forms; its script only goes on by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from service.errors import ServerUnavailable
from service.web.asking import read_form, wants_json
from service.web.local_time import language
from service.web.stories.play import Play
from service.web.stories.plays import PLAYS
from service.web.stories.staging import draw_stage
from service.web.stories.theatre import Run, Theatre
from service.web.stories.words import LANGUAGES, words_in
from service.web.telephone import Telephone, TelephoneRefused


class Rendering(Protocol):
    """Renders a template, in the language `tongue`, with these words."""

    def __call__(self, template: str, status: int, *, tongue: str = "en", **words: Any) -> Response: ...


class StoryPage:
    """The endpoints of the stories. `telephone` gives a request its telephone, `now` the product's time."""

    def __init__(
        self, theatre: Theatre, *, telephone: Callable[[Request], Telephone], now: Callable[[], Awaitable[datetime]],
        render: Rendering, brand: str,
    ) -> None:  # fmt: skip
        self._theatre, self._telephone, self._now = theatre, telephone, now
        self._render, self._brand = render, brand

    async def show(self, request: Request) -> Response:
        """The stage as it stands. 404 for a story that is none."""
        asked = request.query_params
        return await self._page(request, asked.get("story", ""), asked.get("locale", ""))

    async def act(self, request: Request) -> Response:
        """`next`, `again` (from the first scene, with other people) or `power-cut`; JSON for the page's script."""
        form = await read_form(request)
        name, locale = form.get("story", ""), language(form.get("locale", ""))
        play = PLAYS.get(name)
        try:
            if play is None:
                raise _no_such_story(locale)
            run = await self._do(request, play, locale, form)
        except TelephoneRefused as no:
            return await self._refuse(request, name, locale, no)
        if not wants_json(request):
            return RedirectResponse(f"/handset?story={play.name}&locale={locale}", 303)
        stage = await draw_stage(self._telephone(request), play, run, words_in(locale), await self._now())
        return JSONResponse(stage.as_json())

    async def _do(self, request: Request, play: Play, locale: str, form: dict[str, str]) -> Run:
        telephone = self._telephone(request)
        match form.get("act"):
            case "again":
                return await self._theatre.start_over(telephone, play, locale)
            case "power-cut":
                try:
                    return await self._theatre.cut_power(play, locale)
                except ServerUnavailable as refused:
                    raise TelephoneRefused(409, _sentence(refused.problem), _sentence(refused.remedy)) from refused
            case _:
                return await self._theatre.go_on(telephone, play, locale, after=_place(form.get("scene", "")))

    async def _refuse(self, request: Request, name: str, locale: str, no: TelephoneRefused) -> Response:
        if wants_json(request):
            return JSONResponse({"error": no.error, "remedy": no.remedy}, no.status)
        return await self._page(request, name, locale, refused=no)

    async def _page(
        self, request: Request, name: str, locale: str, *, refused: TelephoneRefused | None = None
    ) -> Response:
        words, play = words_in(language(locale)), PLAYS.get(name)
        try:
            if play is None:
                raise _no_such_story(words.language)
            run = self._theatre.run_of(play, words.language)
            stage = await draw_stage(self._telephone(request), play, run, words, await self._now())
        except TelephoneRefused as no:
            return self._render("away.html", no.status, brand=self._brand, refused=no, draft="")
        return self._render(
            "story.html", refused.status if refused else 200, tongue=words.language,
            brand=self._brand, play=play, stage=stage, words=words, w=words.page, stories=PLAYS,
            other=next(each for each in LANGUAGES if each != words.language), refused=refused,
            may_cut_power=self._theatre.may_cut_power, is_story=True,
        )  # fmt: skip


def _place(raw: str) -> int:
    """The scene that the page showed; -1 for none."""
    return int(raw) if raw.isdecimal() and raw.isascii() else -1


def _no_such_story(locale: str) -> TelephoneRefused:
    words = words_in(locale)
    return TelephoneRefused(404, words.page("none"), words.page("none-remedy"))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
