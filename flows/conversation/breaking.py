"""A text while a break runs: a new return time, words that would cut it or be passed on, and rest for anything else.

A break needs no open question: what it waits for is in the facts, and holds whatever conversation comes between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.answers.return_time import read_return_time
from flows.commands import read_command
from flows.conversation.turn import Moment, Prompt
from flows.conversation.working_out import IN_WORDS
from flows.folding import fold, word_set

# No rating and no numbered choice reaches this, so beside such a question it can only be minutes.
SURELY_MINUTES = 11
# Beside a question that takes any words, words are its answer.
PLAIN_QUESTIONS = frozenset({"", "rating", "choice", "offer"})

_CUT = re.compile(
    r"\b(?:(?:come|comes|coming|get|gets) (?:back|home|here|out)|back (?:right )?(?:now|already|today)"
    r"|(?:end|ending|cut|shorten|finish|stop|cancel|undo|skip) (?:short )?(?:his|her|their|the|this|that|your) break"
    r"|no (?:more )?breaks?|(?:shorter|enough|too long|not fair)|(?:break|time)(?: is|'?s) (?:over|up|done|enough)"
    r"|(?:needs?|has|have) to (?:talk|come|call|answer|reply)|talk (?:to me )?(?:now|right now)"
    r"|make it (?:\d+|less|shorter)|que (?:vuelva|regrese|conteste|responda|venga|hable|llame)"
    r"|(?:vuelve|regresa|ven|contesta|responde|vuelva|regrese)\b.{0,20}\b(?:ya|ahora)"
    r"|(?:acab|termin|cancel|cort|acort|quit|par)\w* (?:con )?(?:su|el|ese|este|tu) descanso"
    r"|(?:se )?(?:acabo|termino) (?:su|el|ese|este) (?:descanso|tiempo)|ya basta|mas corto|demasiado largo"
    r"|(?:tiene|debe) que (?:hablar|volver|venir|contestar|llamar)|hablar (?:conmigo )?(?:ya|ahora))\b"
)
_RELAY = re.compile(
    r"\b(?:(?:tell|ask|text|remind|let|give|message) (?:him|her|them|my (?:wife|husband|partner|girlfriend|boyfriend))"
    r"|(?:say|send|pass|forward) (?:this|that|it|him|her|them|sorry)(?: on| to)?|pass (?:it|this|that) on"
    r"|di(?:le|gale|gales|les)|preguntale|avisale|escribele|mandale|pasale|recuerdale|enviale|hazle saber"
    r"|(?:dice|digan|di) a mi (?:esposo|esposa|marido|mujer|pareja|novio|novia))\b"
)
_INSULT = re.compile(
    r"\b(?:idiot|liar|jerk|asshole|bitch|bastard|moron|pathetic|selfish|stupid|hate (?:you|him|her)|shut up|fuck\w*"
    r"|idiota|mentiros[oa]|imbecil|cabron|cabrona|egoista|estupid[oa]|patetic[oa]|(?:te|lo|la) odio|callate|mierda)\b"
)
AROUND_A_TIME = word_set(
    "please pls thanks make it back at be ill i will ok until till for by then more min mins minutes minutos"
    " por favor gracias hasta a las la mas vuelvo"
)
RELAYED, NOT_SHORTENED, REST = "TO-18", "TO-13", "TO-17"


@dataclass(frozen=True, slots=True)
class OfABreak:
    """What a text means for the break: so many minutes from now, or a line that answers it."""

    minutes: int | None = None
    prompt: Prompt | None = None


def of_a_break(moment: Moment, text: str, *, beside: str | None) -> OfABreak | None:
    """What `text` says about a break; None when it is about something else.

    `beside` is the kind of reply the open question waits for, None when nothing is open.
    """
    if (minutes := _asked_for(moment, text)) is not None:
        return OfABreak(minutes)
    state = moment.facts.get("break_state", "none")
    is_own, is_told = state in {"running", "asking"}, bool(moment.facts.get("told_of_break"))
    if not (is_own or is_told) or (beside or "") not in PLAIN_QUESTIONS:
        return None
    folded = fold(text).text
    if is_told and not is_own and _CUT.search(folded):
        return OfABreak(prompt=Prompt(NOT_SHORTENED))
    if _RELAY.search(folded) or _INSULT.search(folded):
        return OfABreak(prompt=Prompt(RELAYED))
    if state == "running" and (minutes := _minutes(moment, text)) is not None:
        return OfABreak(minutes) if beside is None or minutes >= SURELY_MINUTES else None
    return None


def rest_line(moment: Moment) -> Prompt | None:
    """To whoever is on a break and wrote something else: rest. None when they are on none."""
    if moment.facts.get("break_state") != "running":
        return None
    return Prompt(REST, {"t": IN_WORDS["time"](moment.facts["break_back_at"], moment)})


def _asked_for(moment: Moment, text: str) -> int | None:
    """`BREAK 1h`, `break tomorrow 9am`: what follows the word is a return time, and nothing else."""
    first, _, rest = text.strip().partition(" ")
    word = read_command(first)
    if word is None or word.word != "BREAK" or not rest.strip():
        return None
    rest = re.sub(r"^(?:for|de|until|till|hasta)\s+", "", rest.strip(), flags=re.IGNORECASE)
    return _minutes(moment, rest)


def _minutes(moment: Moment, text: str) -> int | None:
    """The minutes until a return time that is the whole text, courtesies apart: a time in a sentence is another's."""
    read = read_return_time(text, zone=moment.zone, at=moment.at)
    beside = set(fold(read.rest).text.replace(".", " ").split())
    return int(str(read.reading["value"])) if read.reading is not None and beside <= AROUND_A_TIME else None
