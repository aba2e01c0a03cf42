"""What English replies say that is neither yes nor no: doubts, conditions, attempts. Written as in `english`."""

from __future__ import annotations

DOUBTS = {
    "unsure": """
        maybe | mebbe | i_hope | its|it_is|thats possible|not_impossible | perhaps | possibly | potentially
        could_be | might_be | may_be
        it could|might|may be | mby
        i|we|it? might|may | probably | prob | prolly | probs | most_likely | more_than_likely | likely | hopefully
        with_any_luck | with_luck | fingers_crossed | lets_see | i? would? hope so|not|to | lets_hope so?
        hoping so|to | i_wish | if_only | not {ENTIRELY}? sure|certain|decided|convinced
        {IM}? {TRULY}? not {ENTIRELY} {ENTIRELY}? sure|certain|decided|convinced|positive
        {TRULY} not sure|certain|decided|convinced
        not every|all_the day|time|night|week|one|morning | more|rather yes|no than no|yes | never_say_never
        {IM}? not opposed|against to|it|that?
        agree|true|right|good|correct and|or disagree|false|wrong|bad|incorrect
        cant agree_or_disagree|say_either_way | i? partly|half|somewhat|partially|kinda|mostly agree
        not {OPEN} | nothing definite|decided|final|certain|fixed yet? | no decision|answer|verdict|word yet?
        i? have? no strong|clear|firm|real|particular opinion|preference|idea|view
        i? cant|couldnt choose|pick|make_up_my_mind
        hard|tough|difficult|tricky choice|call|decision|one | up_in_the_air | toss_up | its? a_toss_up | flip_a_coin
        later|sometime|some_time this|next week|month|weekend|evening | in_a_few|in_some days|hours|weeks|minutes
        give_me|give_us an|a few? hour|hours|days | hang|hold on | one|a|just_a sec|second|minute|moment
        wait a_bit|a_sec|a_second|a_minute|and_see | missed|skipped most|some|a_few|many of? them|days
        never really|even? thought|considered about? it|that | in_all likelihood|probability | odds_are good|slim|high
        theres|there_is|theres_always? a? slight|good|small|fair|decent|strong|little|big|fifty_fifty chance|possibility
        one|some|half yes and|but? one|some|half no
        i? only|just? did the? first|second|one|half|some|part|rest one|part|bit|of_them?
        just|only one|some|two|the_first|the_second|the_last|part of_them|of_it|one?
        all|everything|everyone but|except
        one|two|three|# of two|three|four|five|# | one|a_few|a_couple|some of_them|of_those
        all_set thanks|thank_you | still? figuring|working it_out | comme_ci_comme_ca
        lets_try_and_see
        no way|telling to_know|to_tell|to_say|yet?
        it|that|thatll|itll|that_all|it_all? would|will? depend|depends on?
        in_two_minds | conflicted | ambivalent | mixed_feelings | i_go? back_and_forth | hit and|or miss
        now_and_again
        here_and_there | give_or_take | to_an_extent | wait_and_see | i|we? gave it a|my? shot|try|go|best_shot
        i|we? made an|a|some? attempt|effort|start | a_fraction | most_of_the_way | part_way|partway there|through?
        changes every_day|by_the_day|all_the_time
        too early|soon|hard|close to_say|to_tell|to_know|to_call | its|thats|it_is|that_is? up_to him|her|them|us|fate
        the? jury|jurys is? still? out | how_should|how_would i_know | your_guess_is_as_good_as_mine | search_me
        i? have_to|need_to|gotta|got_to|must {SEE} | i? get back to_you on_that|about_it?
        i? let you_know later|tomorrow|soon? | give_me|give_us a? minute|second|sec|moment|day|bit|while|time
        i? need some|more? time to_think|to_decide? | see what_i_can_do|how_it_goes|if_i_can
        i? attempted it|to? | at_least i? tried | done half|some|part | half_done
        most|some|many|certain days|nights|times|mornings | on_a good|bad day | once_in_a while|blue_moon
        every_now_and_then | every_other_day | every_so_often
        im|i_am? unsure|uncertain|undecided|torn|doubtful|on_the_fence|not_sure|not_certain|not_convinced|of_two_minds
        isnt_sure | i? havent decided|made_up_my_mind|thought_about_it
        still deciding|thinking|undecided|unsure|not_sure|debating|considering
        i? really|honestly|just|still|truly|actually? dont|do_not|dunt really|even|quite|actually? know|remember|recall
        dunno | donno | i_dunno | idk | idek | iduno | who knows|can_say|can_tell | god_knows | lord_knows
        goodness_knows | i? {SURELY}? have? no idea|clue|comment|preference|opinion|strong_feelings|thoughts
        not_a_clue | havent_a_clue | i? havent a|the clue|foggiest | beats_me
        hard|difficult|tough|impossible|tricky to_say|to_tell|to_know|call|one|question
        i? cant|couldnt|cannot really|honestly? say|tell|decide|remember|recall|tell_you | i_forget | either_way
        either_or | either | whatever | whichever | i? dont|couldnt care less? | doesnt_matter | idc | idm | up_to_you
        as_you wish|like|say|please|want | if_you say_so|think_so|insist | you decide|choose|pick | your call|choice
        it? all|really|just|kinda? depends | that_depends | depending | varies | sometimes | occasionally
        now_and_then | on_and_off | off_and_on | at_times | some_days | from_time_to_time | it_varies | kind_of
        kinda | sort_of | sorta | partly | partially | in_part | half_way | halfway | half_and_half | half | somewhat
        only|just? a_bit|a_tiny_bit|a_little_bit|a_little|part|half|some of_it
        only|just? part|partly|partially|half|some
        bit_of_both | a_bit_of_both | more_or_less | to_some extent|degree | to_a degree|point|certain_extent
        in a|some way|ways | up_to_a_point | so_so | almost|nearly done|there|finished|completely? | mostly | mainly
        for_the_most_part | some_of|part_of|most_of|half_of it|that|them | not {ALL} of_it?
        not unless|without|if|until|till | yes_and_no | yes_or_no | yes_or_not | neither_yes_nor_no | yes_but_no
        no_but_yes | yeah_right | no_and_yes | no_or_yes | yay_or_nay | {WILL} {SEE} about_it? | trying to?
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
        only when|on|with|after|sometimes|at|in|during | once he|she|they|we|i | subject_to
        when he|she|they|the_time_comes
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
    "mild": "both | i? guess|suppose|think|reckon|figure|imagine|believe|assume so? | id|i_would think so | meh | eh",
    "unsure alone": """
        about|roughly|only half | hm|hmm|hmmm
        i_keep|i_have_been|ive_been|been meaning to? | its? on my|the list|todo_list|to_do_list
        i? did|paid|sent|called|ate|finished half|some|part|part_of_it|a_little|a_bit
        i? kept half|some|part|most of_it|of_them? | ill|i_will decide|choose|say later|tomorrow|then|tonight
        neutral | indifferent | debatable | questionable | iffy | up_for_debate | considering it|that?
        as_much_as_i_can | as_far_as_i_can | in_the_middle_of_it | that|it could|might|may work|help|do
        still? making_up_my_mind | ask_me tonight|tomorrow|later|again | ill|i_will? tell_you later|tomorrow|soon
        lets_try | pretty_much | just_about | about_to | was_about_to
        only|just? a_bit|a_tiny_bit|a_little_bit|a_little|a_tad|slightly | yes_no | no_yes | yeah_no | yeah_nah
        nah_yeah | yep_nope | later | soon
        in_a bit|minute|while|sec|moment | one_day | someday | eventually | almost | nearly | barely | seldom
        started | i_want_to | i_could | i_should | might | may | could | should | we_will_see | well_see | i_need_to
        at_some_point | sometime | in_time | wish_i_could | some | a_few | it_might | tricky | complicated | mixed
        waiting | checking | pending | tbc | to_be_confirmed | soso | waiting_to_hear back?
        waiting_on him|her|them|you|it
        on_the_edge | doubtful | hmm_maybe | you_tell_me | does_it_matter | define_yes
    """,
}
