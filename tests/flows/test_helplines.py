"""Whom a person can reach: every country's line arrives whole, in one text, in their language."""

from __future__ import annotations

from datetime import date

import pytest

from flows.catalogue import load_catalogue
from flows.errors import HelplinesInvalid
from flows.helplines import LINES, helplines_for, load_helplines, phrase_for, read_helplines
from flows.segments import count_segments
from flows.wording import PLACEHOLDERS

OURS = load_catalogue(answered_words=None)
TABLE = load_helplines()
COUNTRIES = ("US", "CA", "GB", "IE", "AU", "NZ", "ES", "MX", "FR", "DE", "OTHER")
LOCALES = ("en", "es", "es-MX")
# All but the helplines at their longest, so that only these decide whether a text fits.
AT_LONGEST = {name: "M" * size for name, size in PLACEHOLDERS.items() if name not in LINES.values()}


def _with_helplines() -> list[str]:
    return sorted(key for key in OURS.phrase_ids() if OURS.placeholders(key, "en") & set(LINES.values()))


def test_the_table_has_every_country_of_the_programme():
    assert set(TABLE.rows) == set(COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("locale", LOCALES)
def test_invariant_35_every_country_renders_its_numbers_within_one_segment(country, locale):
    said = OURS.render(phrase_for("CR-N", country), locale, helplines_for(country).arguments(locale))

    counted = count_segments(said)

    assert (counted.encoding, counted.segments) == ("GSM-7", 1)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("locale", LOCALES)
def test_no_country_leaves_a_phrase_without_its_line(country, locale):
    lines = helplines_for(country)
    plain_ids = [key for key in _with_helplines() if not key.endswith(("X", "US"))]

    for phrase_id in plain_ids:
        chosen = phrase_for(phrase_id, country)
        channel = "voice" if chosen.startswith("V-") else "text"
        said = OURS.render(chosen, locale, AT_LONGEST | lines.arguments(locale, channel=channel), channel=channel)
        assert channel == "voice" or count_segments(said).segments == 1, (phrase_id, said)


def test_variants_are_phrases_that_exist():
    known = OURS.phrase_ids()

    assert all({key, other} <= known for pairs in TABLE.variants.values() for key, other in pairs.items())


def test_the_united_states_text_names_the_line_that_can_be_texted():
    said = OURS.render(phrase_for("CR-3", "US"), "en", helplines_for("US").arguments("en"))

    assert "1-800-799-7233 or text START to 88788" in said


def test_elena_reads_the_spanish_lines_and_ada_in_spain_the_english_words():
    assert helplines_for("ES").arguments("es")["dv"] == "016, WhatsApp 600 000 016"
    assert helplines_for("MX").arguments("en-GB")["dv"] == "079, option 1"
    assert helplines_for("US").arguments("es-MX")["c"] == "988 (llama o escribe)"


def test_a_number_is_dictated_digit_by_digit_on_a_call():
    assert helplines_for("GB").arguments("en", channel="voice")["c"] == "1 1 6, 1 2 3"
    assert helplines_for("US").arguments("es", channel="voice")["dv"] == "1, 8 0 0, 7 9 9, 7 2 3 3"


def test_uk_is_gb_and_an_unknown_country_gets_the_directory_and_no_emergency_number():
    assert helplines_for("uk") is helplines_for("GB")
    assert helplines_for("BR").arguments("en") == dict.fromkeys(("c", "dv", "k", "o"), "findahelpline.com")
    assert "e" not in OURS.placeholders(phrase_for("CR-1", "BR"), "en")


def test_a_row_turns_stale_after_180_days():
    lines = helplines_for("NZ")

    assert not lines.is_stale(date(2027, 4, 30))
    assert lines.is_stale(date(2027, 5, 1))


def test_a_host_sees_which_lines_nobody_confirmed():
    assert helplines_for("IE").to_confirm() == ("crisis", "child", "own_behaviour")


def test_a_host_corrects_one_row_and_keeps_the_others(tmp_path):
    (tmp_path / "helplines.yaml").write_text(
        "checked_on: 2027-01-02\ncountries:\n  FR:\n    emergency: {words: '112', confirmed: s}\n"
        "    crisis: {words: '3114', confirmed: s}\n    dv: {words: '39 19', confirmed: s}\n"
        "    child: {words: '119', confirmed: s}\n    own_behaviour: {words: '08 019 019 11', confirmed: s}\n"
        "    hours: 24 h\n    source: [called]\n",
        encoding="utf-8",
    )

    corrected = load_helplines([tmp_path])

    assert corrected.of("FR").arguments("en")["dv"] == "39 19"
    assert corrected.of("FR").to_confirm() == ()
    assert corrected.of("DE") == TABLE.of("DE")
    assert corrected.phrase_for("CR-N", "US") == "CR-NUS"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("countries: [US]", "is no table of helplines"),
        ("countries: {US: 911}", "helplines.yaml: US: cannot be read; give its lines, hours and source"),
        ("countries: {US: {hours: all, source: []}}", "US: was never checked"),
        ("countries: {US: {hours: all, source: []}}", "US: has no emergency"),
        ("countries: {US: {emergency: {words: '9111', confirmed: s}, hours: a, source: []}}", "emergency does not fit"),
        ("countries: {US: {emergency: {words: 911, confirmed: s}, hours: a, source: []}}", "emergency cannot be read"),
        ("countries: {US: {emergency: {words: '911'}, hours: a, source: []}}", "does not say who confirmed it"),
        ("checked_on: 2027-01-02", "OTHER: is missing"),
        ("a: [", "correct the YAML"),
    ],
)
def test_a_table_that_would_send_an_empty_line_is_refused(source, complaint):
    with pytest.raises(HelplinesInvalid) as refused:
        read_helplines([source])

    assert complaint in str(refused.value)
