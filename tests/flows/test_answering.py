"""Every kind of question takes every reply: no text raises, and what was read lies inside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.conversation.reading import read_answer
from flows.conversation.script import ReplyKind, Wait
from flows.conversation.turn import Moment
from flows.everyday import EVERYDAY_FACTS

REACH = (("texts", "textos"), ("calls", "llamadas"), ("only when I call", "solo cuando llamo"))
# A PIN is looked at elsewhere, and an offer is answered by its own words alone.
KINDS = sorted({*get_args(ReplyKind)} - {"pin", "offer"})


def asked(kind: str) -> Wait:
    return Wait.model_validate({"reply": kind, "as": "answer", "options": REACH, "closes_after": "12h"})


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(max_size=1600), locale=st.sampled_from(["en", "es"]))
@example(text="5", locale="en")  # a clock without its half of the day had a reading and no place
def test_any_text_at_all_is_read_without_a_fault(kind: str, text: str, locale: str) -> None:
    moment = Moment(datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "America/New_York", locale, EVERYDAY_FACTS)
    read = read_answer(asked(kind), text, moment, {})

    if read.span is None:
        assert (read.reading or {}).get("value") is None
    else:
        assert 0 <= read.span[0] < read.span[1] <= len(text)
