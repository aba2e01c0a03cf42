"""The names of numbers, as they are spelled and as they are often misspelled."""

from __future__ import annotations

_SPELLED = {
    0: "zero nought naught cero", 1: "one uno", 2: "two dos", 3: "three tres", 4: "four cuatro", 5: "five cinco",
    6: "six seis", 7: "seven siete", 8: "eight ocho", 9: "nine nueve", 10: "ten diez", 11: "eleven",
    12: "twelve doce", 13: "thirteen trece", 14: "fourteen catorce", 15: "fifteen quince", 16: "sixteen dieciseis",
    17: "seventeen diecisiete", 18: "eighteen dieciocho", 19: "nineteen diecinueve", 20: "twenty veinte",
    100: "hundred cien",
}  # fmt: skip
# What thumbs and ears make of them. None of these is a word of its own.
_MISSPELT = {
    0: "zeero sero", 2: "twoo", 3: "thre threee trhee", 4: "fuor foru cuatr quatro cautro", 5: "fve fivee sinco sinko",
    6: "sixx seix ceis seiz", 7: "sevn sevem sevan seben sevin siette ciete seite", 8: "eigth eigt eihgt eght hocho",
    9: "nien nyne nuebe nuve", 10: "tenn diex diesz",
}  # fmt: skip


def _values(names: dict[int, str]) -> dict[str, int]:
    return {name: value for value, line in names.items() for name in line.split()}


NUMBER_WORDS = _values(_SPELLED)
MISSPELT = _values(_MISSPELT)
ONLY_SPANISH = {"once": 11, "dies": 10}  # in English an adverb and a verb
ARTICLES = frozenset(("un", "una"))  # a number only as the whole reply
PRONOUNS = frozenset(("one", "uno"))  # a number only where nothing else fits
NAMES = {**NUMBER_WORDS, **MISSPELT, **ONLY_SPANISH, "una": 1, "un": 1}
