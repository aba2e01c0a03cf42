"""Recordings of a host: found by language and phrase, refused where they would tell one person's things to another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.catalogue import load_catalogue
from flows.conversation.library import load_library
from service.cli import mendline
from service.house import answered_words
from service.recordings import Recordings, load_recordings

CATALOGUE = load_catalogue(answered_words=answered_words(load_library()))


def put(folder: Path, *files: str) -> Path:
    """Each file with its own name as its sound."""
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.encode())
    return folder


def load(folder: Path | None) -> Recordings:
    return load_recordings(folder, CATALOGUE, lambda what: what.encode().hex()[::-1])


def test_without_a_folder_everything_is_spoken():
    assert load(None) == Recordings()


def test_a_recording_is_found_by_language_and_phrase(tmp_path: Path):
    found = load(put(tmp_path, "en/V-TO-5.mp3", "es/V-TO-5.wav", "en/V-OPEN.mp3"))

    assert found.problems == ()
    assert {name: each.media_type for name, each in found.by_name.items()} == {
        each.name: each.media_type for each in found.by_phrase.values()
    }
    spanish, english = found.find("V-TO-5", "es-MX"), found.find("V-TO-5", "en")
    assert spanish is not None
    assert english is not None
    assert (spanish.media_type, english.media_type) == ("audio/wav", "audio/mpeg")
    assert found.find("V-OPEN", "es") is None  # never the wrong language
    assert found.find("V-TO-4", "en") is None


def test_its_name_tells_nothing_and_changes_with_the_sound(tmp_path: Path):
    before = set(load(put(tmp_path, "en/V-TO-5.mp3")).by_name)
    (tmp_path / "en/V-TO-5.mp3").write_bytes(b"another take")
    after = set(load(tmp_path).by_name)

    assert before.isdisjoint(after)
    assert not any("V-TO" in name or "/" in name for name in before | after)


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("en/V-TO-99.mp3", "matches no phrase that is spoken"),
        ("en/CK-3S.mp3", "matches no phrase that is spoken"),  # only texted
        ("en/V-CK-2.mp3", "would say the same n to everybody"),
        ("en/V-TO-3.mp3", "would say the same t to everybody"),
        ("en/V-TO-8B.mp3", "would say the same dv, e to everybody"),
        ("fr/V-TO-5.mp3", "lies in no folder of a language"),
        ("V-TO-5.mp3", "lies in no folder of a language"),
        ("en/V-TO-5.ogg", "is no recording that can be played"),
    ],
)
def test_a_file_that_cannot_be_played_is_told_and_left_out(tmp_path: Path, file: str, problem: str):
    found = load(put(tmp_path, file, "en/V-TO-6.mp3"))

    assert [(each.file, each.problem) for each in found.problems] == [(file, problem)]
    assert [phrase for _, phrase in found.by_phrase] == ["V-TO-6"]


def test_an_author_is_told_of_it_by_scripts_check(tmp_path: Path):
    put(tmp_path, "en/V-TO-5.mp3", "en/V-CK-2.mp3")

    checked = CliRunner().invoke(mendline, ["scripts", "check", "quiet", "--json"], env={"AUDIO_DIR": str(tmp_path)})

    assert checked.exit_code == 1
    assert [each["file"] for each in json.loads(checked.stdout)] == ["en/V-CK-2.mp3"]
