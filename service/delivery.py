"""What we owe the telephone network: prompts become outbox rows, rows are claimed, sent once, and settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flows.conversation.turn import Channel, Prompt
from flows.helplines import LINES
from flows.segments import count_segments
from flows.timing import closing
from service.house import House
from service.records import OutboxItem
from service.someone import ARGUMENTS, Someone
from service.writing import insert_later

# Lower leaves first (DESIGN 4).
PRIORITIES = {
    "safety": 0, "reply": 10, "break-return": 20, "promise-due": 30, "notice": 35, "relayed": 36, "check-in": 40,
    "digest": 50, "review": 60, "set-up": 65, "lesson": 70,
}  # fmt: skip
# After this an answer is no longer an answer, and a late help is still one.
LASTS = {"reply": timedelta(hours=4), "safety": timedelta(hours=24), "break-return": timedelta(hours=2)}
SHORTEST = timedelta(hours=1)  # what is sent at the end of the window may still arrive
TO = "outbox.to"


def words_of(
    house: House, prompt: Prompt, *, locale: str, country: str, label: str = "", channel: Channel = "text"
) -> tuple[str, str]:
    """(phrase id as said in this country, the words, texted or spoken).

    Raises: PhraseUnknown, ArgumentMissing or ArgumentTooLong, as `Catalogue.render`.
    """
    phrase = house.helplines.phrase_for(prompt.phrase, country)
    wanted = house.catalogue.placeholders(phrase, locale)
    lines = {} if wanted.isdisjoint(LINES.values()) else house.helplines.of(country).arguments(locale, channel=channel)
    arguments = {
        **lines,
        "brand": house.settings.brand,
        "ph": house.settings.voice_number if channel == "text" else " ".join(house.settings.voice_number),
        "url": house.settings.public_url.split("://")[-1],
        "p": label,
        **prompt.arguments,
    }
    given = {name: value for name, value in arguments.items() if name in wanted}
    return phrase, house.catalogue.render(phrase, locale, given, channel=channel)


def name_the_other(house: House, prompts: Iterable[Prompt], *, locale: str, country: str) -> bool:
    """Whether any of these, as said in that country, names the other person. Raises PhraseUnknown."""
    phrases = (house.helplines.phrase_for(prompt.phrase, country) for prompt in prompts)
    return any("p" in house.catalogue.placeholders(phrase, locale) for phrase in phrases)


def owe(
    house: House, someone: Someone, prompts: Iterable[Prompt], *, purpose: str, now: datetime, country: str,
    label: str = "", script_hash: str | None = None, due_id: int | None = None,
) -> list[OutboxItem]:  # fmt: skip
    """Owe these prompts to a person, in their order. Part of the turn's transaction."""
    person = someone.person
    owed = []
    for prompt in prompts:
        phrase, text = words_of(house, prompt, locale=person.locale, country=country, label=label)
        sealed = someone.key.seal_json({"text": text, "arguments": dict(prompt.arguments)}, ARGUMENTS)
        owed.append(
            _owe(
                house, text, phrase=phrase, locale=person.locale, recipient=person.number_key or "", purpose=purpose,
                now=now, expires=_expires(purpose, now, someone.zone), sealed=sealed, person_id=someone.id, to=None,
                script_hash=script_hash, due_id=due_id,
            )
        )  # fmt: skip
        person.last_phrase, person.last_said_at = prompt.phrase, now
    return owed


def owe_stranger(house: House, number: str, prompts: Iterable[Prompt], *, locale: str, purpose: str,
                 now: datetime, country: str) -> None:  # fmt: skip
    """Owe prompts to a number that is nobody: the address is sealed under the service's key until the item is final."""
    for prompt in prompts:
        phrase, text = words_of(house, prompt, locale=locale, country=country)
        _owe(
            house, text, phrase=phrase, locale=locale, recipient=house.vault.number_key(number), purpose=purpose,
            now=now, expires=now + LASTS["reply"], sealed=house.vault.seal(text, ARGUMENTS), person_id=None,
            to=house.vault.seal(number, TO), script_hash=None, due_id=None,
        )  # fmt: skip


async def withhold(person_id: UUID, *, now: datetime, purposes_kept: frozenset[str] = frozenset()) -> None:
    """Everything still owed to a person stays unsent: they opted out, or hold after a crisis."""
    owed = OutboxItem.filter(person_id=person_id, state="owed")
    if purposes_kept:
        owed = owed.exclude(purpose__in=list(purposes_kept))
    await owed.update(state="withheld", settled_at=now, arguments_sealed=None, to_sealed=None)


def _owe(house: House, text: str, *, phrase: str, locale: str, recipient: str, purpose: str, now: datetime,
         expires: datetime, sealed: str, person_id: UUID | None, to: str | None, script_hash: str | None,
         due_id: int | None) -> OutboxItem:  # fmt: skip
    item = OutboxItem.construct(
        token=uuid4(), intent=uuid4(), person_id=person_id, recipient_key=recipient, to_sealed=to, purpose=purpose,
        phrase_id=phrase, locale=locale, words_version=house.catalogue.version, script_hash=script_hash,
        arguments_sealed=sealed, body_hash=house.vault.body_hash(text), segments=count_segments(text).segments,
        state="owed", priority=PRIORITIES[purpose], owed_at=now, not_before=now, expires_at=expires, due_id=due_id,
    )  # fmt: skip
    insert_later(item)
    return item


def _expires(purpose: str, now: datetime, zone: str) -> datetime:
    if purpose in LASTS:
        return now + LASTS[purpose]
    return max(closing(now, zone), now + SHORTEST)

