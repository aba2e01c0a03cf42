"""Our own cases of replies: enough of them, none twice, and each says why it is there."""

from __future__ import annotations

import json

from tests.flows.replying import REPLIES


def test_every_case_stands_once_and_says_why_it_is_there():
    kept = {path.stem: path.read_text("utf-8").splitlines() for path in sorted(REPLIES.glob("*.jsonl"))}
    cases = [(name, json.loads(line)) for name, lines in kept.items() for line in lines]

    assert len(cases) >= 400
    assert not [case["text"] for _, case in cases if not case.get("why", "").strip()]
    seen = [(name, case["text"], case.get("at"), json.dumps(case.get("options"))) for name, case in cases]
    assert sorted(set(seen)) == sorted(seen)


def test_times_and_what_repeats_have_three_hundred_of_them():
    files = [path for path in REPLIES.glob("*.jsonl") if path.stem.startswith(("when", "recurrence"))]

    assert sum(len(path.read_text("utf-8").splitlines()) for path in files) >= 300
