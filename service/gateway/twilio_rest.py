"""The telephone network as Twilio's REST API offers it, by the official client. Posts once; what came of it is said."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.base.values import unset  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from service.errors import GatewayUnclear
from service.gateway.cleaning import clean_text
from service.gateway.port import Accepted, ArrivedText, ListedCall, OutgoingCall, OutgoingText, PlacedCall, SentText
from service.gateway.transport import TwilioTransport
from service.points import spoken_to
from service.settings import Settings

DEADLINE_SECONDS = 10.0
PAGE = 100
SERVICE_PREFIX = "MG"


class TwilioGateway:
    """The `Gateway` of production, development and tests: only `TWILIO_API_URL` differs.

    Built anywhere; the pool opens in the running loop with the first request. Every request has `deadline_seconds`,
    half of it for the connection. Statuses, texts and codes are Twilio's own.
    """

    def __init__(self, settings: Settings, *, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        self._settings = settings
        self._deadline_seconds = deadline_seconds
        self._transport: TwilioTransport | None = None
        self._client: Any = None

    async def send_text(self, text: OutgoingText) -> Accepted:
        """See `Gateway`. A text that was taken and failed at once is Accepted, with the status `failed`."""
        with _unreadable_is_unclear():
            async with spoken_to("send-text"):
                sent = await self.client().messages.create_async(
                    to=text.to,
                    body=text.body,
                    status_callback=text.callback_url,
                    validity_period=text.validity_seconds,
                    **self._leaving_from(),
                )
            return Accepted(sid=_word(sent.sid), status=_word(sent.status))

    async def sent_texts(self, to: str, since: datetime) -> AsyncIterator[SentText]:
        """See `Gateway`.

        Twilio's own filter by date is not asked: it goes by the time of sending, which a text still queued lacks.
        """
        filters = {"to": to, "from_": unset if self._sends_by_service else self._settings.twilio_sender}
        async for page in self._pages(filters):
            with _unreadable_is_unclear():
                texts = [_sent(each) for each in page if each.direction != "inbound"]
            for text in texts:
                if text.created_at >= since:
                    yield text
            if texts and all(text.created_at < since for text in texts):
                return

    async def arrived_texts(self, since: datetime) -> AsyncIterator[ArrivedText]:
        """See `Gateway`. An account may have other numbers; only what came to ours is told."""
        async for page in self._pages({"date_sent_after": since.astimezone(UTC)}):
            with _unreadable_is_unclear():
                texts = [_arrived(each) for each in page if each.direction == "inbound" and self._is_ours(each)]
            for text in texts:
                if text.at >= since:
                    yield text

    async def place_call(self, call: OutgoingCall) -> Accepted:
        """See `Gateway`. The network finds out whether a person or a machine answers before it asks for words."""
        with _unreadable_is_unclear():
            async with spoken_to("place-call"):
                placed = await self.client().calls.create_async(
                    to=call.to,
                    from_=self._settings.voice_number,
                    url=call.answer_url,
                    fallback_url=call.fallback_url,
                    status_callback=call.callback_url,
                    status_callback_event=["answered", "completed"],
                    timeout=call.ring_seconds,
                    machine_detection="DetectMessageEnd" if call.leaves_a_message else "Enable",
                )
            return Accepted(sid=_word(placed.sid), status=_word(placed.status))

    async def placed_calls(self, to: str, since: datetime) -> AsyncIterator[PlacedCall]:
        """See `Gateway`. One page is enough: it holds the last hundred calls to one number."""
        with _unreadable_is_unclear():
            async with spoken_to("list-calls"):
                page = await self.client().calls.page_async(to=to, from_=self._settings.voice_number, page_size=PAGE)
            calls = [_placed(each) for each in page]
        for call in calls:
            if call.created_at >= since:
                yield call

    async def calls_since(self, since: datetime) -> AsyncIterator[ListedCall]:
        """See `Gateway`. Twilio's own filter by date goes by the beginning, which a call nobody took may lack."""
        async for page in self._pages_of_calls():
            with _unreadable_is_unclear():
                calls = [_listed(each) for each in page if self._settings.voice_number in {each.to, each._from}]
                is_too_old = bool(page) and all(_moment(each.date_created) < since for each in page)
            for call in calls:
                if call.created_at >= since:
                    yield call
            if is_too_old:
                return

    async def redact(self, sid: str) -> None:
        """See `Gateway`. Twilio refuses while the text is on its way."""
        with _unreadable_is_unclear():
            async with spoken_to("redact"):
                await self.client().messages(sid).update_async(body="")

    async def aclose(self) -> None:
        """Close the pool. A later request would open another."""
        if self._transport is not None:
            await self._transport.close()
            self._transport = self._client = None

    def client(self) -> Any:
        """The official client over our transport, inside a running loop. For the rooms of this house only."""
        settings = self._settings
        if self._transport is None:
            self._transport = TwilioTransport(
                settings.twilio_api_url, settings.twilio_auth_tokens, deadline_seconds=self._deadline_seconds
            )
            # An empty mapping would make the library read TWILIO_EDGE and TWILIO_REGION, which rewrite host names.
            self._client = Client(
                settings.twilio_account_sid,
                settings.twilio_auth_tokens[0],
                http_client=self._transport,
                environment={"TWILIO_EDGE": ""},
            )
        return self._client

    @property
    def _sends_by_service(self) -> bool:
        return self._settings.twilio_sender.startswith(SERVICE_PREFIX)

    def _leaving_from(self) -> dict[str, str]:
        sender = self._settings.twilio_sender
        return {"messaging_service_sid": sender} if self._sends_by_service else {"from_": sender}

    def _is_ours(self, message: Any) -> bool:
        sender = self._settings.twilio_sender
        return message.to in {sender, self._settings.voice_number} or (
            self._sends_by_service and message.messaging_service_sid == sender
        )

    async def _pages(self, filters: dict[str, object]) -> AsyncIterator[list[Any]]:
        with _unreadable_is_unclear():
            async with spoken_to("list-texts"):
                page = await self.client().messages.page_async(**filters, page_size=PAGE)
        while page is not None:
            with _unreadable_is_unclear():
                messages = list(page)
            yield messages
            with _unreadable_is_unclear():
                async with spoken_to("list-more-texts"):
                    page = await page.next_page_async()

    async def _pages_of_calls(self) -> AsyncIterator[list[Any]]:
        with _unreadable_is_unclear():
            async with spoken_to("list-all-calls"):
                page = await self.client().calls.page_async(page_size=PAGE)
        while page is not None:
            with _unreadable_is_unclear():
                calls = list(page)
            yield calls
            with _unreadable_is_unclear():
                async with spoken_to("list-more-calls"):
                    page = await page.next_page_async()


@contextmanager
def _unreadable_is_unclear() -> Iterator[None]:
    """The answer was 2xx, but not of Twilio's shape: something else answered, so nobody knows what Twilio did."""
    try:
        yield
    except (TwilioException, KeyError, TypeError, ValueError, AttributeError) as strange:
        raise GatewayUnclear(f"answer of a strange shape: {type(strange).__name__}") from strange


def _placed(call: Any) -> PlacedCall:
    return PlacedCall(
        sid=_word(call.sid), to=_word(call.to), status=_word(call.status), created_at=_moment(call.date_created)
    )


def _listed(call: Any) -> ListedCall:
    """The official client (9.13.0) calls a message's sender `from_`, and a call's `_from`."""
    is_inbound = _word(call.direction) == "inbound"
    return ListedCall(
        sid=_word(call.sid), other=clean_text(_word(call._from if is_inbound else call.to)), is_inbound=is_inbound,
        status=_word(call.status), created_at=_moment(call.date_created),
    )  # fmt: skip


def _sent(message: Any) -> SentText:
    return SentText(
        sid=_word(message.sid),
        to=_word(message.to),
        body=message.body or "",
        status=_word(message.status),
        error_code=message.error_code,
        created_at=_moment(message.date_created),
    )


def _arrived(message: Any) -> ArrivedText:
    return ArrivedText(
        sid=_word(message.sid),
        sender=clean_text(_word(message.from_)),
        to=_word(message.to),
        body=clean_text(message.body or ""),
        at=_moment(message.date_created),
        has_media=(message.num_media or "0") != "0",
    )


def _word(told: object) -> str:
    if not isinstance(told, str) or not told:
        raise ValueError("a field is missing")
    return told


def _moment(told: object) -> datetime:
    if not isinstance(told, datetime):
        raise ValueError("a date is missing")
    return told
