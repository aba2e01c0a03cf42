"""What breaks say on a phone, to the letter, in both languages (PROGRAMME P09); and where stories of breaks begin."""

from __future__ import annotations

from datetime import datetime

from tests.stories.beginnings import are_linked, has_no_private_part_ahead
from tests.stories.people import Clock, Phone

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "TO-1": (
            "Break started. Back at {t}. To change it, text minutes from 20 to 90. Walk, breathe, drink water."
            " No need to win it in your head."
        ),
        "TO-1S": "Break started, just for you. I'll check in at {t}. CALL is a guided one. Nothing is sent to anyone.",
        "TO-2": (
            "Mendline: {p} is taking a break to calm down and plans to be back at {t}. Nothing for you to do."
            " Please hold calls and texts till then."
        ),
        "TO-3": (
            "Halfway. Let the breath out be longer than the breath in. Feel your feet."
            " You don't need your next sentence yet."
        ),
        "TO-4": "Mendline: It's {t}. How worked up is your body now, 0-10?",
        "TO-5": "Good to hear. Ready to talk for 10 min on one topic? 1 yes 2 later today 3 tomorrow",
        "TO-5S": "Good to hear. Nothing else is due now.",
        "TO-6": "Still high, so more time is wise. New time: {t}. OK keeps it, or text minutes from 20 to 90.",
        "TO-6S": "Still high, so more time is wise. I'll ask again at {t}.",
        "TO-7": "Mendline: You're both ready. Start soft: I feel _ about _, and I would like _.…",
        "TO-8": "Mendline: Not yet for both. Next check is {t}. Until then nobody has to explain.",
        "TO-9": (
            "Mendline: The break time is over and there's no check-in yet. That isn't an answer of any kind."
            " Next check: {t}. Be kind to yourself."
        ),
        "TO-10": "Breaks work best when you come back to it.…",
        "TO-11": "Bodies usually need 20 minutes or more, so I've set 20. Text a longer time if you like.",
        "TO-12": (
            "Longer than a day can feel like being left. I set 24 hours at most. For more, tell {p} in your own words"
            " when you'll talk."
        ),
        "TO-13": "A break can't be cut short from the other side. You can use the time for you…",
        "TO-15": (
            "Mendline: How worked up is your body now, 0-10? Private. This is only to see if a talk makes sense yet."
        ),
        "TO-16": (
            "That's two longer breaks. Let's rest it for today. Set a calm time tomorrow? 1 morning 2 evening 3 not yet"
        ),
        "TO-17": "Rest. I'm here at {t}.",
        "TO-18": "I'll hold that. Breaks are quiet.",
        "CK-10": "One number from 0 to 10 is easiest, like 6. Words are welcome after it. Or SKIP.",
        "G-OK": "OK.",
        "again": "{t}",
        "BREAK": "BREAK",
        "READY": "READY",
    },
    "es": {
        "TO-1": (
            "Empieza tu descanso. Vuelves a las {t}. Para cambiarlo, envia minutos de 20 a 90. Camina, respira,"
            " bebe agua. No hace falta ganar nada en tu cabeza."
        ),
        "TO-1S": (
            "Empieza tu descanso, solo para ti. Te pregunto a las {t}. LLAMAR da uno guiado. No se envia nada a nadie."
        ),
        "TO-2": (
            "Mendline: {p} toma un descanso para calmarse y piensa volver a las {t}. No te toca hacer nada."
            " Por favor, sin llamadas ni textos hasta entonces."
        ),
        "TO-3": (
            "Vas por la mitad. Deja que el aire salga mas lento de lo que entra. Siente los pies."
            " Aun no necesitas tu proxima frase."
        ),
        "TO-4": "Mendline: Son las {t}. ¿Qué tan alterado esta tu cuerpo ahora, 0-10?",
        "TO-5": "Qué bien. ¿Puedes hablar 10 min de un solo tema? 1 si 2 hoy mas tarde 3 mañana",
        "TO-6": (
            "Aun esta alto, asi que conviene mas tiempo. Nueva hora: {t}. OK la mantiene, o envia minutos de 20 a 90."
        ),
        "TO-7": "Mendline: Ya pueden hablar. Empieza suave: siento _ por _, y me gustaria _.…",
        "TO-8": (
            "Mendline: Aun no para las dos partes. Pregunto de nuevo a las {t}. Hasta entonces nadie necesita"
            " explicarse."
        ),
        "TO-13": "Un descanso no se acorta desde el otro lado. Puedes usar el tiempo para ti…",
        "TO-15": (
            "Mendline: ¿Qué tan alterado esta tu cuerpo ahora, 0-10? Es privado. Solo sirve para ver si ya conviene"
            " hablar."
        ),
        "BREAK": "DESCANSO",
    },
}


def says(phone: Phone, phrase: str, t: str = "", p: str = "") -> str:
    """The phrase as this phone shows it; `t` is HH:MM."""
    shown = t
    if t and phone.locale == "en":
        at = datetime.strptime(t, "%H:%M")
        shown = f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
    return WORDS[phone.locale][phrase].replace("{t}", shown).replace("{p}", p)


async def is_time_for_a_break(clock: Clock, caller: Phone, partner: Phone, *grants: str, at: str = "18:12") -> None:
    """Thursday: both joined on Monday, hold these switches, and answered what the first days asked."""
    await are_linked(caller, partner, *(grants or ("C5", "R5")))
    await has_no_private_part_ahead(caller, partner)
    for phone in (caller, partner):
        await phone.texts("PAUSE 30" if phone.locale == "en" else "PAUSA 30")
    await clock.until_day(3, "12:00", caller.zone)
    for phone in (caller, partner):
        await phone.texts("RESUME" if phone.locale == "en" else "SEGUIR")
        await phone.texts("6")  # today's check-in is done with
        await phone.texts("SKIP" if phone.locale == "en" else "OMITIR")
    await clock.forward(minutes=1)
    for phone in (caller, partner):
        await phone.all_heard()
    await clock.until(at, caller.zone)
