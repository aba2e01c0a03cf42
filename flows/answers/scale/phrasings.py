"""The phrases around a number that decide whose score it is, of when, and how sure. To be searched in folded text."""

from __future__ import annotations

from flows.patterns import alternatives, late

# Between "mood" and "7" these say nothing, or only how sure the person is. A time may be near 7 too, a score about it.
_NEAR = alternatives("""
    about | around | somewhere around | close to | closer to | near
    alrededor de | cerca de | hacia | sobre | unos
""")
_ABOUT = alternatives("""
    roughly | approx\\.? | approximately | like | more like | maybe | perhaps | probably | prob | possibly | kinda
    sorta
    almost | nearly | barely | more or less | kind of | sort of | i guess | i suppose | i reckon
    como | casi | quizas? | tal vez | a lo mejor | puede que | aprox\\.? | aproximadamente | mas o menos | tirando a
    algo asi como | supongo(?: que)? | apenas
""")
_PLAIN = alternatives("""
    solid | strong | weak | good | decent | low | high | hard | firm | big | big fat | fat | shaky | soft | rough
    real
    bare | tired | lowly | mere | perfect | whopping | miserable | pretty | very | super | straight | clear
    just | only | still | definitely | def | honestly | easily | again | actually | probs
    buen | gran | triste | pobre | mal | solo | solido | flojo | justo
""")
SOFTENER = late(
    r"(?:^|(?<=[\s:~]))(?:(?P<article>a|an|un|una)"
    rf"|(?P<near>{_NEAR})|(?P<about>{_ABOUT})|(?P<plain>{_PLAIN}))$"
)

# What stands before a number that is the person's own score.
_SELF = alternatives("""
    mood | moods | feel(?:s|ing)? | felt | i'?m | i am | am | is | its | it's | it is | that's | thats | was | today
    todays | today's | now | right now | rn | body | score | rating | rate | rated | grade | number | level | energy
    stress | stressed | anxiety | tension | calm | overall | currently | answer | equals | mine | scale | think
    probably
    i(?:'?d| would) (?:say|give|rate|call|put|go|go with) | i(?:'?ll)? (?:say|give|rate|go|go with) | i said
    (?:want to|wanna|gonna|going to|let's|lets) say | say | saying | go(?:ing)? with
    so | hey | hi | hello | ok | okay | well | oh | um | uh | hmm | yes | yeah | yep | yup | sorry | lol | haha
    (?:give|gave|rate|rated|put|putting|score|scored) (?:it|myself|today|this|that|my day)(?: (?:at|as|down as))?
    (?:call|calling|make|making) (?:it|today|this|that|my day)
    (?:rate|put|score|mark) me(?: (?:at|as|down as|down at|down for))?
    (?:i'?m|i am|am|feel(?:ing)?|felt|still|sitting|hovering|stuck|holding|steady|resting|staying) (?:at|around|about)
    (?:mood|body|level|stress|anxiety|energy|tension)(?: is| was| stays| still)? (?:at|around|about)
    (?:down|up|back|back up|back down|dropped|now|today) to | then | later
    (?:started|began|ended|ending|finished|finishing) (?:at|on|with|around|off at)
""")
_SELF_IN_SPANISH = alternatives("""
    animo | estado(?: de animo)? | humor | cuerpo | siento | sentido | sintiendo | estoy | ando | sigo | voy | hoy
    ahora
    ahora mismo | diria(?: que)? | digo | digamos(?: que)? | pongo | pondria | pon | ponme | doy | daria | nota
    puntaje
    puntuacion | numero | nivel | es | seria | fue | estuvo | era | tension | ansiedad | energia | estres
    creo(?: que)?
    luego | despues | pienso que | respuesta | todavia | aun | que | jaja | hola | bueno | pues | eh | si
    (?:estoy|estuve|ando|sigo|voy|animo|cuerpo|quedo|queda|pongo|nivel|anda) (?:en|a|con|por|por el|en el|con el)
    (?:bajo|baje|subi|subo|siento|hoy|ahora|tension) (?:en|a|con|por|por el|en el|con el)
""")
FRAME = late(rf"(?:^|[\s'])(?:{_SELF}|{_SELF_IN_SPANISH})$")

_DENIED_FURTHER = alternatives("""
    even | quite | really | exactly | that | siquiera | es | fue | era | llega | llego | llega a | llego a | like
    feeling
    at | hit(?:ting)?
""")
NEGATED = late(rf"\b(?:not|isn'?t|wasn'?t|never|ni|no)(?: {_DENIED_FURTHER})*$")

_MORE_OR_LESS = alternatives("""
    than | over | under | above | below | at least | at most | up from | down from | mas de | menos de | minimo
    maximo
    mayor (?:que|a) | menor (?:que|a) | (?:mejor|peor|mas|menos) que | por (?:encima|debajo) de
    (?:al|por lo) menos
    como (?:maximo|mucho|minimo) | bajo | a lo (?:mucho|sumo|mas)
""")
COMPARED = late(rf"\b{_MORE_OR_LESS}(?: un| el| a| an| una| the)?$")

_WISHES = alternatives("""
    wish | hope | hoping | hopes | want | wanna | wanted | wishing | goal | aim | aiming | target | should | could
    would
    wouldn'?t | trying | (?:like|love) to | if | until i | when i | to be
    ojala | quisiera | quiero | espero | esperaba | deberia | podria | meta | objetivo | cuando este | para estar
    llegar a | gustaria | hubiera | habria | si (?:fuera|tuviera|estuviera)
""")
WISHED = late(rf"\b{_WISHES}\b(?! (?:to )?(?:decir|say|give|rate|call|put|go)\b)")

_KIN = (
    r"(?:my|mi) (?:husband|wife|partner|ex|boyfriend|girlfriend|mom|mum|dad|son|daughter|kid|boss|therapist|friend"
    r"|esposo|esposa|marido|mujer|pareja|novio|novia|madre|padre|mama|papa|hijo|hija|jefe|terapeuta|amig[oa])"
)
SAID_BY_SOMEBODY = late(
    rf"\b(?:(?:he|she|they|{_KIN}) (?:said|says|told|gave|gives|put|puts|rated|rates|thinks?|would say)"
    rf"|(?:el|ella|ellos|ellas|me|{_KIN}|que) (?:dijo|dice|dijeron|dicen|dio|puso|cree))\b"
)
OF_SOMEBODY = late(
    rf"\b(?:he|she|they|{_KIN}|(?:el|ella|ellos|ellas) (?:esta|estaba|es|era|se siente|siente|estan|va|fue))\b"
    r"|\bella\s*$"
)
MINE = late(r"\b(?:i|i'm|im|i'd|me|myself|mine|yo|estoy|siento|mi animo)\b")
ASKS = late(r"^\W*(?:are|does|do|did|what|what's|whats|which|can|why|how|que|cual|significa|por que|como se)\b")
MAY_ASK = late(r"^\W*(?:is|es)\b")

_NOW = alternatives("""
    today | now | rn | currently | at the moment | tonight | these days | hoy | ahora | esta noche | actualmente
""")
_OTHER_DAY = alternatives(r"""
    yesterday'?s | (?<!than )(?<!as )(?<!from )(?<!like )yesterday | tomorrow(?:'?s)? | tmrw | tmw | the other day
    last (?:night|week|month|year|time|weekend|\w+day) | next (?:week|time|\w+day) | usually | normally | used to
    (?:\d+|a|two|few|three|some) (?:days?|weeks?|months?|years?) ago | most days | generally | typically | average
    (?<!que )(?<!como )ayer | anteayer | antier | anoche | (?<!esta )manana | la (?:semana|vez) pasada | normalmente
    el (?:mes|ano|\w+) pasado | (?<!como )siempre | hace (?:\d+|un|una|dos|unos|unas) \w+ | de costumbre
    por lo general | generalmente
""")
_EARLIER = alternatives(r"""
    earlier | this morning | this afternoon | before | at first | at lunch | started(?: (?:at|as|off at|out at))?
    woke up
    esta manana | esta tarde | antes | al principio | al despertar | temprano | empece | empezo
""")
WHEN = late(rf"\b(?:(?P<other>{_OTHER_DAY})|(?P<earlier>{_EARLIER})|(?P<now>{_NOW}))\b")
WAS = late(r"\b(?:was|were|had been|estaba|era|fue|estuve|estuvo)\b")

# Where another thought begins.
BREAK = late(
    r"[.;!?\n,()\[\]{}|]+|\s[-–]+\s"
    r"|\b(?:but|pero|and|y|because|cause|cuz|bc|porque|aunque|though|although|while|mientras)\b"
)
