"""The installed scripts: ours, overlaid by the host's, each pinned by the hash of all it runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from flows.conversation.script import Script, Step, hash_of, read_script
from flows.conversation.session import SessionState
from flows.errors import Problem, ScriptInvalid

OURS = Path(__file__).parent.parent / "scripts"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A script with every script it runs, as they were when the session began."""

    root: Script
    scripts: Mapping[str, Script]
    hash: str
    sources: Mapping[str, str]  # by script name: what the database keeps until the last session ends

    def step(self, state: SessionState) -> Step:
        """The step a session is at."""
        return self.scripts[state.script].steps[state.step]


@dataclass(frozen=True)
class Library:
    """All installed scripts by name. What is worked out from them is worked out once: they never change."""

    sources: Mapping[str, str]
    scripts: Mapping[str, Script]
    files: Mapping[str, str] = field(default_factory=dict)

    def bundle(self, name: str) -> Bundle:
        """The present version of a script with all it runs.

        Raises:
            KeyError: there is no such script.
        """
        return self._bundles[name]

    def name_of(self, bundle_hash: str) -> str | None:
        """The script whose present version has this hash; None when it is no present one."""
        return self._names.get(bundle_hash)

    @cached_property
    def keywords(self) -> Mapping[str, str]:
        """Keyword -> script name."""
        return {word: script.name for script in self.scripts.values() for word in script.keywords}

    @cached_property
    def questions(self) -> Mapping[str, tuple[str, str]]:
        """Phrase that asks a titled question -> (phrase of the title, script name); the first script that asks it."""
        asked: dict[str, tuple[str, str]] = {}
        for script in self.scripts.values():
            for step in script.steps.values():
                if step.wait is not None and step.wait.title:
                    for say in step.say:
                        asked.setdefault(say.phrase, (step.wait.title, script.name))
        return asked

    @cached_property
    def _bundles(self) -> Mapping[str, Bundle]:
        return {name: bundle_of(name, self.sources, self.scripts) for name in self.scripts}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {bundle.hash: name for name, bundle in self._bundles.items()}


def bundle_of(name: str, sources: Mapping[str, str], scripts: Mapping[str, Script]) -> Bundle:
    """`name` and all it runs out of these scripts. Raises KeyError for a script that is not there."""
    wanted = [name]
    for each in wanted:
        runs = [step.run for step in scripts[each].steps.values() if step.run is not None]
        wanted.extend(run for run in runs if run not in wanted)
    chosen = {each: sources[each] for each in wanted}
    pinned = hash_of(chosen[each] for each in sorted(chosen))
    return Bundle(scripts[name], {each: scripts[each] for each in wanted}, pinned, chosen)


def pinned_bundle(name: str, sources: Mapping[str, str]) -> Bundle:
    """A bundle from the sources the database kept. Raises ScriptInvalid where they cannot be read any more."""
    scripts = {each: read_script(source, each) for each, source in sources.items()}
    return bundle_of(name, sources, scripts)


def read_library(files: Iterable[tuple[str, str]]) -> Library:
    """Scripts from (file name, source) pairs; a later one of the same name takes the place of an earlier one.

    Raises:
        ScriptInvalid: with the problems of all files together; two scripts that answer to one keyword are one.
    """
    problems: list[Problem] = []
    sources: dict[str, str] = {}
    scripts: dict[str, Script] = {}
    names: dict[str, str] = {}
    for file, source in files:
        try:
            script = read_script(source, file)
        except ScriptInvalid as invalid:
            problems.extend(invalid.problems)
            continue
        sources[script.name], scripts[script.name], names[script.name] = source, script, file
    problems.extend(_shared_keywords(scripts, names))
    if problems:
        raise ScriptInvalid(problems)
    return Library(sources, scripts, names)


def load_library(folders: Sequence[Path] = ()) -> Library:
    """Our scripts, overlaid by those in `folders`. Raises ScriptInvalid as `read_library` does."""
    files = [path for folder in (OURS, *folders) for path in sorted(folder.glob("*.yaml"))]
    return read_library((path.name, path.read_text(encoding="utf-8")) for path in files)


def _shared_keywords(scripts: Mapping[str, Script], names: Mapping[str, str]) -> list[Problem]:
    owner: dict[str, str] = {}
    problems = []
    for script in scripts.values():
        for word in script.keywords:
            if owner.setdefault(word, script.name) != script.name:
                said = f"the keyword {word} already begins {owner[word]}"
                problems.append(Problem(names[script.name], "", said, "choose another word"))
    return problems
