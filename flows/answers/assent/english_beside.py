"""What English replies hold beside their answer: openings, endings, corrections, and what joins thoughts."""

from __future__ import annotations

BESIDE = {
    # Said before an answer, worth nothing.
    "opener": """
        well | so | then | um | umm | uh | uhh | hmm | hm | mm | er | erm | ah | oh | ooh | aw | aww | hey | hi
        hello | yo | lol | lmao | haha | hahaha | ha | hehe | omg | omfg | wow | god | gosh | jeez | damn | hell
        heck | fuck | fucking | shit | man | dude | bro | sis | girl | babe | honey | please | sorry | im_sorry
        im_afraid | honestly | tbh | ngl | not_gonna_lie | no_lie | no_cap | to_tell_the_truth | truthfully | frankly
        actually | in_fact | sadly | unfortunately | fortunately | luckily | thankfully
        i think|believe|feel|guess|suppose|reckon|mean that? | i_feel_like
        i_would|id|ill|i_will|i_have_to|gotta|gonna|im_gonna|im_going_to|id_have_to say | my|the answer|answers is?
        answer | im? pretty|quite|fairly|very sure|certain|confident that? | im_positive that?
        thats|that_is|that_would_be|thatd_be|its|it_is|it_was|this_is|itd_be|it_would_be a|an? | a | the | big | hard
        firm | definite | solid | strong | huge | clear | resounding | fat | very | for me|now | today | tonight
        this_time | again | still | also | just | im|i_am going|gonna with | going_with
        thats|that_is|its|that gonna|going_to|will be a|an? | gonna_have_to|ill_have_to say | i choose|pick|vote|say
        put|mark me down? as|for? a? | thanks | thank_you | if_you_ask_me | to_be honest|fair | in_my_opinion | imo
        personally | me | everything is? | my_vote_is | all | really | quite | simply | the_short_answer_is | ugh
        pretty_much | technically | basically | short_answer | long_story_short | as_of_now | so_far | as_usual | like
        okay_so | ok_so | ok_but_honestly | obviously_i | im|i_am | i_have_decided | upon_reflection | on_reflection
        on_second_thought | on_second_thoughts | good_question | tough_one | for_once | finally | regrettably
    """,
    "said": "i already|just? said|told_you | like_i_said | as_i_said | i_told_you | i_say",
    # Said behind an answer, worth nothing.
    "tail": """
        please | pls | plz | thanks | thank_you | thx | ty | tysm | then | now | today | tonight | too | also | so
        it | that | this | sir | maam | man | dude | bro | babe | honey | hun | love | dear | lol | haha | hahaha | xx
        x | xo | to|for|by|with|from me|us | with that|it|this|you | for now | right_now | at_the_moment | again
        still | indeed | really | actually | honestly | tbh | i think|believe | for_sure | sorry | im sorry|afraid
        unfortunately | at_all | either | at|by|around|on? # am|pm|oclock? | at_that_time | here | there
        all_of_it | yesterday | already | earlier
        this morning|evening|afternoon | last_night | you_are | a_lot | of_course | definitely | absolutely | just_now
        first_thing | both of_us|times|of_them? | every day|time|night|morning | tomorrow | later | later_today
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
