"""The words that work at any point of any conversation. Only as the whole reply, never inside a sentence."""

from __future__ import annotations

from typing import NamedTuple

from flows.folding import Folded, spell, word_set
from flows.opting_out import OptOut, Wish, read_opt_out
from flows.patterns import late
from flows.phrases.spelling import is_slip_of_finger

__all__ = (
    "RESERVED_WORDS",
    "CommandRead",
    "OptOut",
    "Suspected",
    "Wish",
    "is_reserved",
    "read_command",
    "read_help",
    "read_opt_in",
    "read_opt_out",
    "read_suspected",
)

# A command is a word or two, perhaps with a number and a thank-you.
_COMMAND_LETTERS = 80

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

_HELP_ME = late(
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
_NAMES = _WORD_OF | dict.fromkeys(_START_WORDS, "START") | dict.fromkeys(_HELP_WORDS, "HELP")
# In a shorter word any letter makes another word; in one of four only two letters swapped are surely a slip.
_SLIP_LETTERS, _LETTERS_SWAPPED = 5, 4
# Words of their own that are one slip from a command.
_ORDINARY = word_set(
    "latter layer alter lager quite quieta quieto list lists lisa star stat beak checo deleite lego pase puse pasa "
    "calm cama cala mens mend seguire quiten llamara atraso aguda shade snare tolls segura"
)
_DAYS = late(r"(?:for |por )?(\d{1,3})(?: ?d| days?| dias?)?")
_MINUTES = late(r"(?:for |de )?(\d{1,4})(?: ?m| ?min| ?mins| minutes?| minutos?)?")
_NUMBER_AFTER = {"QUIET": _DAYS, "PAUSE": _DAYS, "BREAK": _MINUTES}
_COURTESY = word_set("please pls thanks thank you por favor gracias")


class CommandRead(NamedTuple):
    """`word` is the canonical English word. `argument` is a number in digits, or the name after OFF in lower case.

    `carrier_handles`: the network already answered this exact text itself, so a second answer would be one too many.
    """

    word: str
    argument: str | None
    span: tuple[int, int]
    reason: str
    carrier_handles: bool


class Suspected(NamedTuple):
    """A command with one slip of the finger, asked about and never assumed. `word` is the canonical English one.

    `meant` is what the person would have texted, in capitals, with its number: `PAUSA 3`.
    """

    word: str
    meant: str
    argument: str | None
    span: tuple[int, int]


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
    if len(text.strip()) > _COMMAND_LETTERS:
        return None
    known = read_help(text) or read_opt_in(text)
    if known is not None:
        return known
    spelled = spell(text)
    words = _without_courtesy(_bare(spelled))
    word = _WORD_OF.get(words[0]) if words else None
    if word is None:
        return None
    if word == "OFF":
        name = " ".join(words[1:])
        return _whole(spelled, "OFF", "word-and-name", argument=name) if 1 <= len(words) - 1 <= 2 else None
    if len(words) == 1:
        return _whole(spelled, word, "exact-word")
    number = _number_after(word, words[1:])
    return _whole(spelled, word, "word-and-number", argument=number) if number is not None else None


def read_suspected(text: str) -> Suspected | None:
    """The one global word that is a slip away from the whole reply, as `pasue` or `mneu please`, or None.

    Two letters swapped, one too many, one missing, or the key beside it; words that are ordinary ones are left alone.
    """
    if len(text.strip()) > _COMMAND_LETTERS or read_command(text) is not None:
        return None
    spelled = spell(text)
    words = _without_courtesy(_bare(spelled))
    if not words or words[0] in _ORDINARY:
        return None
    near = [name for name in _NAMES if _may_be_meant(words[0], name)]
    if len({_NAMES[name] for name in near}) != 1:
        return None
    word = _NAMES[near[0]]
    number = _number_after(word, words[1:]) if len(words) > 1 else None
    if len(words) > 1 and number is None:
        return None
    meant = near[0].upper() if number is None else f"{near[0].upper()} {number}"
    return Suspected(word, meant, number, spelled.span(0, len(spelled.text.removesuffix(" ."))))


def _may_be_meant(written: str, name: str) -> bool:
    if not written.isalpha() or not is_slip_of_finger(written, name):
        return False
    is_swapped = sorted(written) == sorted(name)
    return is_swapped if len(name) == _LETTERS_SWAPPED else len(name) >= _SLIP_LETTERS


def _without_courtesy(bare: str) -> list[str]:
    words = bare.split()
    while len(words) > 1 and words[-1] in _COURTESY:
        words.pop()
    return words


def _number_after(word: str, rest: list[str]) -> str | None:
    pattern = _NUMBER_AFTER.get(word)
    number = pattern.fullmatch(" ".join(rest)) if pattern else None
    return str(int(number[1])) if number else None


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
