"""Ways in which people end all texts and calls; from every node of every script each of them does (invariant 6)."""

# Carriers act on these themselves, so the phone already holds the carrier's one answer.
CARRIER_WORDS = ("STOP", "stop", "Unsubscribe", "END", "quit", "CANCEL", "STOPALL", "Revoke", "optout")

PHRASINGS = (
    *CARRIER_WORDS,
    "Stop.",
    "STOP!!!",
    "stop 🛑",
    "Stop. Thank you",
    "stop please",
    "STOP ALL",
    "opt-out",
    "remove",
    "stooop",
    "leave me alone",
    "please stop texting me",
    "No more messages please, I mean it this time",
    "take me off this list",
    "don't contact me",
    "Sorry, wrong number",
    "unsubscribe me now",
    "ALTO",
    "parar",
    "Baja, por favor",
    "no más",
    "Número equivocado",
    "no me escriban más",
    "dejen de enviarme mensajes",
    "ARRET",
    "arrêt svp",
    "fin",
    "arrêtez de m'écrire",
    "désabonnez-moi",
)

# One question each (G-ASK); silence for a day ends everything.
DOUBTFUL = ("stop this", "I want it to stop", "tell him to stop", "please stop it", "ya basta", "dile que pare")

# Ordinary sentences that hold the words and end nothing.
NOT_OPT_OUTS = (
    "can you stop by the store",
    "stop by the store",
    "end of the day",
    "the end of the movie",
    "I promise to stop texting her",
    "I will cancel my gym class",
    "cancel the dinner tonight",
    "quit smoking today",
    "I stopped for a coffee",
    "el fin de semana",
    "fin de semana",
    "parar de fumar",
    "salir a caminar",
    "bajar la voz",
    "we walked to the last stop",
    "remove my shoes first",
    "more tired than before",
    "he won't leave me alone at night",
    "don't call me before nine",
    "7 stop",
    "I married the wrong person",
    "she took me off guard",
    "that remark can take me off guard",
)
