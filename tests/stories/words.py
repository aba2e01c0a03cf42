"""What phones show in the stories, to the letter (PROGRAMME 3, 4, 5 and 7). A test of the catalogue holds the rest."""

CK_1 = (
    "Mendline: Check-in time. How is today so far, 0 (rough) to 10 (good)? Add a few words if you like. SKIP is fine."
)
CK_2 = "And how settled is your body right now, 0 (calm) to 10 (very worked up)?"
CK_3 = "Thanks. Saved for you alone."
CK_3S = "Thanks. Saved. Your setting passes on the number only, this evening. Reply KEEP to hold it back today."
CK_5 = "Mendline: Still open if you want it: today, 0-10? A miss needs no reason."
CK_6 = "Mendline: Shared today by {p}: {n}/10. It isn't yours to fix. If you reply in person, try: I hear you."
CK_7 = (
    "Mendline: Nothing shared today. That can mean many things, or nothing at all. Your own check-in is open any time."
)
CK_8 = "Mendline: Slower pace from now on: every other day. MORE, LESS or PAUSE changes it."
CK_9 = "Mendline: Are these still useful? 1 yes 2 once a week 3 pause. No answer means a quiet pause."
CK_10 = "One number from 0 to 10 is easiest, like 6. Words are welcome after it. Or SKIP."
CK_11 = "No problem, we'll leave it for today."
CK_13 = "One number is easiest: 6 or 7?"

D2_1 = "Mendline: You have an item waiting. Reply OK when it suits you. HELP for help, STOP to end."
G_90 = (
    "Mendline: Reminder: this is automated, no one reads it live, and it isn't for emergencies."
    " In danger call 911. SHARE shows your settings."
)
G_OK = "OK."
G_SKIP = "Skipped. Nothing is owed."
G_LOST = "Not sure what that was for. MENU shows choices. Nothing was saved or sent."
G_STOP = (
    "Mendline: You're opted out. No more texts or calls. In danger call 911. Crisis: 988 (call or text)."
    " Reply START to come back."
)
G_TEXT = "I can only read plain text. A few words or a number is perfect."
G_WHO = "Mendline: an automated reminder service set up for this number. HELP for help, STOP to end."
G_RESUME = "Mendline: Your reminders are on again. PAUSE rests them any time."

EN_1 = (
    "Mendline: Reminders and check-ins you asked for, 1-2 msgs/day. Msg&data rates may apply."
    " Reply YES to join, HELP for help, STOP to end."
)
EN_2 = (
    "Mendline: You're in. Automated, not read live, not for emergencies: in danger call 911."
    " Answers are private unless you choose. STOP to end."
)
EN_3 = "Could anyone else see this phone? 1 only me 2 yes 3 not sure. This sets how plain my texts are."
EN_4 = "What daily time is safe and calm for a text? Example: 7:30 PM. You can change it any time."
EN_4B = "That's outside the hours I use. Shall I take {t}? 1 yes, or text another time from 8 AM to 9 PM."
EN_5 = "How would you like to be reached? 1 texts 2 calls and texts 3 only when I text or call first"
EN_10 = "What time is it where you are right now? Example: 6:40 PM. This keeps texts inside your day."
EN_10B = "Is your clock the one in {w} or {w2}? 1 the first 2 the second."

LK_2 = (
    "Mendline: Shared parts are open now. You decide item by item what to share."
    " Nothing is shared yet. SHARE shows your choices."
)
LK_3 = (
    "Mendline: Shared parts open when your counselor and both of you are ready. Until then it's your own prompts."
)

CR_1B = (
    "That sounds really heavy. You don't have to be sure it's serious to talk to someone: 988 (call or text),"
    " any hour. Are you safe now? 1 yes 2 no"
)
CR_7 = "Mendline: Just checking in, no rush. 1 doing okay 2 send the numbers again 3 please don't ask"
CR_10 = "Thank you for answering. I'll leave you in peace for a day.…"

ES_CK_1 = (
    "Mendline: Hora de tu registro. ¿Como va el dia, de 0 (duro) a 10 (bien)?"
    " Añade unas palabras si quieres. OMITIR esta bien."
)
ES_CK_2 = "¿Y como esta tu cuerpo ahora, de 0 (en calma) a 10 (muy alterado)?"
ES_CK_3 = "Gracias. Guardado solo para ti."
ES_CK_5 = "Mendline: Sigue abierto si quieres: hoy, ¿0-10? Si lo dejas, no hace falta motivo."
