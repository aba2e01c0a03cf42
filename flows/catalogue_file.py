"""One file of words in one language: YAML -> wordings, with every mistake of its author and the remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from flows.errors import Problem
from flows.segments import GSM7_ALONE, is_gsm7, septets
from flows.wording import PLACEHOLDER, PLACEHOLDERS, Wording
from flows.yaml_text import read_yaml

_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PHRASE_ID = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")
_REPLY_WORD = re.compile(r"[A-Z0-9]+")
_FILE_KEYS = {"version", "locale", "avoid", "words", "phrases"}
_WORDING_KEYS = {"text", "voice", "needs", "room"}
_FORM = 'write "words", or {text: "words", voice: "words"}, or a list of those with `needs`'


@dataclass(frozen=True, slots=True)
class LocaleFile:
    """What could be read of a file; it is usable only when `problems` is empty."""

    name: str
    locale: str
    words: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, tuple[Wording, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_locale_file(name: str, source: str) -> LocaleFile:
    """Read YAML 1.2 `source`; `name` is what its author calls it in the problems. Refuses nothing: it lists."""
    try:
        content: Any = read_yaml(source)
    except MarkedYAMLError as exc:
        line = f"line {exc.problem_mark.line + 1}" if exc.problem_mark else "whole file"
        return LocaleFile(name, "", problems=(Problem(name, line, str(exc.problem), "correct the YAML"),))
    except YAMLError as exc:
        return LocaleFile(name, "", problems=(Problem(name, "whole file", str(exc), "correct the YAML"),))
    if not isinstance(content, dict) or not isinstance(content.get("phrases", {}), dict):
        remedy = "give `locale:` and `phrases:` as in the files that come with the product"
        return LocaleFile(name, "", problems=(Problem(name, "whole file", "is no file of words", remedy),))
    return _Reader(name, content).file()


class _Reader:
    """Gathers the problems of one file while its parts are read."""

    def __init__(self, name: str, content: Mapping[Any, Any]) -> None:
        self.name, self.content = name, content
        self.avoid: tuple[str, ...] = ()
        self.problems: list[Problem] = []

    def file(self) -> LocaleFile:
        for key in self.content.keys() - _FILE_KEYS:
            self._refuse("whole file", f"has a part {key!r}", f"use only {', '.join(sorted(_FILE_KEYS))}")
        locale = self.content.get("locale")
        if not isinstance(locale, str) or not _LOCALE.fullmatch(locale):
            self._refuse("locale", f"is {locale!r}", "name the language, such as es or es-MX")
        self.avoid = tuple(word.lower() for word in self._strings("whole file", "avoid", self.content.get("avoid", [])))
        words = self._reply_words(self.content.get("words", {}))
        phrases = {str(key): self._phrase(str(key), form) for key, form in self.content.get("phrases", {}).items()}
        return LocaleFile(self.name, str(locale), words, phrases, tuple(self.problems))

    def _reply_words(self, given: Any) -> dict[str, str]:
        if not isinstance(given, dict):
            self._refuse("words", "is no list of pairs", "write {SKIP: OMITIR, LATER: LUEGO}")
            return {}
        for name, local in given.items():
            if not (_REPLY_WORD.fullmatch(str(name)) and _REPLY_WORD.fullmatch(str(local))):
                self._refuse("words", f"has {name}: {local}", "write reply words in plain capitals without accents")
        locals_ = [str(local) for local in given.values()]
        for twice in sorted({local for local in locals_ if locals_.count(local) > 1}):
            self._refuse("words", f"gives {twice} two meanings", "give each meaning a word of its own")
        return {str(name): str(local) for name, local in given.items()}

    def _phrase(self, phrase_id: str, form: Any) -> tuple[Wording, ...]:
        if not _PHRASE_ID.fullmatch(phrase_id):
            self._refuse(phrase_id, "is no phrase id", "name it like CK-1: capitals, a dash, a number")
        forms = form if isinstance(form, list) else [form]
        wordings = tuple(wording for each in forms if (wording := self._wording(phrase_id, each)) is not None)
        if wordings and wordings[-1].needs:
            remedy = "add a last wording without `needs`, for a house where those words are not answered"
            self._refuse(phrase_id, "may have nothing to say", remedy)
        if not forms:
            self._refuse(phrase_id, "has no words", _FORM)
        return wordings

    def _wording(self, phrase_id: str, form: Any) -> Wording | None:
        parts = {"text": form} if isinstance(form, str) else form
        if not isinstance(parts, dict) or parts.keys() - _WORDING_KEYS or not parts.keys() & {"text", "voice"}:
            self._refuse(phrase_id, "cannot be read", _FORM)
            return None
        text, voice, room = parts.get("text"), parts.get("voice"), parts.get("room", {})
        said = [words for words in (text, voice) if words is not None]
        if not all(isinstance(words, str) and words.strip() for words in said) or not isinstance(room, dict):
            self._refuse(phrase_id, "cannot be read", _FORM)
            return None
        if not all(key in PLACEHOLDERS and type(size) is int and size > 0 for key, size in room.items()):
            self._refuse(phrase_id, f"gives room {dict(room)}", "write a known placeholder and its letters, {x: 120}")
            return None
        needs = frozenset(self._strings(phrase_id, "needs", parts.get("needs", [])))
        wording = Wording(text, voice, needs, {str(key): size for key, size in room.items()})
        return wording if self._is_sound(phrase_id, wording) else None

    def _is_sound(self, phrase_id: str, wording: Wording) -> bool:
        problems = [*_misspelt(wording), *self._unkind(wording)]
        problems = problems or list(_outside_one_segment(wording))
        for problem, remedy in problems:
            self._refuse(phrase_id, problem, remedy)
        return not problems

    def _unkind(self, wording: Wording) -> Iterable[tuple[str, str]]:
        said = f"{wording.text or ''} {wording.voice or ''}"
        if "!" in said or "¡" in said:
            yield "has an exclamation mark", "say it calmly"
        for word in self.avoid:
            if re.search(rf"\b{re.escape(word)}\b", said.lower()):
                yield f"says {word!r}", "thank honesty and offer a way out; `avoid` lists what is never said"

    def _strings(self, step: str, part: str, given: Any) -> list[str]:
        if isinstance(given, list) and all(isinstance(word, str) for word in given):
            return given
        self._refuse(step, f"has {part} that is no list of words", f"write {part}: [ONE, TWO]")
        return []

    def _refuse(self, step: str, problem: str, remedy: str) -> None:
        self.problems.append(Problem(self.name, step, problem, remedy))


def _misspelt(wording: Wording) -> Iterable[tuple[str, str]]:
    for words in (wording.text or "", wording.voice or ""):
        for placeholder in sorted({*PLACEHOLDER.findall(words)} - PLACEHOLDERS.keys()):
            yield f"has an unknown placeholder {{{placeholder}}}", f"use one of {', '.join(PLACEHOLDERS)}"
        if re.search(r"[{}]", PLACEHOLDER.sub("", words)):
            yield "has a brace that holds no placeholder", "write {p}, or no brace at all"


def _outside_one_segment(wording: Wording) -> Iterable[tuple[str, str]]:
    longest = wording.longest_text()
    if not is_gsm7(longest):
        strange = " ".join(sorted({letter for letter in longest if not is_gsm7(letter)}))
        yield f"has letters outside the SMS alphabet: {strange}", "write them without accents or typographic marks"
    if septets(longest) > GSM7_ALONE:
        yield f"takes {septets(longest)} of {GSM7_ALONE} letters at worst", "shorten it"
