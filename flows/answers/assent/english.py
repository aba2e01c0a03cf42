"""How people say yes, no and neither in English. A closed list of phrases by what they are worth."""

from __future__ import annotations

from flows.answers.assent.notation import one_of

_SUBJECT = "i|we|it"
_AUX = "do|did|am|have|will|would|can|was|shall|had"
_AUX_NOT = one_of("""
    dont didnt havent wont wouldnt cant cannot couldnt wasnt shant aint hadnt doesnt isnt hasnt arent
""")
_SURELY = one_of("""
    most_certainly really definitely absolutely certainly totally already just also sure actually always still honestly
    def
""")
_IT = one_of("its it_is thats that_is this_is im i_am were we_are it that this everything_is it_was")
_GOOD = one_of("""
    ok okay okey fine good great right true correct cool possible ready happy comfortable interested able done alright
    all_right agreed acceptable worth_it going_to_happen gonna_happen happening working it me fair helpful safe a_yes
""")
_NOT = one_of("not isnt aint arent wasnt wont_be cant_be doesnt_sound doesnt_feel doesnt_seem never")
_VERY = one_of("so very too that really quite at_all all exactly even particularly very_much just all_that my_idea_of")
_WILL = one_of("""
    ill i_will i_can can will gonna going_to im_gonna im_going_to i_am_going_to let_me lemme ill_have_to id_have_to
    i_could could i_shall ima imma id_need_to i_need_to need_to i_have_to i_must well we_will we_shall id i_want_to
    want_to i_do i_may i_might ill_at_least i_would i_would_have_to ill_def ill_definitely i_will_definitely
""")
_SEE = one_of("""
    try attempt see think check consider try_my do_my give_it_a let_you get_back sleep_on find_out ask aim aim_to
    do_what_i_can
""")
_ENTIRELY = one_of("""
    so too really quite entirely very 100percent completely totally all_that that particularly at_all even yet
""")
_ALL = one_of("""
    all fully entirely completely wholly totally altogether everything necessarily always usually often much
""")

ENGLISH: dict[str, str] = {
    # Whatever follows.
    "yes": f"""
        yes | yep | yeah | yea | yup | yeh | yah | yh | yas | yass | yus | yuh | ye | aye | affirmative | roger
        yessir | uh_huh | uhhuh | mhm | mm_hm | mm_hmm | mmhm | mmhmm | oui | sure_thing | by_all_means | yeppers
        without|no a? doubt about_it? | without_question | no question about_it? | you bet|betcha | you_know_it
        no problem|problems|prob|probs|issue|issues|objection|objections|trouble|biggie at_all? | np | no_worries
        {_IT}? not a|an problem|issue|bother|big_deal at_all? | no big_deal | why_not | why_wouldnt_i
        i? dont_see_why_not | i? cant|cannot|can_not wait | wouldnt_miss_it | i? couldnt|cant agree more | wont_say_no
        i? wont_say_no | i? dont|wouldnt mind at_all?
        i? dont_have a|any problem|problems|objection|objections|issue|issues
        sounds good|great|fine|perfect|ok|okay|right|lovely|nice|cool|awesome|wonderful|like_a_plan|like_a_deal
        works_for_me | that_works | thatll_work
        that|it|thatd|itd would_be|be great|good|nice|fine|lovely|perfect|ok|okay|helpful
        im in|game|on_it|up_for_it|up_for_that | i_am in|game | count|sign me_in|me_up | on_it
        i_would|id|would love|like that|to|it | love_to | id_love_it | i_would|id_be happy|glad to? | happy|glad to
        with_pleasure | my_pleasure | i? think|believe|guess|suppose|reckon|figure|assume|imagine so
        i_would|id say|think so | will_do | can_do | granted | im? afraid so | why yes|sure|certainly|of_course
        right_on | consider_it_done | i? already|just did|have|done | did_it | i_did_it | all_done | got_it_done
        i? accept | accepted | approved | confirmed | i? confirm | please_do | yes_please | go_ahead | go_for_it
        lets do it|this|that | i? sure did|do|will|can|am|would|have | you_got_it | count_on_it | count_on_me
        im_sure | im_certain | i_am_sure | good|great|nice|excellent idea | makes_sense | fair_enough | i_promise
        i_swear | absofuckinglutely | hells_yeah | too_right | damn_right | damn_straight | heck|hell ya | yes_indeed
        yesh | i_insist | undoubtedly | unquestionably | indubitably | indeed_i {_AUX}
    """,
    # Makes a no only stronger: "of course I didn't".
    "assure": """
        sure | most_definitely | most_certainly | of_course | ofc | absolutely | definitely | certainly | totally
        def | defo | deffo | for_sure | fo_sho | 4_sure | fs | surely | obviously | obvs | clearly | naturally
        100percent | 100|hundred percent | one_hundred_percent | a_hundred_percent
    """,
    "assure alone": "please | positively",
    # Only where nothing else is said beside it.
    "yes alone": """
        precisely | indeed | im? pretty|quite|very sure|certain|confident | perfect | great | cool | deal | done | bet
        positive | finished | completed | complete | gladly | willingly | quite so? | very_true | so_true
        very_much so? | ya | k | kk | 10_4 | ten_four | excellent | awesome | wonderful | lovely | i_am | in | amen
        agreed_upon | always | every_day | every_time | lets | yuppers | do_it | lets_go | heard | word | facts
        true_that | thats_me | thats_it | bingo | okay_by_me
    """,
    # Gives way to whatever else is said: "ok, no thanks".
    "weak yes": """
        ok | okay | okey | oki | okie | okie_dokie | okey_dokey | okey_dokie | okay_then | alright | all_right
        alrighty | aight | ight | very_well | fine_then | righto | right_then | right_o
    """,
    "weak yes alone": """
        fine | thats|that_is|its|it_is fine|ok|okay|alright|cool|good|all_good|perfect|great
        fine|good|ok|okay with|by me|that|it | im ok|okay|fine|good|happy|cool|comfortable with that|it|this
        all_good
    """,
    # Says that what follows is so: "agree, it is not ok".
    "agree": "i? totally|completely|fully|do|strongly|really|kinda? agree | agreed | i_agree_with_that",
    "agree alone": """
        right | correct | true | exactly | thats|that_is|youre|you_are|it_is|its right|correct|true|exactly_right
    """,
    # Short answers: only where the thought ends.
    "echo yes": f"""
        {_SUBJECT}|they {_SURELY}? {_AUX}|is|does|has|were do? it|that|this|so? | i {_AUX} {_SURELY}
        im going|gonna to? | im ready|done|able_to | ill_do it|that|this|so | i_will_do it|that|this|so | ill_be_there
        i_will_be_there | ill_come | i_made_it | i took|take care_of_it | handled_it | i want|like|love to|it|that
        i_do_want to|it|that | i_need it|that
        i did|finished|completed|managed it|that|this|everything|them|all_of_it | i_managed to? | i_did_do it|that
    """,
    "no": f"""
        no | nope | nah | naw | nay | nop | negative | negatory | nuh_uh | nuhuh | uh_uh | nix | nein
        no sir|thanks|thank_you|ty|can_do|chance|dice|deal|go|luck|time|longer|need
        not_a chance|hope|prayer|hope_in_hell | fat_chance | not_happening | aint happening|gonna | lets not
        bad|terrible|not_a_good idea | not feeling_it|feeling_like_it | im? afraid not
        not now|today|tonight|tomorrow|really|quite|exactly|especially|particularly|anymore|ever|likely|interested|doing
        not this time|week|month|one|morning|evening|weekend|year | not at all|the_moment|present|this_point|this_time
        not for me|a_while|now|long | not me|us|possible|happening|so_much|so_fast|that_i_know_of|in_the_slightest
        not in the_least|a_million_years|the_mood | not going|gonna|able to? | not if_i_can_help_it
        not any more|longer | not on your_life|my_watch | not_going_to_happen | not_gonna_happen | not_up_for_it
        not_up_to_it | not_a_fan | probably|prob|probs|prolly|most_likely|likely not | {_IT}? {_NOT} {_VERY}? {_GOOD}
        {_NOT} a_good|a_great|my_thing|what_i_want time|idea?
        i? {_SURELY}? dont|do_not really|honestly|actually? think|believe|reckon|suppose|figure|imagine so
        i? highly|seriously|really? doubt it|that|so | highly? unlikely | hardly ever?
        i? guess|suppose|think|believe|reckon|figure not | i? would|d? rather|prefer|sooner not to?
        id rather|prefer|sooner not to? | i_prefer not to? | ill|i|gonna|im_gonna|i_will pass | hard pass
        count_me_out | im_out | i_am_out | out_of_the_question | i? refuse|decline|disagree|object
        i_respectfully decline|disagree | declined | denied | rejected | disagreed | disagreeing | strongly? disagree
        unable to? | im|i_am unable to? | thats|that_is|its|it_is wrong|false|incorrect|untrue|bad | no_no
        by_no_means | under_no_circumstances | on_no_account | nothing_doing | like_hell | no_siree | hell_to_the_no
        i? totally|completely|clean|just? forgot to|it|about_it|again
    """,
    # Denies all that follows in its thought: "never did", "never tried".
    "no through": """
        never | no way|chance | not in|on|at|with|by|from|during|as_of_now|so_far
        i_would|id rather|prefer|sooner you|he|she|they|we? didnt|dont|not|wouldnt
    """,
    "not yet": "not yet | i? havent|didnt yet",
    "no alone": """
        n | pass | impossible | false | wrong | incorrect | untrue | forget_it | as_if | dont | please_dont
        nowhere_near | i? totally|completely|clean|just? forgot | 0_percent | zero_chance | zilch | not | nor_i
        me_neither | neither_did_i | wishful_thinking | nay | rarely | out | not_a_bit | not_one_bit | skipped_it
        i_skipped_it | missed_it | i_missed_it
    """,
    # A statement in the negative; more may follow: "I didn't have time".
    "echo no": f"""
        i|we|it {_SURELY}? {_AUX_NOT} | i|we|it {_SURELY}? {_AUX}|could|should|is|does|has not|never
        will|would|did never | i_am not | im|were|its not | {_AUX_NOT} | did|have|can|will|would|could not | i never
        i|we simply|just|really|still|actually|honestly {_AUX_NOT}
        dont want|have|feel|need|wanna|like|agree|believe|think|do|plan|intend
        couldnt|didnt|wasnt_able make_it|happen|get_to|manage|do_it|to
    """,
    "unsure": f"""
        maybe | mebbe | perhaps | possibly | potentially | could_be | might_be | may_be | it could|might|may be | mby
        i|we|it? might|may | probably | prob | prolly | probs | most_likely | more_than_likely | likely | hopefully
        with_any_luck | with_luck | fingers_crossed | lets_see | i? would? hope so|not|to | lets_hope so?
        hoping so|to | i_wish | if_only | not {_ENTIRELY}? sure|certain|decided|convinced
        im|i_am? unsure|uncertain|undecided|torn|doubtful|on_the_fence|not_sure|not_certain|not_convinced|of_two_minds
        isnt_sure | i? havent decided|made_up_my_mind|thought_about_it
        still deciding|thinking|undecided|unsure|not_sure|debating|considering
        i? really|honestly|just|still|truly|actually? dont|do_not|dunt really|even|quite|actually? know|remember|recall
        dunno | donno | i_dunno | idk | idek | iduno | who knows|can_say|can_tell | god_knows | lord_knows
        goodness_knows | i? {_SURELY}? have? no idea|clue|comment|preference|opinion|strong_feelings|thoughts
        not_a_clue | havent_a_clue | i? havent a|the clue|foggiest | beats_me
        hard|difficult|tough|impossible|tricky to_say|to_tell|to_know|call|one|question
        i? cant|couldnt|cannot really|honestly? say|tell|decide|remember|recall|tell_you | i_forget | either_way
        either_or | either | whatever | whichever | i? dont|couldnt care less? | doesnt_matter | idc | idm | up_to_you
        as_you wish|like|say|please|want | if_you say_so|think_so|insist | you decide|choose|pick | your call|choice
        it? all|really|just|kinda? depends | that_depends | depending | varies | sometimes | occasionally
        now_and_then | on_and_off | off_and_on | at_times | some_days | from_time_to_time | it_varies | kind_of
        kinda | sort_of | sorta | partly | partially | in_part | half_way | halfway | half_and_half | half | somewhat
        only|just? a_bit|a_tiny_bit|a_little_bit|a_little|a_tad|part|partly|partially|half|some|slightly of_it?
        bit_of_both | a_bit_of_both | both | more_or_less | to_some extent|degree | to_a degree|point|certain_extent
        in a|some way|ways | up_to_a_point | so_so | almost|nearly done|there|finished|completely? | mostly | mainly
        for_the_most_part | some_of|part_of|most_of|half_of it|that|them | not {_ALL} of_it?
        not unless|without|if|until|till | yes_and_no | yes_or_no | yes_or_not | neither_yes_nor_no | yes_but_no
        no_but_yes | yeah_right | no_and_yes | no_or_yes | yay_or_nay | {_WILL} {_SEE} about_it? | trying to?
        im|i_am|been trying to? | try to? | do|doing my best | best_i_can | as_best_i_can
        i? should|ought|could be_able_to?|to? | i? want|plan|mean|intend|hope|aim|expect to
        planning|hoping|meaning|aiming|intending to|on | supposed to? | in_theory | theoretically | ideally
        supposedly | presumably | allegedly | apparently | arguably | god_willing
        ask me? later|tomorrow|again|another_time | another|some_other|next time | thinking about? it?
        let_me think|see|check|ask|get_back | need|give_me more? time | in_progress | working on? it?
        i? did some|most|part|half|a_bit|a_little of? it|that? | not that_i_remember|that_i_recall | fiftyfifty
        getting_there | 50_50 | fifty_fifty | i_think_i? might|may|should|could | leaning yes|no|towards|toward|to
        on_my_to_do_list | its_complicated | i? started to|it | half_done | halfway_there | i_guess_maybe | ish
        remains_to_be_seen | time_will_tell | to_be_determined | tbd | tba | jury_is_still_out | let_me_know
        i_have_my_doubts | i? cant promise|guarantee | no_promises | no_guarantees | i? cant_be_sure
        not opposed|against|impossible|out_of_the_question|the_worst | i? wouldnt_say no|that|so
        i? suppose|guess i_could|i_might|maybe
    """,
    "condition": """
        if | only_if | even_if | unless | provided|providing that? | assuming | as_long_as | so_long_as
        when_i can|get|have|am|feel | whenever_i_can | as_soon_as_i | once_i
        once|when|as_soon_as im|i_am|were|hes|shes|its | when|whenever i_can|i_have_time|possible
    """,
    # Not done, or we do not know; a no beside it makes it a no.
    "attempt": """
        i|we? did? try|tried to?|my_best|my_hardest|hard?
        i? wanted|planned|meant|intended|hoped|aimed|expected|promised to
        i|we was|were going|gonna|planning|supposed|hoping|trying|about to? | i_would_have
        i? nearly|almost did|made_it
    """,
    # A doubt only where nothing else is said.
    "mild": "i? guess|suppose|think|reckon|figure|imagine | meh | eh",
    "unsure alone": """
        pretty_much | yes_no | no_yes | yeah_no | yeah_nah | nah_yeah | yep_nope | later | soon
        in_a bit|minute|while|sec|moment | one_day | someday | eventually | almost | nearly | barely | seldom
        started | i_want_to | i_could | i_should | might | may | could | should | we_will_see | well_see | i_need_to
        at_some_point | sometime | in_time | wish_i_could | some | a_few | it_might | tricky | complicated | mixed
        doubtful | hmm_maybe | you_tell_me | does_it_matter | define_yes
    """,
    # These hold a word of an answer and are none.
    "neither": f"""
        never_mind | nevermind | nvm | never better|felt|been
        no one|body|matter|wonder|offense|offence|kidding|joke|rush|hurry | noone | nobody | nothing
        no pressure|reason|news|reply|response|answer|signal|service|sleep|more|hard_feelings|point|use
        not bad|too_bad|so_bad|that_bad|only|just|to_mention|him|her|them|you|sleeping|feeling|eating | im_not_bad
        dont_worry|forget|tell|you|stop|call|text | no_good_deed | right now|after|before|away|there|here
        sure is|was|enough | ya_know | you_know | yes_man | im_good | im_fine | {_AUX_NOT} you | isnt it|that|he|she
        aint_that | cant complain|sleep|stop|breathe|believe|help | i? cant complain|sleep|stop|breathe|believe|help
        i_am|im not sleeping|eating|feeling|doing|okay_with_how|bad|great | really | fine today|thanks
        i_am ok|okay|fine|good|great | im ok|okay|great | i_do not_feel|not_sleep | well_done | half an|past | no_2
        no_1 | i_think_therefore | i_have to | as_i_am | i_will_say | yes_mam_no_mam
    """,
    # Said before an answer, worth nothing.
    "opener": """
        well | so | then | um | umm | uh | uhh | hmm | hm | mm | er | erm | ah | oh | ooh | aw | aww | hey | hi
        hello | yo | lol | lmao | haha | hahaha | ha | hehe | omg | omfg | wow | god | gosh | jeez | damn | hell
        heck | fuck | fucking | shit | man | dude | bro | sis | girl | babe | honey | please | sorry | im_sorry
        im_afraid | honestly | tbh | ngl | not_gonna_lie | no_lie | no_cap | to_tell_the_truth | truthfully | frankly
        actually | in_fact | sadly | unfortunately | fortunately | luckily | thankfully
        i think|believe|feel|guess|suppose|reckon|mean that? | i_feel_like
        i_would|id|ill|i_will|i_have_to|gotta|gonna|im_gonna|im_going_to|id_have_to say | my|the answer|answers is?
        answer | im? pretty|quite|fairly|very sure|certain|confident that?
        thats|that_is|that_would_be|thatd_be|its|it_is|it_was|this_is|itd_be|it_would_be a|an? | a | the | big | hard
        firm | definite | solid | strong | huge | clear | resounding | fat | very | for me|now | today | tonight
        this_time | again | still | also | just | im|i_am going|gonna with | going_with
        thats|that_is|its|that gonna|going_to|will be a|an? | gonna_have_to|ill_have_to say | i choose|pick|vote|say
        put|mark me down? as|for? a? | thanks | thank_you | if_you_ask_me | to_be honest|fair | in_my_opinion | imo
        personally | me | everything is? | my_vote_is | all | really | quite | simply | the_short_answer_is | ugh
        pretty_much | technically | basically | short_answer | long_story_short | as_of_now | so_far | as_usual | like
        okay_so | ok_so | ok_but_honestly | obviously_i | im|i_am | i_have_decided | upon_reflection | on_reflection
        on_second_thought | on_second_thoughts | good_question | tough_one
    """,
    "said": "i already|just? said|told_you | like_i_said | as_i_said | i_told_you | i_say",
    # Said behind an answer, worth nothing.
    "tail": """
        please | pls | plz | thanks | thank_you | thx | ty | tysm | then | now | today | tonight | too | also | so
        it | that | this | sir | maam | man | dude | bro | babe | honey | hun | love | dear | lol | haha | hahaha | xx
        x | xo | to|for|by|with|from me|us | with that|it|this|you | for now | right_now | at_the_moment | again
        still | indeed | really | actually | honestly | tbh | i think|believe | for_sure | sorry | im sorry|afraid
        unfortunately | at_all | either | here | there | all_of_it | yesterday | already | earlier
        this morning|evening|afternoon | last_night | you_are | a_lot | of_course | definitely | absolutely | just_now
        first_thing | every day|time|night|morning | tomorrow | later | later_today
    """,
    "correction": """
        wait | no_wait | actually | i_mean | i_meant | scratch_that | correction | my_mistake | oops
        on_second thought|thoughts | let_me_rephrase | changed_my_mind | i_take_that_back | sorry_i_meant
    """,
    "instead": "instead_of | rather_than | and_not | not",
    "connector": """
        but | and | though | although | however | except | yet | so | then | therefore | whereas | cause_then
        which_means
    """,
    "reason": "because | cause | cuz | coz | cos | bc | bcuz | since | becuase | as",
    "hedge": """
        maybe | perhaps | probably | possibly | hopefully | if | unless | depending | provided | assuming | might
    """,
    "elsewhen": "tomorrow later next another tonight weekend soon some_other",
    "saying": "said says say saying told tell tells asked asks answered answers thinks think replied texted heard",
}
