"""What a reader made of a reply, for people: the words it read, the reading in words, how sure, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.answers.reading import Json, Reading
from flows.explaining.times import rule_in_words, time_in_words
from flows.explaining.words import ReadingWords, reading_words
from flows.patterns import late

_PHRASE_OF_DANGER = late(r"(?P<language>[a-z]{2}) [A-Z]{2} (?P<number>\d+)\b")


@dataclass(frozen=True, slots=True)
class Explained:
    """`marked` is the reply with [ ] around what was read; `answer`, `sure` and `why` are words, `sure` empty for none.

    `labels` name these three.
    """

    marked: str
    answer: str
    sure: str
    why: str
    labels: Mapping[str, str]

    def lines(self) -> tuple[str, ...]:
        """A short block to print."""
        said = (("read", self.answer), ("sure", self.sure), ("why", self.why))
        wide = max(len(label) for label in self.labels.values())
        return (self.marked, *(f"  {self.labels[name]:<{wide}}  {words}" for name, words in said if words))


def explain(kind: str, text: str, found: Reading, locale: str) -> Explained:
    """`kind` is one of `mendline understand`; the words are in the language of `locale`."""
    words = reading_words(locale)
    labels = {name: words.labels[name] for name in ("read", "sure", "why")}
    why = _why(kind, found.reason, words)
    if found.reading is None:
        return Explained(_marked(text, None), str(words.answers["nothing"]), "", why, labels)
    answer = _IN_WORDS[kind](found.reading, words)
    return Explained(_marked(text, found.span), answer, words.labels[found.sureness], why, labels)


def _marked(text: str, span: tuple[int, int] | None) -> str:
    if span is not None:
        text = f"{text[: span[0]]}[{text[span[0] : span[1]]}]{text[span[1] :]}"
    return " ".join(text.split())


def _why(kind: str, code: str, words: ReadingWords) -> str:
    listed = _PHRASE_OF_DANGER.match(code) if kind == "safety" else None
    if listed is None:
        return words.reason(code, kind)
    safety = words.answers["safety"]
    return str(safety["found"].format(number=listed["number"], language=safety["language"][listed["language"]]))


def _rating(answer: Mapping[str, Json], words: ReadingWords) -> str:
    patterns, between, values = words.answers["rating"], answer.get("between"), answer.get("values")
    if isinstance(between, list):
        return str(patterns["between"].format(low=_number(between[0]), high=_number(between[1])))
    value = _number(answer["value"])
    if isinstance(values, list):
        return str(patterns["several"].format(value=value, others=words.listed([_number(each) for each in values[1:]])))
    return str(patterns["approximate" if answer.get("approximate") else "exact"].format(value=value))


def _number(value: Json) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _yes_no(answer: Mapping[str, Json], words: ReadingWords) -> str:
    return str(words.answers["yes-no"][str(answer["value"])])


def _command(answer: Mapping[str, Json], words: ReadingWords) -> str:
    patterns, value = words.answers["command"], str(answer["value"])
    if (word := answer.get("word")) is not None:
        return str(patterns["suspected"].format(word=str(word).upper()))
    if value in patterns:
        return str(patterns[value])
    name = "word-and-argument" if answer.get("argument") is not None else "word"
    return str(patterns[name].format(word=value.upper(), argument=answer.get("argument")))


def _safety(answer: Mapping[str, Json], words: ReadingWords) -> str:
    patterns = words.answers["safety"]
    also = answer.get("also")
    danger = _danger(answer, words)
    others = [_danger(each, words) for each in also if isinstance(each, Mapping)] if isinstance(also, list) else []
    return str(patterns["also"].format(danger=danger, others=words.listed(others))) if others else danger


def _danger(answer: Mapping[str, Json], words: ReadingWords) -> str:
    patterns = words.answers["safety"]
    category, tier = patterns["category"][str(answer["category"])], patterns["tier"][str(answer["tier"])]
    return str(patterns["danger"].format(category=category, tier=tier))


def _feeling(answer: Mapping[str, Json], words: ReadingWords) -> str:
    patterns, said = words.answers["feeling"], answer["words"]
    felt = [each for each in said if isinstance(each, Mapping)] if isinstance(said, list) else []
    return words.listed([_felt(each, patterns) for each in felt])


def _felt(word: Mapping[str, Json], patterns: Mapping[str, Any]) -> str:
    kind, valence = patterns["kind"][str(word["kind"])], patterns["valence"][str(word["valence"])]
    return str(patterns["word"].format(word=word["word"], kind=kind, valence=valence, intensity=word["intensity"]))


_IN_WORDS: Mapping[str, Callable[[Mapping[str, Json], ReadingWords], str]] = {
    "rating": _rating,
    "yes-no": _yes_no,
    "when": time_in_words,
    "recurrence": rule_in_words,
    "command": _command,
    "safety": _safety,
    "feeling": _feeling,
}
