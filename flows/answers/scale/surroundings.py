"""The words around a number that decide what it is. Lists a person can read and extend."""

from __future__ import annotations

from flows.folding import word_set

# After a number, right beside it: it counts or measures.
UNITS = word_set(
    "over times m am pm min minute minutes minuto hour hora day dia night noche week semana month mes year ano yr "
    "yrs time vez mile milla step hrs hr secs second segundo percent mg ml kg lb pound feet foot inch metro meter "
    "people ppl gente of kid child kids men women children beer beers drink drinks cup cups pill pastilla pills "
    "tablet glass dollar when cuando star estrella pack page chapter weeks hundred thousand million mil am. pm. in "
    "at o'clock more another things thing person persona degrees grado means significa left remaining to year-old "
    "years-old old bedroom way lane inches stone fold figures digit digits eleven hijo hija nino cerveza copa "
    "cigarro cigarrillo cafe coffee meeting reunion appointment text call mensaje llamada nephew niece sibling "
    "brother sister dog cat perro"
)
# Words that end in s and are not counted: "7 stressed" needs none of this, "7 thanks" does.
NOT_COUNTED = word_set(
    "as is was this yes has does its it's he's she's that's thanks gracias always sometimes perhaps besides nervios "
    "ganas ups lots buenas buenos menos mas despues pues unos unas estres quizas tras ademas entonces feels seems "
    "needs sucks looks goes gets helps hurts works says thinks mis tus sus nos les los las muchas muchos bastantes "
    "jajas saludos besos afterwards towards nowadays nervous anxious us plus vibes hugs cheers points puntos otras "
    "otros unless guess less bless stress mess yours ours days' tris todas todos antes lejos dos tres seis bien-es "
    "kiss xoxos"
)
# Between a number and a counted noun: "3 bad fights".
MAKES_A_NOUN = word_set(
    "bad big good long more new old little small whole full hard other different huge stupid great nice short "
    "broken sleepless extra lost missed single straight bright dark happy angry sad crazy busy back-to-back solid "
    "malas malos buenas buenos largas largos nuevas nuevos grandes otras otros"
)
# Before a plural these leave the number alone: "7 no fights", "6 with friends". Any other word makes a noun of both.
NO_ADJECTIVES = word_set(
    "no not had have has with without my the some few for from after of on in because due got lots too many less "
    "and i we im i'm it its it's is was feel feeling tired sad ok okay good today now but so very really just "
    "thanks love need hate miss at to all except since still despite con sin mis los las unos unas por para de del "
    "en muy tengo tuve hubo porque hoy ahora y pero cansada cansado gracias mas menos estoy fue que nada cero me se "
    "la el"
)
# Soft words after a number: the sentence may end there all the same.
SOFT_AFTER = word_set(
    "today tonight now rn currently hoy ahora still again lol so far i guess think suppose maybe please thanks thx "
    "ty gracias overall really honestly tbh imo ish or creo supongo la verdad all in haha jaja jajaja x xx"
)
# Right before a number: what follows is a time, a label, or a count of something.
TAKES_ANOTHER_NUMBER = word_set(
    "point punto coma dot are do make handle feet foot pg p nr vol somos eramos seremos at for by till until til "
    "since before after past from to too in on over under with without of than per within this that these those the "
    "my our his her their your every each all both another last next first second half quarter room step chapter "
    "page week year age aged line version bus route floor gate flight apartment apt unit house channel episode "
    "season game round part phase stage lesson question item option choice ext code pin zip which slept sleep ate "
    "drank took take had have has having got get bought ran run walked walk waited worked smoked drove lost gained "
    "weigh paid owe owes need needs want see saw met made missed read wrote called texted fought argued cried woke "
    "wake up out me him them us you u it he she they we who january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur "
    "thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves "
    "viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre day dia between entre a-las las los la el del al de desde hasta para por en con sin sobre hace cada "
    "mis tus sus semana ano habitacion piso casa calle linea numero-de paso pagina capitulo opcion dormi dormido "
    "comi tome tomado bebi tuve tengo tenia hice pase fume camine corri trabaje espere pague debo hay habia compre "
    "vi llame estos estas esos esas son eran primer primera proximo proxima ultimo ultima otro otra otros otras nos "
    "le les lo se te"
)
NEGATIONS = word_set("no not isn't isnt wasn't wasnt never nunca ni tampoco ain't aint don't dont nor neither")
