"""What is sealed opens only with its key and only in its place; what is hashed stays findable after a rotation."""

from __future__ import annotations

import base64

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.vault import SealBroken, Vault

OLD, NEW, LOOKUP, OTHER = (bytes([letter]) * 32 for letter in b"onlx")
ADA = "+12125550101"
vault = Vault((OLD,), LOOKUP)
WRAPPED, ADAS = vault.new_person_key()
_, BENS = vault.new_person_key()

words = st.text(max_size=200)
places = st.from_regex(r"[a-z]{1,9}\.[a-z_]{1,9}:[0-9a-f-]{1,36}", fullmatch=True)
json_contents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@given(words, places)
def test_what_a_person_said_comes_back_as_it_was(said: str, where: str) -> None:
    assert ADAS.open(ADAS.seal(said, where), where) == said
    assert vault.open(vault.seal(said, where), where) == said


@given(json_contents, places)
def test_json_comes_back_as_it_was(content: object, where: str) -> None:
    assert ADAS.open_json(ADAS.seal_json(content, where), where) == content


@given(words, places, places)
def test_a_sealed_text_moved_to_another_row_does_not_open(said: str, row: str, other_row: str) -> None:
    assume(row != other_row)

    with pytest.raises(SealBroken) as broken:
        ADAS.open(ADAS.seal(said, row), other_row)

    assert broken.value.where == other_row
    assert str(broken.value) == f"where={other_row} reason=another place or damaged"


@given(words, places)
def test_one_person_cannot_open_what_another_sealed(said: str, where: str) -> None:
    with pytest.raises(SealBroken):
        BENS.open(ADAS.seal(said, where), where)


@given(words, places, st.data())
def test_a_damaged_seal_is_noticed(said: str, where: str, chance: st.DataObject) -> None:
    head, _, box = ADAS.seal(said, where).rpartition(".")
    content = bytearray(base64.b64decode(box))
    place = chance.draw(st.integers(0, len(content) - 1))
    content[place] ^= chance.draw(st.integers(1, 255))

    with pytest.raises(SealBroken):
        ADAS.open(f"{head}.{base64.b64encode(content).decode()}", where)


@given(st.text() | st.from_regex(r"v1\.[0-9a-f]{8}\.[A-Za-z0-9+/=]*", fullmatch=True))
def test_what_was_never_sealed_is_refused_and_not_guessed_at(token: str) -> None:
    with pytest.raises(SealBroken):
        ADAS.open(token, "note.text_sealed:1")
    with pytest.raises(SealBroken):
        vault.open_person_key(token)


def test_a_cut_off_seal_is_refused() -> None:
    whole = ADAS.seal("hello", "note.text_sealed:1")

    for length in range(len(whole)):
        with pytest.raises(SealBroken):
            ADAS.open(whole[:length], "note.text_sealed:1")


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert ADAS.seal("yes", "answer.value:1") != ADAS.seal("yes", "answer.value:1")


def test_after_a_rotation_old_keys_open_and_can_be_wrapped_anew() -> None:
    sealed = ADAS.seal("hello", "note.text_sealed:1")
    strangers = vault.seal(ADA, "outbox.to_sealed:1")

    both = Vault((NEW, OLD), LOOKUP)
    rewrapped = both.rewrap(WRAPPED)
    only_new = Vault((NEW,), LOOKUP)

    assert both.open_person_key(WRAPPED).open(sealed, "note.text_sealed:1") == "hello"
    assert both.open(strangers, "outbox.to_sealed:1") == ADA
    assert only_new.open_person_key(rewrapped).open(sealed, "note.text_sealed:1") == "hello"
    assert both.rewrap(rewrapped) == rewrapped
    with pytest.raises(SealBroken):
        only_new.open_person_key(WRAPPED)


def test_numbers_events_and_bodies_are_found_again_after_a_rotation_and_by_nobody_else() -> None:
    rotated, stranger = Vault((NEW,), LOOKUP), Vault((OLD,), OTHER)

    for find in (Vault.number_key, Vault.event_key, Vault.body_hash):
        assert find(vault, ADA) == find(rotated, ADA)
        assert find(vault, ADA) != find(stranger, ADA)
        assert find(vault, ADA) != find(vault, ADA + "1")
    assert len({vault.number_key(ADA), vault.event_key(ADA), vault.body_hash(ADA)[:32]}) == 3
    assert (len(vault.number_key(ADA)), len(vault.event_key(ADA)), len(vault.body_hash(ADA))) == (32, 32, 64)


def test_a_wrapped_key_is_no_sealed_text_of_the_service() -> None:
    with pytest.raises(SealBroken):
        vault.open(WRAPPED, "person_key")


def test_json_that_is_not_json_is_refused_both_ways() -> None:
    with pytest.raises(SealBroken):
        ADAS.open_json(ADAS.seal("{", "session.state_sealed:1"), "session.state_sealed:1")
    with pytest.raises(ValueError, match="not JSON compliant"):
        ADAS.seal_json(float("nan"), "session.state_sealed:1")


def test_a_vault_wants_whole_keys_and_tells_none() -> None:
    for secret_keys, lookup_key in (((), LOOKUP), ((b"short",), LOOKUP), ((OLD,), b"short")):
        with pytest.raises(ValueError, match="key"):
            Vault(secret_keys, lookup_key)

    assert (repr(vault), repr(ADAS)) == ("Vault(1 keys)", "PersonKey(…)")
