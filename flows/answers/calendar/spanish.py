"""Spanish, whole: the rules and the words that stand between, before and beside times."""

from __future__ import annotations

from flows.answers.calendar.dates import DATE_RULES
from flows.answers.calendar.language import Language, either, first_letters
from flows.answers.calendar.spanish_clock import CLOCK_RULES
from flows.answers.calendar.spanish_days import DAY_RULES
from flows.answers.calendar.spanish_lengths import LENGTH_RULES, length_alone
from flows.answers.calendar.spanish_periods import PERIOD_RULES
from flows.answers.calendar.spanish_words import HOLIDAYS, MONTHS, NUMBERS, ORDINALS, WEEKDAYS
from flows.answers.calendar.spelling import spelling
from flows.folding import word_set
from flows.patterns import late

_FIRST_WORDS = first_letters((*HOLIDAYS, *MONTHS, *NUMBERS, *ORDINALS, *WEEKDAYS)) | first_letters(word_set(
    "a bien faltan faltando mnn mna mnana muy temprano tempranito x ahora ahorita al anoche anteayer antenoche antes"
    " antier ayer cada cierre como cuanto cuarto de del dentro desde "
    "despues dia diariamente diario durante el en entre es esta este fin final finales fines finde hace hacia hasta"
    " varias algunas hora alarma temporizador cuenta recordatorio y ultima "
    "hoy inicio inicios inmediatamente principio principios comienzo comienzos mediados mitad la las lo los"
    " madrugada manan manana mannana media medianoche medio mediodia mensualmente no "
    "noche oy para par pasado pasada pasados pasadas pocas pocos por proxima proximas proximo proximos quinto segundo "
    "semanalmente siguiente sobre son tarde tercer tercero tipo todas todos tras ultimo un una unas unos utc gmt est"
    " edt "
    "cst cdt mst mdt pst pdt cet cest zona"
))
_CONNECTOR = (
    r"\b(?:a|al|de|del|en|el|la|las|los|por|x|para|sobre|como|eso de|alrededor de|hacia|tipo|dia|es|seria"
    r"|mas o menos)\b"
)

SPANISH = Language(
    rules=(*LENGTH_RULES, *DAY_RULES, *PERIOD_RULES, *DATE_RULES, *CLOCK_RULES),
    first_words=_FIRST_WORDS,
    gap=late(rf"(?:[\s,;.()~:-]|{_CONNECTOR})*"),
    prefix=late(r"(?:\b(?:a|al|de|del|en|el|la|las|por|para|sobre|hacia|como)\b[\s,]*)+$"),
    leftover=late(
        r"\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|hoy|pasado manana|ayer|anoche|mediodia"
        r"|medianoche"
        r"|enero|febrero|abril|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|cada|finde|hace \d"
        r"|\d{1,2} ?[ap]m)\b|\d:\d\d"
    ),
    cannot=late(r"\b(?:no (?:puedo|podre|podria|estoy|me va bien)|imposible|ocupad[oa])\b"),
    counts=late(
        r"\b(?:siento|animo|tengo|tiene|tenemos|tomar|tomo|pagar|pago|debo|leer|leo|correr|comer|beber|comprar"
        r"|necesito|quiero"
        r"|dar|solo|mas|menos|otros|otras|escribir|hacer|limpiar|los|mis|sus|nuestros|son|de|un|una|por)\s+$"
    ),
    before=late(
        r"(?:\b(?:no|pasado|excepto|menos|salvo|en vez de|en lugar de|semana|desde|sino)\s+(?:el |las? |a las? )?|\b"
        r"|\d ?(?:o|a|y|al|-|,) ?)$"
    ),
    behind=late(
        r"\s*(?:,?\s*(?:o|y|a|-|&|/|hasta)\s*(?:a |el |las? )*(?:\d|"
        + either([*NUMBERS, *WEEKDAYS])
        + r"\b)|pasad[oa]\b|\s+a las? \d|\s*(?:mas|\+)\s+\d|\s+(?:fue|era|estuvo|ha sido)\b"
        r"|,? no(?=\s*(?:[,.!]|$))|%|(?:del? |do )?(?:"
        + either(MONTHS)
        + r")\b)"
        r"|\s+\d{1,2}\b(?!\s*(?:de|veces))"
    ),
    alone=length_alone,
    spelling=spelling(
        word_set(
            "lunes martes miercoles jueves viernes sabado domingo manana mediodia medianoche febrero septiembre"
            " octubre "
            "noviembre diciembre navidad"
        ),
        word_set("lunas luces mares martas jueces manzana mananita miercole dominio sabana"),
    ),
    own=late(
        r"\b(?:lunes|martes|miercoles|jueves|viernes|(?:el|este|proximo|del?|los) (?:domingos?|sabados?)|hoy|manana"
        r"|mediodia"
        r"|medianoche|esta (?:tarde|noche)|enero|febrero|marzo|abril|junio|julio|septiembre|octubre|noviembre|diciembre"
        r"|a las? (?:\d|[a-z]+ )|de la (?:manana|tarde|noche|madrugada)|cada|todos los|todas las|que viene"
        r"|dentro de (?:\d|un|dos|tres|media))\b"
    ),
    about=late(
        r"\b(?:sobre|hacia|como|a eso de|alrededor de|cerca de|mas o menos|aproximadamente"
        r"|unos|unas|tipo|y pico)\b|~"
    ),
)
