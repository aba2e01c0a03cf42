"""Every word a person reads or hears, by phrase id and language. Code never makes a sentence; it names a phrase."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flows.catalogue_file import LocaleFile, read_locale_file
from flows.errors import CatalogueInvalid, PhraseUnknown, Problem
from flows.wording import Channel, Wording, filled

OUR_WORDS = Path(__file__).parent / "locales"
LAST_LANGUAGE = "en"
HELPLINES_FILE = "helplines.yaml"  # lies beside the words and is no language
# The order in which G-TOOLS names what is installed (PROGRAMME 3.4).
TOOLS = (
    "FEEL", "NOTE", "REPAIR", "TALK", "AGREE", "KIND", "PLAN", "GOAL", "STEP", "LISTEN", "REVIEW", "LEARN", "SHARE",
    "PAUSE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Words by language, then phrase id. `answered_words`: reply words that installed scripts answer (None: all).

    A language falls back from "es-MX" to "es" to "en", phrase by phrase. `version` is a short hash over all words.
    """

    phrases: Mapping[str, Mapping[str, tuple[Wording, ...]]]
    reply_words: Mapping[str, Mapping[str, str]]
    answered_words: frozenset[str] | None
    version: str

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages with words of their own, English first."""
        return tuple(sorted(self.phrases, key=lambda locale: (locale != LAST_LANGUAGE, locale)))

    def phrase_ids(self, channel: Channel | None = None) -> frozenset[str]:
        """All ids; with a channel, those that have words of their own for it in English."""
        return frozenset(
            phrase_id
            for phrase_id, wordings in self.phrases[LAST_LANGUAGE].items()
            if channel is None or (wordings[0].text if channel == "text" else wordings[0].voice) is not None
        )

    def words(self, locale: str) -> Mapping[str, str]:
        """Our name of each reply word -> the word that people of this language text (SKIP -> OMITIR)."""
        known = dict(self.reply_words.get(LAST_LANGUAGE, {}))
        for language in reversed(fallbacks(locale)):
            known.update(self.reply_words.get(language, {}))
        return known

    def render(
        self, phrase_id: str, locale: str, arguments: Mapping[str, str], *, channel: Channel = "text"
    ) -> str:
        """The words to send or say. A text always fits one GSM-7 segment, whatever people wrote in their arguments.

        Free words of people (item, x, w, p, me) are cut to their room. What is never spoken on its own is read out.

        Raises:
            PhraseUnknown: no such phrase, or it has no words for this channel.
            ArgumentMissing: a placeholder of the phrase has no argument.
            ArgumentTooLong: an argument that may not be cut exceeds its room.
        """
        wording = self.wording(phrase_id, locale)
        if wording.words(channel) is None:
            raise PhraseUnknown(phrase_id, locale, channel)
        return filled(phrase_id, wording, arguments, channel=channel)

    def wording(self, phrase_id: str, locale: str) -> Wording:
        """The first wording whose words are all answered. Raises PhraseUnknown."""
        return self._found(phrase_id, locale)[1]

    def worst_case(self, phrase_id: str, locale: str) -> str:
        """The longest text this phrase can become, over all its wordings; empty when it is only spoken.

        Raises PhraseUnknown.
        """
        language, _ = self._found(phrase_id, locale)
        return max((wording.longest_text() for wording in self.phrases[language][phrase_id]), key=len)

    def placeholders(self, phrase_id: str, locale: str) -> frozenset[str]:
        """The arguments that the phrase as worded here asks for, texted or spoken. Raises PhraseUnknown."""
        return self.wording(phrase_id, locale).placeholders()

    def offers(self, phrase_id: str, locale: str) -> frozenset[str]:
        """The reply words the text names, by our names in every language (OMITIR is SKIP). Raises PhraseUnknown."""
        language, wording = self._found(phrase_id, locale)
        known = self.words(language)
        ours = {name: name for name in known} | {local: name for name, local in known.items()}
        return frozenset(ours[word] for word in wording.capitals() if word in ours)

    def numbered_choices(self, phrase_id: str, locale: str) -> int:
        """How many choices "1 … 2 … 3 …" the text offers. Raises PhraseUnknown."""
        return self.wording(phrase_id, locale).numbered_choices()

    def tools(self, locale: str) -> str:
        """The argument `x` of G-TOOLS: what is installed, in PROGRAMME's order."""
        local = self.words(locale)
        installed = [word for word in TOOLS if self.answered_words is None or word in self.answered_words]
        return ", ".join(local[word] for word in installed)

    def _found(self, phrase_id: str, locale: str) -> tuple[str, Wording]:
        for language in fallbacks(locale):
            for wording in self.phrases.get(language, {}).get(phrase_id, ()):
                if wording.fits(self.answered_words):
                    return language, wording
        raise PhraseUnknown(phrase_id, locale, "text or voice")


def load_catalogue(folders: Sequence[Path] = (), *, answered_words: frozenset[str] | None) -> Catalogue:
    """Our words, overlaid by those in the YAML files of `folders`, phrase by phrase; later folders win.

    Raises:
        CatalogueInvalid: with every problem of every file.
        OSError: a folder or file cannot be read.
    """
    files = [
        file
        for folder in (OUR_WORDS, *folders)
        for file in sorted(folder.glob("*.yaml"))
        if file.name != HELPLINES_FILE
    ]
    named = [(file.name, file.read_text(encoding="utf-8")) for file in files]
    return _catalogue([read_locale_file(name, source) for name, source in named], answered_words)


def read_catalogue(sources: Iterable[str], *, answered_words: frozenset[str] | None = None) -> Catalogue:
    """A catalogue from YAML texts; of two wordings of one phrase in one language the later stands.

    Raises:
        CatalogueInvalid: with every problem of every source.
    """
    files = [read_locale_file(f"source {place}", source) for place, source in enumerate(sources, start=1)]
    return _catalogue(files, answered_words)


@cache
def fallbacks(locale: str) -> tuple[str, ...]:
    """The languages to look in, best first: es-MX, es, en."""
    parts = locale.replace("_", "-").split("-")
    named = ["-".join(parts[:size]) for size in range(len(parts), 0, -1)]
    return (*named, LAST_LANGUAGE) if named[-1] != LAST_LANGUAGE else tuple(named)


def _catalogue(files: Sequence[LocaleFile], answered_words: frozenset[str] | None) -> Catalogue:
    phrases: dict[str, dict[str, tuple[Wording, ...]]] = {LAST_LANGUAGE: {}}
    reply_words: dict[str, dict[str, str]] = {LAST_LANGUAGE: {}}
    for file in files:
        phrases.setdefault(file.locale, {}).update(file.phrases)
        reply_words.setdefault(file.locale, {}).update(file.words)
    problems = [problem for file in files for problem in file.problems]
    problems += [problem for file in files for problem in _strays(file, phrases[LAST_LANGUAGE])]
    if problems:
        raise CatalogueInvalid(problems)
    return Catalogue(phrases, reply_words, answered_words, _version(phrases, reply_words))


def _strays(file: LocaleFile, english: Mapping[str, tuple[Wording, ...]]) -> Iterable[Problem]:
    for phrase_id, wordings in file.phrases.items():
        if phrase_id not in english:
            yield Problem(file.name, phrase_id, "has no English words", "add it for en, the last fallback of all")
            continue
        foreign = _all_placeholders(wordings) - _all_placeholders(english[phrase_id])
        for placeholder in sorted(foreign):
            remedy = "use the placeholders of the English words only, since scripts give those"
            yield Problem(file.name, phrase_id, f"asks for {{{placeholder}}}", remedy)


def _all_placeholders(wordings: Iterable[Wording]) -> frozenset[str]:
    return frozenset().union(*(wording.placeholders() for wording in wordings))


def _version(
    phrases: Mapping[str, Mapping[str, tuple[Wording, ...]]], reply_words: Mapping[str, Mapping[str, str]]
) -> str:
    words = {
        locale: {
            phrase_id: [[each.text, each.voice, sorted(each.needs), dict(each.room)] for each in wordings]
            for phrase_id, wordings in known.items()
        }
        for locale, known in phrases.items()
    }
    everything = json.dumps([words, reply_words], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(everything.encode()).hexdigest()[:12]
