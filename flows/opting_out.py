"""Whether a reply asks for all texts and calls to end. Read before anything else, in every language, at every point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from flows.folding import Folded, spell, word_set

# PROGRAMME 3.3. Spanish PARA and BASTA mean more than one thing and are asked about.
_WORDS = word_set(
    "stop stopall unsubscribe cancel end quit revoke optout remove arret td alto parar baja cancelar salir "
    "desabonner fin"
) | {"stop all", "opt out", "no mas"}
_DOUBTFUL_WORDS = word_set("basta para pare paren detente arrete arretez stopit")
# Twilio acts on these by itself, in any case, as the whole body (TWILIO.md 1).
_CARRIER_WORDS = word_set("stop unsubscribe end quit stopall revoke optout cancel")
_DRAWN_OUT = re.compile(r"s+t+o+p+|s t o p")

# After an opt-out word, these leave no doubt that we are meant; other words ("end of the day") do.
_MAY_FOLLOW = word_set(
    "please pls plz now thank thanks thankyou you u all everything immediately already texting texts text "
    "messaging messages "
    "message msgs sms sending calls calling contacting me us stop stopall unsubscribe cancel end quit these the "
    "my this is "
    "wrong number service subscription ok okay bye sorry right away today forever por favor porfa gracias ya "
    "todo todos "
    "los mensajes mensaje textos llamadas ahora este servicio mi suscripcion merci svp sil vous plait tout "
    "maintenant les "
    "of it asap man bro dude"
)
_STRONG = word_set("stop stopall unsubscribe optout desabonner")
_STOP_GOES_ON = word_set(
    "by at in on over off sign signs light smoking drinking eating worrying yelling lying crying for to and the "
    "it him her "
    "them lights being thinking fighting arguing watch work working signal motion a short using spending judging"
)

_ASK_BEFORE = r"(?:^|(?:\.|please|pls|just|now|you|ok|hey|omg|can you|could you|want you to|need you to|to you) )"
_OTHERS = (
    r"(?: (?:her|him|them|his|my|our|the other|other|an?|that|so much|back|at|after|before|when|while|until|in"
    r"|every|each"
    r"|ex|people|women|men|girls|guys)\b)"
)
_ADDRESS_US = (
    rf"{_ASK_BEFORE}stop (?:texting|messaging|calling|contacting|sending|bothering|spamming|messages|texts"
    rf"|sms)\b(?!{_OTHERS})",
    rf"{_ASK_BEFORE}stop (?:all |these |the |your |with the )+(?:texts?|messages?|calls?|texting|messaging|msgs"
    rf"|sms|spam)\b",
    r"no more (?:texts|messages|calls|sms|msgs|reminders)\b",
    r"take (?:me|my number|this number|us) off\b(?! guard)",
    r"(?:do not|dont|never) (?:ever )?(?:contact|text|message|call|msg) (?:me|us|this number)(?: again"
    r"| any ?more| ever| please)*(?= \.|$)",
    r"(?:do not|dont) (?:send|want) (?:me |any |to get |to receive )*(?:more |any |these |your )+(?:texts"
    r"|messages|sms|calls)\b",
    r"(?:un ?subscribe|opt|remove|delete) (?:me|us|my number|this number)\b",
    r"(?:want|like|wish|need) to (?:unsubscribe|opt out|opt-out)\b",
    r"(?:lose|delete|remove|forget) (?:my|this) number\b",
    r"cancel my (?:subscription|account|membership)\b",
    r"(?:deja|dejen|dejad|deje) de (?:escribirme|enviarme|mandarme|llamarme|molestar(?:me)?|enviar|mandar|escribir)\b",
    r"no (?:quiero|deseo) (?:recibir )?(?:mas|ningun|estos|sus|mas de estos) ?(?:mensajes?|textos?|llamadas?"
    r"|sms)?(?= \.|$)",
    r"no mas (?:mensajes|textos|llamadas|sms)\b",
    r"no me (?:escriban|escribas|escriba|llamen|llames|llame|contacten|contactes|contacte|manden|mandes|envien|envies)"
    r"(?: mas| nunca| nada| mensajes)*(?= \.|$)",
    r"(?:quiten|quitenme|quitame|quita|saquenme|sacame|borren|borrenme|eliminen|eliminenme|dame de baja"
    r"|denme de baja|darme de baja)\b"
    r"(?: mi numero| de (?:la|esta) lista)?",
    r"numero equivocado|se equivoco de numero|se ha equivocado de numero",
    r"arretez? de (?:m ?ecrire|m ?envoyer|m ?appeler|me contacter|me deranger)",
    r"plus de (?:messages|textos|sms)\b|ne me (?:contactez|contacte|ecrivez|ecris|appelez) plus",
    r"desabonnez moi|desinscrivez moi|retirez moi|(?:mauvais|faux) numero|laissez moi tranquille",
)
_LEAVE_ME = (
    r"(?<!to )(?<!wont )(?<!doesnt )(?<!never )(?<!not )leave me alone"
    r"|(?:dejame|dejenme) (?:en paz|tranquil[oa])"
)
# "I married the wrong person" is about something else.
_WRONG = (
    r"(?:this is |you have |u have |you got |youve got )?(?:the )?wrong number"
    r"|(?:^|\. |sorry |is )(?:the )?wrong person(?= \.|$)"
)
_PHRASES = re.compile(rf"(?<!\w)(?:{'|'.join(f'(?:{phrase})' for phrase in (*_ADDRESS_US, _LEAVE_ME, _WRONG))})")
# Somebody else is told, or quoted: not us. "I promise to stop texting her" is a promise.
_ABOUT_ANOTHER = re.compile(
    r"\b(?:he|she|him|her|them|husband|wife|partner|boyfriend|girlfriend|ex|ella|marido|esposa|esposo|pareja|mujer"
    r"|novi[oa]|lui|elle)\b"
)
_DOUBTFUL = re.compile(
    r"(?:^|\. )(?:please |pls |just |ok )?stop (?:this|it|that|everything)\b|i (?:really |just )?(?:want|need"
    r"|wish) (?:it|this|that|all this|"
    r"everything|you|him|her|them|the messages|the texts) to (?:stop|end)|make (?:it|this|him|her|them) stop"
    r"|(?:tell|told|ask|asked) (?:him|her|them|my \w+) to (?:stop|leave me alone)"
    r"|(?:he|she|they) (?:wont|will not|doesnt|never|didnt|wouldnt) stop\b"
    r"|i(?:m| am) done with (?:this|these texts|you)|enough (?:of this|texts|messages|already)|i want out\b"
    r"|(?:no )?(?:quiero|necesito) que (?:esto |todo |el |ella )?(?:pare|paren|termine|acabe)|dile que (?:pare|me deje)"
    r"|que (?:esto )?pare ya|para ya|basta ya|ya basta|arrete(?:z)? (?:ca|cela)|je veux que (?:ca|il|elle) s ?arrete"
    r"|dis lui d ?arreter"
)


class Wish(Enum):
    """How an opt-out was worded (PROGRAMME 3.5.3). A doubtful one is asked about once; silence for 24 h ends all."""

    WORD = "word"
    BEGINS = "begins"
    PHRASE = "phrase"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class OptOut:
    """`aimed_at_partner` asks for a look at safety too. `wrong_number` means a stranger holds this phone (G-WRONG).

    `carrier_handles`: the network already blocked and answered this exact text.
    """

    wish: Wish
    span: tuple[int, int]
    carrier_handles: bool
    aimed_at_partner: bool = False
    wrong_number: bool = False


def read_opt_out(text: str) -> OptOut | None:
    """An opt-out in English, Spanish or French, or None. Everything but `Wish.DOUBTFUL` ends all at once."""
    spelled = spell(text)
    words = [word for word in spelled.text.split() if word != "."]
    if not words:
        return None
    bare = " ".join(words)
    whole = spelled.span(0, len(spelled.text.removesuffix(" .")))
    if bare in _WORDS or _DRAWN_OUT.fullmatch(bare):
        return OptOut(Wish.WORD, whole, text.strip().lower() in _CARRIER_WORDS)
    if bare in _DOUBTFUL_WORDS:
        return OptOut(Wish.DOUBTFUL, whole, False)
    if _begins(words):
        return OptOut(Wish.BEGINS, whole, False, wrong_number="wrong number" in bare)
    return _by_phrase(spelled) or _in_doubt(spelled, words)


def _begins(words: list[str]) -> bool:
    """ "stop. thank you" and "stop please" end all; "stop by the store" and "end of the day" do not."""
    if len(words) > 4:
        return False
    for length in (1, 2):
        if " ".join(words[:length]) in _WORDS and words[length:]:
            rest = words[length:]
            return all(word in _MAY_FOLLOW for word in rest) and rest[0] not in {"of", "it", "this", "the", "is"}
    return False


def _by_phrase(spelled: Folded) -> OptOut | None:
    match = _PHRASES.search(spelled.text)
    if match is None:
        return None
    span = spelled.span(match.start(), match.end())
    if _ABOUT_ANOTHER.search(spelled.text[: match.start()]):
        return OptOut(Wish.DOUBTFUL, span, False, aimed_at_partner=True)
    wrong = re.search("wrong|equivoc|mauvais|faux", match[0]) is not None
    return OptOut(Wish.PHRASE, span, False, wrong_number=wrong)


def _in_doubt(spelled: Folded, words: list[str]) -> OptOut | None:
    match = _DOUBTFUL.search(spelled.text)
    if match:
        aimed = _ABOUT_ANOTHER.search(match[0]) is not None or re.search(r"\b(?:dile|lui)\b", match[0]) is not None
        return OptOut(Wish.DOUBTFUL, spelled.span(match.start(), match.end()), False, aimed_at_partner=aimed)
    opens = words[0] in _STRONG
    alone = re.match(r"\w+ \.", spelled.text) is not None
    if opens and (alone or (len(words) <= 4 and words[1] not in _STOP_GOES_ON)):
        return OptOut(Wish.DOUBTFUL, spelled.span(0, len(words[0])), False)
    return None
