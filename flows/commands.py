"""The words that work at any point of any conversation. Only as the whole reply, never inside a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.folding import Folded, spell, word_set
from flows.opting_out import OptOut, Wish, read_opt_out

__all__ = (
    "RESERVED_WORDS",
    "CommandRead",
    "OptOut",
    "Wish",
    "is_reserved",
    "read_command",
    "read_help",
    "read_opt_in",
    "read_opt_out",
)

# PROGRAMME 3.3: carriers and providers act on some of these before we see them, so no script may ask for any.
RESERVED_WORDS = word_set(
    "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT OPT-OUT REMOVE ARRET TD ALTO PARAR BAJA CANCELAR SALIR "
    "DESABONNER FIN START UNSTOP YES HELP INFO AYUDA AIDE EMPEZAR"
) | {"STOP ALL", "NO MAS"}

_RESERVED = frozenset(word.replace("-", " ") for word in RESERVED_WORDS)
_HELP_WORDS = word_set("help info ayuda aide")
_START_WORDS = word_set("start unstop empezar")
# Twilio answers these by itself on a long code (TWILIO.md 1, "Opt-out"). YES is left to us: it joins.
_CARRIER_HELP = word_set("help info")
_CARRIER_START = word_set("start unstop")

_HELP_ME = re.compile(
    r"(?:please )?help(?: me)?(?: please| pls)|(?:please |pls )?help me(?: please| pls| now)?|please help"
    r"|(?:i )?need help"
    r"(?: please| now)?|(?:por favor )?ayuda(?:me|nos)(?: por favor)?|ayuda por favor|necesito (?:ayuda|que me ayuden)"
    r"(?: por favor)?|(?:svp )?aidez moi|aide moi|jai besoin daide"
)

_CANONICAL = {
    "MENU": "menu",
    "TOOLS": "tools opciones herramientas",
    "READY": "ready listo lista",
    "SKIP": "skip omitir",
    "LATER": "later luego",
    "BACK": "back atras",
    "OK": "ok okay vale",
    "NEXT": "next siguiente",
    "QUIET": "quiet silencio",
    "PAUSE": "pause pausa",
    "RESUME": "resume seguir",
    "MORE": "more mas",
    "LESS": "less menos",
    "CALL": "call llamar",
    "SHARE": "share compartir",
    "PRIVATE": "private privado",
    "WHO": "who quien",
    "NUM": "num",
    "SAFE": "safe seguro segura",
    "DELETE": "delete borrar",
    "DATA": "data datos",
    "KEEP": "keep guardar",
    "OFF": "off",
    "CHECK": "check",
    "BREAK": "break calma descanso",
    "HELPME": "helpme",
    "UNLINK": "unlink",
}
_WORD_OF = {name: word for word, names in _CANONICAL.items() for name in names.split()}
_DAYS = re.compile(r"(?:for |por )?(\d{1,3})(?: ?d| days?| dias?)?")
_MINUTES = re.compile(r"(?:for |de )?(\d{1,4})(?: ?m| ?min| ?mins| minutes?| minutos?)?")
_NUMBER_AFTER = {"QUIET": _DAYS, "PAUSE": _DAYS, "BREAK": _MINUTES}
_COURTESY = word_set("please pls thanks thank you por favor gracias")


@dataclass(frozen=True, slots=True)
class CommandRead:
    """`word` is the canonical English word. `argument` is a number in digits, or the name after OFF in lower case.

    `carrier_handles`: the network already answered this exact text itself, so a second answer would be one too many.
    """

    word: str
    argument: str | None
    span: tuple[int, int]
    reason: str
    carrier_handles: bool


def is_reserved(text: str) -> bool:
    """Whether the whole reply is a word on which carriers act, so that nobody's answer may be made of it."""
    return _bare(spell(text)).upper() in _RESERVED


def read_help(text: str) -> CommandRead | None:
    """HELP, INFO, AYUDA, AIDE alone; "help me" and its like are HELPME, a question about safety (PROGRAMME 3.3)."""
    spelled = spell(text)
    words = _bare(spelled)
    if words in _HELP_WORDS:
        return _whole(spelled, "HELP", "help-word", carrier=_as_carriers_see(text) in _CARRIER_HELP)
    if words == "helpme" or _HELP_ME.fullmatch(words):
        return _whole(spelled, "HELPME", "help-for-a-person")
    return None


def read_opt_in(text: str) -> CommandRead | None:
    """START, UNSTOP, EMPEZAR alone."""
    spelled = spell(text)
    if _bare(spelled) not in _START_WORDS:
        return None
    return _whole(spelled, "START", "start-word", carrier=_as_carriers_see(text) in _CARRIER_START)


def read_command(text: str) -> CommandRead | None:
    """The global word that is the whole reply, in English or Spanish, or None.

    Case, accents, punctuation and emoji do not count; a "please" may follow. QUIET, PAUSE (days) and BREAK (minutes)
    take a number, OFF a name. Opt-outs are read before this, by `read_opt_out`.
    """
    known = read_help(text) or read_opt_in(text)
    if known is not None:
        return known
    spelled = spell(text)
    words = _bare(spelled).split()
    while len(words) > 1 and words[-1] in _COURTESY:
        words.pop()
    word = _WORD_OF.get(words[0]) if words else None
    if word is None:
        return None
    argument = " ".join(words[1:])
    if word == "OFF":
        return _whole(spelled, "OFF", "word-and-name", argument=argument) if 1 <= len(words) - 1 <= 2 else None
    if not argument:
        return _whole(spelled, word, "exact-word")
    pattern = _NUMBER_AFTER.get(word)
    number = pattern.fullmatch(argument) if pattern else None
    return _whole(spelled, word, "word-and-number", argument=str(int(number[1]))) if number else None


def _bare(spelled: Folded) -> str:
    return " ".join(word for word in spelled.text.split() if word != ".")


def _as_carriers_see(text: str) -> str:
    """Twilio compares the body in lower case without the space around it; a full stop or an emoji makes it another."""
    return text.strip().lower()


def _whole(
    spelled: Folded, word: str, reason: str, *, argument: str | None = None, carrier: bool = False
) -> CommandRead:
    end = len(spelled.text.removesuffix(" ."))
    return CommandRead(word, argument, spelled.span(0, end), reason, carrier)
