"""Rules of phrases: each has words in every language and channel, all its placeholders, and asks what is waited for."""

from __future__ import annotations

from collections.abc import Iterator

from flows.catalogue import LAST_LANGUAGE, fallbacks
from flows.checking.knowing import CODE, DIGITS, NUMBER, Known, kinds_of, places
from flows.checking.subject import Subject, all_says
from flows.conversation.script import Say, Step, Wait
from flows.conversation.turn import Scalar
from flows.errors import Problem
from flows.segments import GSM7_ALONE, is_gsm7, septets
from flows.wording import CUT_TO_FIT, PLACEHOLDERS, Wording

# The service fills these for every phrase: brand, phones, helplines, the web address and the two names.
FILLED_FOR_ALL = frozenset({"brand", "ph", "e", "c", "dv", "k", "o", "url", "p", "me"})


def every_phrase_has_words(subject: Subject) -> Iterator[Problem]:
    """In every language; texted, and spoken where the script takes calls."""
    texted = set(_texted(subject))
    for step, phrase in _phrases(subject):
        for locale in subject.catalogue.locales:
            wordings = _wordings(subject, phrase, locale)
            if not wordings:
                problem = f"says {phrase}, which has no words in {locale}"
                yield subject.problem(step, problem, f"add {phrase} to {locale}.yaml, or name another phrase")
            elif phrase in texted and any(wording.text is None for wording in wordings):
                yield subject.problem(step, f"texts {phrase}, which is only spoken in {locale}", "give it a text")
    for name, say in _spoken_apart(subject):
        for locale in subject.catalogue.locales:
            if not _wordings(subject, say, locale):
                problem = f"speaks {say}, which has no words in {locale}"
                yield subject.problem(name, problem, f"add {say} to {locale}.yaml, or leave voice out")


def every_placeholder_is_filled(subject: Subject) -> Iterator[Problem]:
    """`with` gives each phrase what it asks for in any language, and nothing else."""
    for name, step in subject.steps.items():
        for _, say in all_says(step):
            wordings = [each for locale in subject.catalogue.locales for each in _wordings(subject, say.phrase, locale)]
            asked = frozenset().union(*(wording.placeholders() for wording in wordings))
            for each in sorted(asked - FILLED_FOR_ALL - say.arguments.keys()):
                problem = f"says {say.phrase} without its {{{each}}}"
                yield subject.problem(name, problem, f"add with: {{{each}: …}}")
            for each in sorted(say.arguments.keys() - asked) if wordings else ():
                problem = f"gives {each} to {say.phrase}, which has no {{{each}}}"
                yield subject.problem(name, problem, f"take {each} out of with")


def every_text_is_one_segment(subject: Subject) -> Iterator[Problem]:
    """At its longest, in every language, and whatever stands in its placeholders (invariant 1)."""
    for step, phrase in _phrases(subject):
        for locale in subject.catalogue.locales:
            for wording in _wordings(subject, phrase, locale):
                longest = wording.longest_text()
                if not is_gsm7(longest) or septets(longest) > GSM7_ALONE:
                    problem = f"says {phrase}, which is more than one segment in {locale}"
                    yield subject.problem(step, problem, f"shorten it to {GSM7_ALONE} letters of the SMS alphabet")
    for place in places(subject):
        for say in place.say:
            for name, value in say.arguments.items():
                if not _has_room(subject, say.phrase, name, value, place.after):
                    problem = f"puts {value} into {{{name}}} of {say.phrase}, which may be too long for it"
                    yield subject.problem(place.step, problem, "put it into words with time, date, clock or number")


def as_many_choices_as_options(subject: Subject) -> Iterator[Problem]:
    """A numbered choice is worded with as many numbers as it has options."""
    for name, step in subject.steps.items():
        if step.wait is None or step.wait.reply != "choice" or "text" not in subject.channels_of(step):
            continue
        count = _count(step.wait)
        for phrase in _asking(subject, name, step):
            for locale in subject.catalogue.locales:
                wordings = _wordings(subject, phrase, locale)
                offered = {wording.numbered_choices() for wording in wordings}
                if wordings and offered != {count}:
                    problem = f"takes {count} choices, and {phrase} offers {max(offered)} in {locale}"
                    yield subject.problem(name, problem, f"write options: {max(offered)}, or mend the words")


def every_offered_word_is_answered(subject: Subject) -> Iterator[Problem]:
    """No phrase names a reply word that neither this script nor anything else answers."""
    own = {word for step in subject.steps.values() if step.wait is not None for word in step.wait.also}
    answered = subject.answered | subject.library.keywords.keys() | own
    for step, phrase in _phrases(subject):
        for locale in subject.catalogue.locales:
            if _wordings(subject, phrase, locale):
                for word in sorted(subject.catalogue.offers(phrase, locale) - answered):
                    problem = f"offers {word} in {phrase} ({locale}), which nobody answers"
                    yield subject.problem(step, problem, f"add {word} under also, or give the phrase `needs: [{word}]`")


def _phrases(subject: Subject) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for name, step in subject.steps.items():
        said = [say.phrase for _, say in all_says(step)]
        titled = [step.wait.title] if step.wait is not None and step.wait.title else []
        for phrase in (*said, *titled):
            if phrase not in seen:
                seen.add(phrase)
                yield name, phrase


def _texted(subject: Subject) -> Iterator[str]:
    """The phrases that may be sent as a text; titles are put into texts."""
    for step in subject.steps.values():
        if "text" in subject.channels_of(step):
            yield from (say.phrase for _, say in all_says(step))
            if step.wait is not None and step.wait.title:
                yield step.wait.title


def _spoken_apart(subject: Subject) -> Iterator[tuple[str, str]]:
    for name, step in subject.steps.items():
        for voice in dict.fromkeys(say.voice for _, say in all_says(step) if say.voice is not None):
            yield name, voice


def _wordings(subject: Subject, phrase: str, locale: str) -> tuple[Wording, ...]:
    """In this language or a wider one; English counts as a fallback for no other language."""
    for language in fallbacks(locale):
        if language == LAST_LANGUAGE and not locale.startswith(LAST_LANGUAGE):
            return ()
        if found := subject.catalogue.phrases.get(language, {}).get(phrase):
            return found
    return ()


def _has_room(subject: Subject, phrase: str, name: str, value: Scalar | dict[str, Scalar], known: Known) -> bool:
    if name in CUT_TO_FIT or name not in PLACEHOLDERS or isinstance(value, dict):
        return True
    if isinstance(value, str) and value.startswith("$"):
        return kinds_of(value, known) <= NUMBER | DIGITS | CODE
    wordings = [each for locale in subject.catalogue.locales for each in _wordings(subject, phrase, locale)]
    return all(septets(str(value)) <= wording.limit(name) for wording in wordings)


def _asking(subject: Subject, name: str, step: Step) -> list[str]:
    """The last words before the question is open, on each way to it."""
    if step.say:
        return [step.say[-1].phrase]
    said: list[Say] = [way.exit.say[-1] for way in subject.leading_to[name] if way.exit.say]
    return list(dict.fromkeys(say.phrase for say in said))


def _count(wait: Wait) -> int:
    return wait.options if isinstance(wait.options, int) else len(wait.options)
