"""Every word we say: its length, its alphabet, its tone, its languages."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.calendar_words import short_date, spoken_time
from flows.catalogue import load_catalogue, read_catalogue
from flows.commands import read_command
from flows.errors import ArgumentMissing, ArgumentTooLong, CatalogueInvalid, PhraseUnknown
from flows.segments import count_segments, is_gsm7
from flows.wording import CUT_TO_FIT, PLACEHOLDERS

OURS = load_catalogue(answered_words=None)
NEW_YORK = ZoneInfo("America/New_York")
SPECIFIED = (Path(__file__).parents[1] / "vectors" / "sms_catalogue.csv").read_text(encoding="utf-8")
AS_SPECIFIED = {row["id"]: row for row in csv.DictReader(SPECIFIED.splitlines())}
FAMILIES = {"D2", "G", "EN", "LK", "UL", "SH", "CK", "CR", "SF", "PC", "TO", "PR", "PN", "PM"}
NEVER_SAID = (
    "failed", "missed", "again and again", "you haven't", "you still", "streak", "should", "must", "honestly", "prove",
    "why didn't",
)  # fmt: skip
TEXTED = sorted(OURS.phrase_ids("text"))
EVERYWHERE = [(phrase_id, locale) for locale in OURS.locales for phrase_id in TEXTED]


def _said(phrase_id: str, locale: str) -> str:
    return " ".join(f"{each.text or ''} {each.voice or ''}" for each in OURS.phrases[locale][phrase_id]).lower()


def test_invariant_1_every_text_at_its_longest_is_one_segment_of_the_alphabet():
    for phrase_id, locale in EVERYWHERE:
        counted = count_segments(OURS.worst_case(phrase_id, locale))

        assert (counted.encoding, counted.segments) == ("GSM-7", 1), (phrase_id, locale)


def test_english_is_worded_letter_by_letter_as_specified():
    specified = {key for key in AS_SPECIFIED if key.split("-")[0] in FAMILIES} - {"G-TOOLS"}

    assert specified <= set(TEXTED)
    for phrase_id in specified:
        assert OURS.wording(phrase_id, "en").text == AS_SPECIFIED[phrase_id]["text"]


def test_the_tools_are_named_as_specified_when_every_script_is_installed():
    assert OURS.render("G-TOOLS", "en", {"x": OURS.tools("en")}) == AS_SPECIFIED["G-TOOLS"]["text"]


def test_our_longest_texts_are_as_long_as_specified():
    for phrase_id in TEXTED:
        if phrase_id in AS_SPECIFIED and phrase_id != "G-TOOLS":
            longest = len(OURS.wording(phrase_id, "en").longest_text())
            assert longest == int(AS_SPECIFIED[phrase_id]["worst_case_septets"]), phrase_id


def test_every_language_says_every_phrase_with_the_same_placeholders():
    for locale in OURS.locales:
        assert OURS.phrases[locale].keys() == OURS.phrases["en"].keys()
        for phrase_id, wordings in OURS.phrases[locale].items():
            english = OURS.phrases["en"][phrase_id]
            assert [each.placeholders() for each in wordings] == [each.placeholders() for each in english], phrase_id
            assert [each.needs for each in wordings] == [each.needs for each in english], phrase_id


def test_every_language_offers_the_same_replies_and_as_many_choices():
    for phrase_id in TEXTED:
        assert OURS.offers(phrase_id, "es") == OURS.offers(phrase_id, "en"), phrase_id
        assert OURS.numbered_choices(phrase_id, "es") == OURS.numbered_choices(phrase_id, "en"), phrase_id


def test_every_language_speaks_every_spoken_line():
    for phrase_id in OURS.phrase_ids("voice"):
        assert all(each.voice for locale in OURS.locales for each in OURS.phrases[locale][phrase_id]), phrase_id


@pytest.mark.parametrize("word", NEVER_SAID)
def test_nobody_is_ever_graded_or_pressed(word):
    assert [phrase_id for phrase_id in OURS.phrases["en"] if re.search(rf"\b{word}\b", _said(phrase_id, "en"))] == []


def test_nothing_is_exclaimed():
    exclaimed = [key for locale in OURS.locales for key in OURS.phrases[locale] if set("!¡") & set(_said(key, locale))]

    assert exclaimed == []


def test_invariant_4_the_first_text_and_help_hold_what_carriers_ask_for():
    for locale, help_word, rates in (("en", "HELP", "rates"), ("es", "AYUDA", "tarifas")):
        first, helped = OURS.worst_case("EN-1", locale), OURS.worst_case("G-HELP", locale)
        assert all(part in first for part in ("STOP", help_word, rates))
        assert all(part in helped for part in ("STOP", rates))
        assert OURS.wording("G-HELP", locale).placeholders() == {"brand", "ph", "e", "c"}


def test_offers_name_the_replies_and_nothing_else_in_capitals():
    assert OURS.offers("CK-1", "en") == {"SKIP"}
    assert OURS.offers("CK-1", "es") == {"SKIP"}
    assert OURS.offers("CK-4", "es") == {"BREAK", "CALL", "OK"}
    assert OURS.offers("EN-6", "en") == frozenset()
    assert OURS.offers("CR-NUS", "en") == frozenset()
    assert OURS.offers("G-LATER", "en") == frozenset()


def test_every_command_word_we_offer_in_spanish_is_understood_as_the_same_command():
    for english, spanish in OURS.words("es").items():
        command = read_command(english)
        if command is not None:
            understood = read_command(spanish)
            assert understood is not None, spanish
            assert understood.word == command.word, spanish


def test_a_calming_call_is_offered_only_where_somebody_answers_the_word():
    texts_only = load_catalogue(answered_words=frozenset({"BREAK"}))

    assert texts_only.offers("CK-4", "en") == {"BREAK", "OK"}


def test_choices_are_counted_and_other_numbers_are_not():
    counts = {"CK-12": 4, "CK-1": 0, "G-WHICH": 2, "PN-1": 6, "TO-5": 3, "PM-6": 0, "EN-4": 0, "PR-8": 0, "SF-1": 5}

    assert {phrase_id: OURS.numbered_choices(phrase_id, "en") for phrase_id in counts} == counts


def test_the_menu_names_only_what_is_answered():
    texts_only = load_catalogue(answered_words=frozenset({"BREAK", "SHARE", "PAUSE"}))

    assert texts_only.render("G-MENU", "en", {}) == (
        "Text 0-10 any time for a check-in. BREAK for a time-out, TOOLS for the rest. SAFE and NUM are private."
    )
    assert texts_only.tools("es") == "COMPARTIR, PAUSA"
    assert texts_only.offers("CK-4", "es") == {"BREAK", "OK"}


@given(st.dictionaries(st.sampled_from(sorted(CUT_TO_FIT)), st.text(), min_size=len(CUT_TO_FIT)))
def test_invariant_1_whatever_people_write_stays_in_one_segment(written):
    fixed = {name: "1" * size for name, size in PLACEHOLDERS.items()}

    for phrase_id, locale in EVERYWHERE:
        if OURS.placeholders(phrase_id, locale) & CUT_TO_FIT:
            counted = count_segments(OURS.render(phrase_id, locale, fixed | written))
            assert (counted.encoding, counted.segments) == ("GSM-7", 1)


def test_a_long_title_is_cut_at_a_word():
    title = "call the bank about the savings account today"

    cut = OURS.render("PR-12", "en", {"brand": "Mendline", "p": "Ben", "item": title})

    assert cut == "Mendline: Ben reports done: call the bank about the savings account."


def test_braces_in_a_title_mean_nothing():
    said = OURS.render("PR-12", "en", {"brand": "Mendline", "p": "{item}", "item": "walk {p} {brand"})

    assert said == "Mendline: {item} reports done: walk {p} {brand."


def test_a_number_is_refused_rather_than_cut_short():
    with pytest.raises(ArgumentTooLong) as refused:
        OURS.render("G-CALL", "en", {"ph": "+1 (202) 555-0100 ext. 7"})

    assert (refused.value.placeholder, refused.value.limit) == ("ph", 14)


def test_a_missing_argument_and_an_unknown_phrase_are_refused():
    with pytest.raises(ArgumentMissing):
        OURS.render("G-CALL", "en", {})
    with pytest.raises(PhraseUnknown):
        OURS.render("CK-99", "en", {})
    with pytest.raises(PhraseUnknown):
        OURS.render("V-OPEN", "en", {"brand": "Mendline"})


def test_what_has_no_spoken_form_is_read_out():
    assert OURS.render("CK-2", "en", {}, channel="voice").startswith("And your body: type 0")
    assert OURS.render("G-SKIP", "en", {}, channel="voice") == "Skipped. Nothing is owed."


def test_a_language_falls_back_phrase_by_phrase():
    ours = read_catalogue(
        [
            "locale: en\nphrases: {A-1: one, A-2: two, A-3: three}",
            "locale: es\nphrases: {A-1: uno, A-2: dos}",
            "locale: es-MX\nphrases: {A-1: uno pues}",
        ]
    )

    assert [ours.render(f"A-{n}", "es-MX", {}) for n in (1, 2, 3)] == ["uno pues", "dos", "three"]
    assert ours.render("A-1", "fr", {}) == "one"
    assert ours.locales == ("en", "es", "es-MX")


def test_a_host_may_reword_a_phrase_and_the_version_tells(tmp_path):
    (tmp_path / "ours.en.yaml").write_text("locale: en\nphrases:\n  CK-11: Fine, another day.\n", encoding="utf-8")

    reworded = load_catalogue([tmp_path], answered_words=None)

    assert reworded.render("CK-11", "en", {}) == "Fine, another day."
    assert reworded.render("CK-3", "en", {}) == "Thanks. Saved for you alone."
    assert reworded.version != OURS.version
    assert load_catalogue(answered_words=frozenset()).version == OURS.version


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("locale: en\nphrases: {A-1: 'Well done!'}", "source 1: A-1: has an exclamation mark; say it calmly"),
        ("locale: en\nphrases: {A-1: 'It’s on'}", "has letters outside the SMS alphabet: ’"),
        (f"locale: en\nphrases: {{A-1: '{'a' * 161}'}}", "takes 161 of 160 letters at worst"),
        ("locale: en\nphrases: {A-1: 'Hello {name}'}", "has an unknown placeholder {name}"),
        ("locale: en\nphrases: {A-1: 'Hello {p'}", "has a brace that holds no placeholder"),
        ("locale: en\navoid: [should]\nphrases: {A-1: You should rest}", "says 'should'"),
        ("locale: en\nphrases: {A-1: [{needs: [BREAK], text: Rest}]}", "may have nothing to say"),
        ("locale: es\nphrases: {A-1: Hola}", "has no English words"),
        ("locale: en\nphrases: {A-1: 7}", "cannot be read"),
        ("locale: en\nphrases: {A-1: one, A-1: two}", "duplicate key"),
        ("locale: en\nwords: {SKIP: SKIP, LATER: SKIP}", "gives SKIP two meanings"),
        ("locale: en\nphrase: {}", "has a part 'phrase'"),
        ("- a\n- b", "is no file of words"),
        ("locale: en\nphrases: {A-1: {text: Hi, needs: BREAK}}", "has needs that is no list of words"),
    ],
)
def test_an_author_is_told_the_file_the_phrase_and_the_remedy(source, complaint):
    with pytest.raises(CatalogueInvalid) as refused:
        read_catalogue([source])

    assert complaint in str(refused.value)


def test_a_translation_may_not_ask_for_what_scripts_do_not_give():
    with pytest.raises(CatalogueInvalid, match=r"asks for \{d\}"):
        read_catalogue(["locale: en\nphrases: {A-1: 'At {t}'}", "locale: es\nphrases: {A-1: 'A las {t} del {d}'}"])


def test_all_mistakes_are_listed_together():
    with pytest.raises(CatalogueInvalid) as refused:
        read_catalogue(["locale: en\nphrases: {A-1: 'No!', A-2: 'Hi {x', A-3: Fine}", "locale: 7"])

    assert [problem.step for problem in refused.value.problems] == ["A-1", "A-2", "locale"]


def test_times_are_said_as_people_say_them():
    evening, midnight = datetime(2026, 12, 7, 18, 42, tzinfo=NEW_YORK), datetime(2026, 12, 7, 0, 5, tzinfo=NEW_YORK)

    assert [spoken_time(evening, "en-US"), spoken_time(midnight, "en")] == ["6:42 PM", "12:05 AM"]
    assert [spoken_time(evening, "es"), spoken_time(midnight, "es-MX")] == ["18:42", "00:05"]


def test_dates_name_the_day_of_the_week():
    assert [short_date(date(2026, 12, 7), locale) for locale in ("en", "es")] == ["Mon Dec 7", "lun 7 dic"]
    assert [short_date(date(2026, 12, 16), locale) for locale in ("en", "es")] == ["We Dec 16", "mi 16 dic"]


def test_every_date_and_time_of_a_year_fits_its_room():
    start = datetime(2026, 1, 1, tzinfo=NEW_YORK)

    for hours in range(0, 366 * 24, 7):
        at = start + timedelta(hours=hours)
        for locale in OURS.locales:
            assert len(short_date(at.date(), locale)) <= PLACEHOLDERS["d"]
            assert len(spoken_time(at, locale)) <= PLACEHOLDERS["t"]
            assert is_gsm7(short_date(at.date(), locale))
