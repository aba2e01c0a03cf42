"""How people say yes, no and neither in Spanish. The same kinds and the same notation as for English; no accents."""

from __future__ import annotations

from flows.answers.assent.notation import one_of
from flows.folding import word_set

_BIEN = one_of("""
    bien cierto verdad correcto posible listo lista hecho hecha de_acuerdo ok okey vale buena_idea justo conveniente
    asi necesario mi_caso buen_momento un_buen_momento para_mi lo_mio seguro_para_mi terminado terminada disponible
""")
_SURE = one_of("""
    claro por_supuesto desde_luego seguro obvio obviamente evidentemente naturalmente definitivamente ciertamente
    absolutamente rotundamente totalmente efectivamente logico logicamente clarisimo segurisimo clarinete fijo
""")
_SOFT = one_of("""
    pues bueno la_verdad la_verdad_es es diria yo_diria creo yo_creo pienso supongo imagino me_parece parece
    sospecho me_temo temo lamentablemente por_desgracia desgraciadamente tristemente lastima afirmo confirmo
""")
_TRY = one_of("""
    intentar intentarlo tratar hacer_lo_posible probar ver pensarlo pensar hacer_el_intento hacer_un_esfuerzo
    consultarlo mirarlo checarlo preguntar decidirlo
""")
_LATELY = one_of("""
    hoy todavia aun ahora ya yo esta_vez al_final ayer anoche ahorita la_verdad
""")
# What was not done, wished or possible, behind "no lo" and behind "no".
_NOT_IT = one_of("""
    late he hemos voy puedo pude hice hecho haria hare tengo quiero logre tome apetece da gusta gustaria interesa
    conviene animo atrevo fue_posible hice
""")
_NOT_DONE = one_of("""
    he hemos habia pude puedo podre podria quiero quise tengo tuve voy fui hice hare haria llegue logre consegui
    alcance soy estoy estaba estuve iba tome llame comi termine acabe hablamos hablo hago debo deberia necesito
    podemos pudimos queremos fuimos hicimos
""")
# "No" before these denies nothing.
_NO_NO = one_of("""
    te_preocupes es_asunto_tuyo pasa_nada hay_de_que importa obstante solo es_para_tanto sea_que manches
    mames digas me_digas hay_prisa hay_nadie
""")

_BUENO = "bien|genial|perfecto|bueno|excelente|estupendo|fenomenal|fantastico|maravilloso|correcto|divino|padre|chevere"
_DISPUESTO = one_of("""
    listo lista dispuesto dispuesta preparado preparada disponible de_acuerdo conforme animado animada contento contenta
""")
_CUMPLI = one_of("""
    cumpli cumplimos cumpli_mi_promesa cumpli_lo_prometido cumpli_con_todo mantuve_mi_palabra mantuve_mi_promesa
    lo_cumpli la_cumpli termine termine_todo acabe lo_termine la_termine lo_acabe lo_pude_hacer pude_hacerlo
""")
_FALLE = one_of("""
    falle fallamos fracase rompi_mi_promesa rompi_la_promesa incumpli falte_a_mi_palabra me_rendi me_rajee me_raje
    me_quede_dormido me_quede_dormida recai la_regue meti_la_pata le_falle
""")
_SEGUIR = "seguir|continuar|empezar|participar|seguir_adelante|hacerlo|intentarlo|ir|probar"

SPANISH: dict[str, str] = {
    "yes": f"""
        eso|me|todo|esto? suena|parece|pinta muy|bastante|super? {_BUENO} | suena a_buena_idea|a_buen_plan
        me_parece muy|super? {_BUENO}
        esta|todo|todo_esta muy|todo|super? genial|perfecto|bueno|excelente|estupendo|correcto
        totalmente|completamente|muy|absolutamente de_acuerdo
        eso? me funciona|acomoda|cuadra | eso? funciona para mi|nosotros
        manos_a_la_obra | dalo_por hecho|seguro | con_toda seguridad|certeza | seguramente|seguro_que|obviamente si
        seguramente|seguro|naturalmente|evidentemente que_si | sera|es un_placer | me_encanta la|tu|esa idea
        te? doy mi|te_mi|permiso|el palabra|consentimiento|autorizacion|permiso|aprobacion? | autorizo | apruebo
        tienes_mi permiso|palabra|consentimiento | me_anoto | no_me_molesta nada|para_nada?
        vamos|sigamos|continuemos|empecemos adelante|con_eso? | quiero|queremos|deseo|quisiera|me_gustaria {_SEGUIR}
        estoy|estamos muy|mas_que|bien? {_DISPUESTO} a|para? hacerlo|empezar|eso|ello|seguir|todo|ir?
        sip | sipi | sii | simon | aja | aha | afirmativo | en_efecto | clarin | clarines | si {_SURE} | como_no
        y_como_no | por_que_no | porque_no | pq_no | xq_no
        sin ninguna? duda|dudarlo|problema|problemas|falta|pensarlo alguna?
        no hay|tengo|veo|seria ningun? problema|problemas|inconveniente|duda|objecion | no_veo_por_que_no
        ningun|ninguna problema|inconveniente|duda | no_es problema|molestia|ningun_problema | de_acuerdo
        me_parece bien|perfecto|genial|buena_idea|estupendo|bueno|correcto | me_late | me_apunto
        cuenta|cuenten|cuentas|cuente conmigo|con_ello|con_eso | apuntame | con_gusto | con_mucho_gusto
        encantado | encantada
        con_placer
        gustoso | me encantaria|gustaria eso|hacerlo? | me_va_bien | me_viene_bien | me_sirve | me_conviene
        asi es|mero|fue | asi_se_hace | es verdad|cierto|correcto|asi|un_si | por_favor_si | acepto | lo_acepto
        confirmo | confirmado | confirmada | adelante | hagamoslo | hazlo | vamos | dale | orale | andale | venga
        ok va|dale|sale|pues | va que_va|pues | sale pues|y_vale | a_huevo | ahuevo | a_webo | awebo | a_wevo
        ya que|te_digo_que si | si_quiero
        si_acepto | si_por_favor | de_una | ya? lo|la|los|las hice|logre|consegui|termine|acabe|tome|cumpli|hecho
        ya esta|quedo|termine|acabe|pude|fui|comi|llame|lo_hice hecho?|lista?|listo?
        ahi_estare | alli_estare | cien_por_cien|ciento | 100_por_ciento|cien
        100porciento | faltaba_mas | no_faltaba_mas | no_faltaria_mas | mil_veces_si | si_senor | si_senora
        por_mi_si | positivo | te_lo prometo|juro|aseguro | lo prometo|juro | estoy seguro|segura|de_acuerdo|conforme
        conforme | eso_si | dimelo_que_si | hecho_esta | cuando_quieras | claro_esta | ni_dudarlo | ni_lo_dudes
        no_lo_dudes | faltaria_mas | eso_mero | eso_mismo
    """,
    "assure": """
        claro | por_supuesto | desde_luego | obvio | obviamente | evidentemente | naturalmente | logico | logicamente
        clarisimo | efectivamente
    """,
    "assure alone": """
        por_favor | porfa | tambien | seguro | segura | segurisimo | fijo | totalmente | absolutamente
        definitivamente | yo_tambien | a_mi_tambien
    """,
    "yes alone": f"""
        eso | eso_es | hecho | hecha | listo | lista | perfecto | genial | estupendo | exacto | exactamente | correcto
        cierto | verdad | bueno | ya | quiero | puedo | pude | si_pude | si_puedo_ya | lo_hice | quisiera | excelente
        fantastico | maravilloso | buena_idea | buenisimo | siempre | todos_los_dias | cada_dia | terminado
        terminada | cumplido | cumplida | claro_y_conciso | me_gusta | me_gusta_la_idea | padre | chido
        es correcto|cierto|verdad|posible | esta hecho|hecha|listo|lista | tal_cual | amen | naturaca | y_tanto
        estoy listo|lista | me_siento|estoy muy|bastante|mas? segura|seguro|a_salvo|tranquila|tranquilo
        ya_estas | sirve | obvi | asi_mismo | voy | ya_voy | voy_a_ir | ire
        puedo|podemos ir|hacerlo|asistir
        ya_mismo | ahora_mismo lo_hago|voy? | mision_cumplida | ya? {_CUMPLI} | siempre lo_hago|lo_he_hecho
        todas las_noches|las_mananas|las_semanas|las_veces | bacan | joya | seguir | continuar | sigue | continua
        continue | sigamos | chevere | barbaro | sisi | sisisi | asistire | vamos_a_ir | iremos
        ya? hable|llame con|a? el|ella|los_dos? | ya? comi|fui|pague|tome eso|todo?
        ya? lo|la|le|los|las llame|pague|mande|envie|compre|escribi|tome | a_salvo | arre | ya_rugiste | ya_vas
        compartelo | compartela | dile | diles | puedes decirle|decirselo|contarle | sigo_adelante | mucho | muchisimo
        trato_hecho | muy_cierto | es_la_verdad | pulgar_arriba | me ayudo|sirvio|ha_ayudado mucho|bastante?
        prometido | me_parece
    """,
    "weak yes": "ok | okey | oki | vale | bueno | bien | esta_bien | muy_bien | de_acuerdo_pues",
    "agree": "estoy_de_acuerdo | concuerdo | coincido | estoy_de_acuerdo en? que | tienes_razon | tiene_razon",
    "agree alone": "correcto | cierto | exacto",
    "echo yes": """
        si? lo|la|los|las hice|haria|hare|tengo|quiero|logre|tome | quiero hacerlo|eso | puedo hacerlo | me_gustaria
        lo_haria | lo_hare | lo_voy_a_hacer | voy_a_hacerlo | me_encantaria | lo_logre | lo_consegui | pude hacerlo
        ya_pude | lo_he_hecho | la_he_hecho | ya_lo_he_hecho
        ya_la_he_hecho | si_he_podido
    """,
    "no": f"""
        no | nop | nope | nel | nel_pastel | nanay | nones | nah | na | ño | negativo
        probablemente|seguramente que? no | que_va
        ni hablar|pensarlo|loco|loca|de_broma|de_chiste|muerto|muerta|sonarlo|en_suenos|modo_de_que
        ni por_asomo|por_pienso|de_cona|a_palos|tantito | de ninguna manera|eso_nada|ningun_modo | de_eso_nada
        nada de_eso | bajo ningun concepto|ninguna_circunstancia
        ya|ahora|hoy|ahorita|mejor|por_ahora|esta_vez|de_momento|por_el_momento|esta_noche|aqui no
        este_mes|esta_semana|este_ano|esta_tarde|esta_manana|ultimamente|casi|mas_bien|yo_mejor no | va_a_ser_que_no
        creo_yo_que_no | no creo|lo_creo|me_parece|parece|quiero|puedo|pude|quisiera|gracias | lo_dudo
        dudo que|mucho? | es_imposible | no_es_posible | me niego|opongo | rechazo | no {_BIEN}
        no esta|es|estoy|estan|me_parece|me_queda|me_va|me_viene|lo_veo tan|muy|nada? {_BIEN} | ni_se_te_ocurra
        no_estoy_de_acuerdo | estoy_en_desacuerdo | en_desacuerdo | discrepo | no_acepto | es falso|mentira | un_no
        paso_de_eso | se_me olvido|paso|fue|ha_olvidado | me_olvide | olvide | lo_olvide
        preferiria|prefiero|prefiero_que no | mejor_en_otro_momento | ni_una_vez | no_no | apenas_y
        eso|esto|todo? esta|es|estuvo muy|bastante? mal | sin interes|ganas|tiempo|energia|fuerzas | ni_ganas
        me da|dio|daba mucha? pereza|flojera|cosa|miedo_hacerlo | me falto|falta tiempo|fuerza|valor|energia
        conmigo no_cuentes|no_cuenten | no cuentes|cuenten|cuente conmigo | de_ningun_modo
        bajo_ninguna_circunstancia
        sin terminar|hacer|empezar|acabar | sigo_sin poder|hacerlo
        aun|todavia sin hacer|terminar|acabar|empezar
        prefiero|preferiria quedarme|descansar|esperar|otra_cosa|dormir
        denegado | denegada | paso_por hoy|ahora | no_hubo tiempo|manera|modo|forma | no_hay tiempo|manera|modo|forma
        no_se puede|pudo|hace|hizo|lo|la|me|te|le|dio|ha_podido | no_del_todo_no | en_la_vida | no_senor | no_senora
    """,
    "no through": "nunca jamas|mas? | jamas | tampoco | para_nada | en_absoluto | ni_siquiera",
    "not yet": "todavia|aun no | no todavia|aun",
    "no alone": f"""
        ninguna|ninguno de las_dos|los_dos|ellas|ellos | asi estoy|estamos bien gracias? | nanai | ninguna
        mejor|prefiero que_quede|que_sea|dejarlo privado|entre_nosotros|asi | neh | nambe | todavia|aun nada | nada_bien
        sin_suerte | pulgar_abajo
        estaba|estuve|andaba|ando muy|bien? cansada|cansado|ocupada|ocupado|enferma|enfermo | nadita | cero
        noup | naranjas | estoy? muy? ocupado|ocupada|liado|liada
        hoy|esta_vez|otra_vez|al_final? {_FALLE} otra_vez|de_nuevo|hoy?
        imposible | falso | incorrecto | mentira | negado | negada | equivocado | paso | yo_paso | olvidalo
        casi_nunca | rara_vez | ni_uno | ni_una | raramente | ninguno | sin_exito | nopi | nopis | ni_yo | yo_tampoco
        a_mi_tampoco
    """,
    "echo no": f"""
        no me|te|le|les|nos|os|lo|la|los|las|me_la|me_lo|te_lo|se_lo|le_he|lo_he|me_he
        no {_CUMPLI}
        no vamos|iremos|asistire|ire|podre|podria|haremos|acepto|autorizo|doy|sirve|funciona|estamos|seguire|sigo
        {_LATELY}? no lo|la|los|las|le|me|nos|se_lo|te {_NOT_IT} | {_LATELY}? no {_NOT_DONE} | me_fue_imposible
        no_me fue_posible|dio_tiempo|siento|dejan|dejaron|alcanzo | ni pude|quise|lo_intente
    """,
    "unsure": f"""
        mitad_si mitad_no|y_mitad_no | mitad_y mitad | estoy_intentando lo? | intentandolo | al_menos lo? intente
        algunos|ciertos|muchos dias|ratos | algunas|muchas noches|veces | da_lo_mismo | lo_que_sea | estoy_en_duda
        no puedo|quiero|te_puedo prometer nada|prometerlo?
        te aviso|cuento|confirmo|digo luego|despues|manana|pronto?
        luego veo|vemos|te_aviso|te_confirmo|te_cuento|lo_veo|lo_pienso | por_poco | no_sabemos | aun_no_se
        ni_idea de_si? | no_me importa|acuerdo|decido
        mas si|no que no|si | hago lo_que_puedo|lo_posible | puedo {_TRY} | hice la_mitad|una_parte|un_poco|algo
        vamos_viendo | luego_vemos | quizas | quiza | tal vez|ves|bez | talvez | a lo mejor | alomejor
        puede ser|que|que_si|que_no? | podria ser? | capaz que? | igual si|no|y_si|puedo | posiblemente
        probablemente | seguramente | es? probable|posible que? | lo mas probable|seguro | depende de? | segun
        eso_depende | mas_o_menos | masomenos | mas_menos | si_y_no | ni_si_ni_no | no_y_si | si_pero_no | no_pero_si
        si_o_no | no_o_si | no lo|la? se|sabria|sabemos
        no_se si|que|todavia|aun|bien|muy_bien|exactamente|la_verdad? | nose | no_sabria decirte|decir|decirlo?
        ni_idea | no_tengo ni? idea|claro | no_lo_tengo claro|muy_claro|decidido | no_te_sabria_decir
        no_sabria_que_decir
        {_LATELY}? no estoy? muy|tan|del_todo|nada|completamente|todavia? seguro|segura|convencido|convencida
        no_me acuerdo|recuerdo|decido|importa | no_recuerdo | no_he_decidido
        aun|todavia no_se|no_lo_se|no_decido|no_he_decidido | quien_sabe | sepa | vete_a_saber | vaya_uno_a_saber
        a_saber | dios_dira | ya veremos|vere|vemos|se_vera|te_dire|te_cuento
        luego|despues|manana|mas_tarde te digo|aviso|cuento|confirmo | me_da_lo_mismo | ni_fu_ni_fa
        mejor manana|luego|despues|otro_dia|mas_tarde
        espera|esperame|espere|dame|deme un_momento|un_minuto|un_segundo|un_rato|tantito
        lo|la? dejamos|dejo|dejemos|pospongo|posponemos para|por otro_dia|manana|luego|despues|la_proxima
        lo|la? dejamos|dejo para otra_ocasion | a_ver si? | veremos | vamos_a_ver | vere
        lo vere|veremos|pensare|pienso|consultare|intentare|voy_a_intentar|voy_a_pensar|tratare | intentare
        intentaria | tratare de? | trato de? | voy_a {_TRY} de? | vamos_a {_TRY} | quiero {_TRY} | tengo_que {_TRY}
        dejame {_TRY}|ver | hare lo_posible|lo_que_pueda|mi_mejor_esfuerzo|el_intento | espero que? si|no | espero
        ojala | con_suerte | con_un_poco_de_suerte | primero_dios | dios_mediante
        en parte|cierto_modo|cierta_forma|teoria | a_medias | a_ratos | a_veces | de_vez_en_cuando | algunas_veces
        solo un_poco|un_poquito|algo | parcialmente | hasta_cierto_punto | casi casi? | casi_termino | mitad_y_mitad
        la_mitad | solo una_parte|un_poco|la_mitad|algo
        no del_todo|todo|completamente|totalmente|siempre|necesariamente|exactamente_todo
        me_lo pienso|pensare|estoy_pensando|tengo_que_pensar | lo_estoy_pensando | estoy_en_eso | en_eso_estoy
        estoy en_ello|dudando|indeciso|indecisa|pensandolo | tengo_dudas | tengo_mis_dudas | tengo_que_pensarlo
        en_eso ando|estoy|andamos|voy | es? dificil de? decir|decirlo|saber|saberlo
        como_tu? digas|quieras|prefieras|veas | si_tu? lo_dices | preguntame manana|luego|despues|mas_tarde
        tendria_que ver|pensarlo|mirar|preguntar | dejame pensar|ver|pensarlo | necesito tiempo|pensarlo|mas_tiempo
        da_igual | me_da_igual | como_quieras | como_tu_quieras | lo_que quieras|tu_digas|digas
        tu decides|diras|veras | es complicado|dificil_de_decir|relativo | dificil_decir | dificil_saber
        supongo_que? tal_vez|quizas | quisiera_pero | deberia | podria | quiza|tal_vez si|no | en_proceso
        voy_en_camino | ahi_voy | ahi_vamos | mas_tarde | otro_dia | en_otro_momento | lo_voy viendo|pensando
        no_prometo nada? | no_te_prometo nada?
    """,
    "condition": """
        si puedo|tengo|puedes|se_puede|me_da_tiempo|hay|quieres|me_dejan|dios_quiere|es_posible|todo_va_bien
        siempre_que | solo_si | a_menos_que | siempre_y_cuando | con_tal_de_que | en_caso_de
        cuando pueda|tenga|termine|me|este|llegue|salga|vuelva|vaya | en_cuanto pueda|tenga
    """,
    "attempt": """
        lo? intente|intento|trate|procure de? | hice? el_intento
        queria|quise|quisimos|pensaba|planeaba|esperaba hacerlo|ir? | iba_a hacerlo|ir? | hice_lo_posible
        hice_lo_que_pude | casi_lo_hago | estuve_a_punto de? | tenia_pensado
    """,
    "mild": "ambos | ambas | las_dos | los_dos | yo? supongo|creo|imagino|me_imagino|pienso|digo_yo",
    "unsure alone": """
        un poco|poquito | medio | si_no | no_si | igual | capaz | regular | luego | despues | pronto | mas_adelante
        un_dia | algun_dia | algo
        casi | medio | espera | mmm | puede | podria | deberia | quisiera_poder | vere | mitad | alguna_vez
        empece
    """,
    "neither": f"""
        estoy bien|mal|regular|mejor|peor|cansado|cansada | no {_NO_NO} | ni_modo | de_nada | nadie | nada
        no_esta_mal | no_estoy_mal | no_me_va_mal | si_no_es | si_acaso | por_si_acaso | si_mismo | en_si | si_bien
        ya basta|veo|se|sabes|voy|que | claro_que_depende | no_mas | no te|le|lo? entiendo|comprendo|entendi | bien_y_tu
        vale_la_pena | eso_no_vale | como_esta | como_estas | no_duermo | no_hay_senal
    """,
    "opener": f"""
        {_SOFT} que? | pues | bueno | mira | oye | hola | ay | uy | ah | eh | este | mmm | jaja | jajaja | ja | jeje
        hombre | mujer | tio | tia | amor | la_verdad es? que? | en_realidad | sinceramente | honestamente
        francamente | perdon | perdona | disculpa | lo_siento | gracias | hoy | ahora | yo | a_mi | para_mi
        por_mi_parte | por_mi | por_ahora | de_momento | por_el_momento | mi_respuesta es? | la_respuesta es?
        respuesta | en_mi_opinion | es_un | es_una | un | una | a_decir_verdad | si_te_soy_sincero | si_te_soy_sincera
        de_hecho | obviamente_que | entonces | total | al_final | rotundo | sabes|ya_sabes|tu_sabes que | eso
        esta_vez | por_fin | ya | buenas
        dios_mio | madre_mia | wow | uf | uff | ufff | buf | pos | pss | po | che | wey | guey | we | es_que | que
        me_temo_que | seria_un | diria_que_un | por_suerte | afortunadamente | desafortunadamente | lamento_decir que?
        esto | todo | tambien
    """,
    "said": "ya? dije|digo|dije_yo|te_dije|he_dicho que? | como_dije | te_digo | ya_te_dije que?",
    "tail": """
        gracias | por_favor | porfa | porfavor | porfis | muchas_gracias | hoy | ahora | ahorita | ya | manana | ayer
        anoche | amor | carino | mi amor|vida|reina | senor | senora | hombre | mujer | tio | tia | jaja | jajaja
        jeje | creo | creo_yo | la_verdad | de_verdad | en_serio | siempre | tambien | pues | para mi|nada | conmigo
        contigo | por_ahora | de_momento | por_el_momento | todavia | aun | lo_siento | perdon | disculpa | entonces
        esta manana|tarde|noche|semana|vez|bien | temprano | un_beso | saludos | wey | guey | che | rotundo
        rotundamente | con_eso | eso | asi | bro | compa | beso | besos | verdad | toda | todo | todos
    """,
    "correction": """
        espera | perdon | digo | mejor_dicho | quiero_decir | quise_decir | me_equivoque | rectifico | corrijo
        no_espera | bueno_no | mejor
    """,
    "instead": "en_vez_de | en_lugar_de | y_no",
    "connector": "pero | y | aunque | sin_embargo | asi_que | entonces | solo_que | excepto | salvo | sino | luego",
    "reason": "porque | pq | xq | ya_que | puesto_que | como",
    "hedge": "quizas | quiza | talvez | probablemente | posiblemente | ojala | depende | intentare",
    "elsewhen": "manana luego despues otro otra proxima mas_tarde",
    "saying": """
        dije dijo dice dijeron dicen digo pregunto preguntaron contesto respondio piensa piensan cree creen llamo
    """,
}

# "Si" without its accent is "if" before these.
IF_BEFORE = word_set(
    "puedo puedes puede podemos pueden tengo tienes tiene tenemos quieres quiere quieren hay dios es se te nos os "
    "vas va vamos van alcanzo alcanza llego llegas llega consigo consigues logro logras salgo sales sale termino "
    "terminas termina da das dan hace hacen llueve viene vienes vienen llama llamas llaman deja dejas dejan toca "
    "sabes sabe cabe fuera fuese pudiera tuviera hubiera estuviera quisiera tuviese acaso no"
)
# And "yes" before these, or before the past of a verb, which ends in e or i.
YES_BEFORE = word_set(
    "lo la los las ya gracias por senor senora amor carino claro mi quiero acepto estoy esta ok vale bueno hoy "
    "manana hombre mujer tambien que pero y aunque todo completamente totalmente absolutamente definitivamente he "
    "hemos me gusta gustaria encanta encantaria parece interesa apetece conviene sirve"
)
