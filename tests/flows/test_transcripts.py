"""Golden transcripts: each is replayed through JSON on every line and compared to the letter, both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.catalogue import load_catalogue
from flows.conversation.library import load_library
from flows.helplines import load_helplines
from flows.rehearsal import House
from flows.transcript import TranscriptInvalid, read_transcript, replay
from service.house import answered_words
from tests.flows.rewriting import REWRITE

FOLDER = Path(__file__).parents[1] / "transcripts"
LIBRARY = load_library()
HOUSE = House(LIBRARY, load_catalogue(answered_words=answered_words(LIBRARY)), load_helplines())
BEGINNING = "script: check-in\nat: 2026-03-02T18:30-05:00\n\n"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_conversation_goes_as_it_was_agreed(path, request):
    agreed = path.read_text(encoding="utf-8")

    today = replay(read_transcript(agreed), HOUSE)

    if request.config.getoption(REWRITE):
        path.write_text(today, encoding="utf-8")
    else:
        assert today == agreed


def test_rewriting_keeps_what_the_author_wrote():
    authored = BEGINNING + "# She is late.\n+5m\nADA  7 tired\n\nat 20:00\nADA  3\n"

    rewritten = replay(read_transcript(authored), HOUSE)
    again = replay(read_transcript(rewritten), HOUSE)

    assert again == rewritten
    assert [line for line in rewritten.splitlines() if not line.startswith((" ", "US"))] == authored.splitlines()


def test_a_letter_too_many_on_our_side_is_seen():
    agreed = (FOLDER / "check-in.txt").read_text(encoding="utf-8")
    changed = agreed.replace("Saved", "Kept").replace("That is a lot", "That's a lot")

    assert replay(read_transcript(changed), HOUSE) != changed


@pytest.mark.parametrize(
    ("heading", "line", "remedy"),
    [
        ("script: check-in\n\n", 1, "say when it begins"),
        ("script: check-in\nat: 2026-03-02T18:30\n\n", 2, "give the offset"),
        ("at: 2026-03-02T18:30-05:00\nfacts: {shoe_size: 9}\n\n", 2, "facts that scripts know"),
        ("at: 2026-03-02T18:30-05:00\nmood: bad\n\n", 2, "each with a colon"),
        (BEGINNING + "Ada says seven\n", 4, "write NAME and their words"),
        (BEGINNING + "ADA  7\nbegin chekin\n", 5, "there is no script chekin"),
    ],
)
def test_an_author_is_told_the_line_and_what_to_write(heading, line, remedy):
    with pytest.raises(TranscriptInvalid) as refused:
        replay(read_transcript(heading), HOUSE)

    assert refused.value.line == line
    assert remedy in refused.value.problem


@pytest.mark.parametrize("language", ["", "-es"])
def test_joining_takes_five_replies_to_the_first_score(language):
    lines = (FOLDER / f"joining{language}.txt").read_text(encoding="utf-8").splitlines()
    first_score = next(place for place, line in enumerate(lines) if "mood" in line)

    replies = [line for line in lines[:first_score] if line.startswith(("ADA", "CARMEN"))][1:]

    assert len(replies) == 5
