"""How people say yes, no and neither in English. A closed list of phrases by what they are worth."""

from __future__ import annotations

from flows.answers.assent import english_groups
from flows.answers.assent.english_beside import BESIDE
from flows.answers.assent.english_doubts import DOUBTS

_WRITTEN = {
    # Whatever follows.
    "yes": """
        yes | yep | yeah | yea | yup | yeh | yah | yh | yas | yass | yus | yuh | ye | aye | affirmative | roger
        yessir | uh_huh | uhhuh | mhm | mm_hm | mm_hmm | mmhm | mmhmm | oui | sure_thing | by_all_means | yeppers
        without|no a? doubt about_it? | without_question | no question about_it? | you bet|betcha | you_know_it
        no problem|problemo|problems|prob|probs|issue|issues|objection|objections|trouble|biggie at_all? | np
        {IT}? not a|an problem|issue|bother|big_deal at_all? | no big_deal | why_not | why_wouldnt_i
        i? dont_see_why_not | i? cant|cannot|can_not wait | wouldnt_miss_it | i? couldnt|cant agree more | wont_say_no
        i? wont_say_no | i? dont|wouldnt mind at_all?
        i? dont_have a|any problem|problems|objection|objections|issue|issues
        i|we did {DID} | dont_mind if_i_do | who_wouldnt | id_never|i_would_never say_no to_that|to_it|to_this?
        i|we? cant|couldnt|cannot|wont disagree|argue with_that|with_you? | {IM}? in full|complete|total? agreement
        thats|that_is exactly|precisely|just what i want|wanted|need|meant | y_not
        we should do_it|do_that|do_this|go|talk? | not_a_single problem|issue|complaint|objection | no_regrets
        wouldnt have_it otherwise | everythings|its_all {FINE} | i_should_think so | consider|count me|us in
        lets_talk|lets_chat|lets_meet | i? managed to {DID}
        i|we? never|havent|hasnt|didnt|dont|wont|have_not|did_not|not {MISSED} | not a prob|biggie
        i? love it|that|this
        i? love the|that|this|your {SPLENDID} | you|he|she|they|were|thats_what were|are|is right
        thats|that_is|its the_one
        thats|that_is|its what i meant|want|wanted|said|need|think | i can live_with_that|live_with_it|do_#
        i can do {DAY}
        not a? bad|terrible idea|plan|suggestion | {THING}? sounds|sound|seems|looks {DEGREE}? {FINE}
        works_for_me | thatll_work | that_works
        i|we|ive|weve? have|see|got|had? no problem|issue|objection|objections|complaints|complaint|qualms|concerns
        i_have|i_see|ive_got no problem|issue|objection|reason_to_say_no with|to|about it|that|this|me
        no|not_a|theres_no|there_is_no reason not_to|why_not
        i? dont|cant|cannot|do_not see|have|think_of a|any|one reason not_to|why_not
        i? dont|cant|cannot|do_not see|have|foresee a|any|the problem|issue|objection|harm with|in? it|that?
        i? couldnt|could_not|cant|cannot {BE_MORE} {BETTER}
        i_have|ive|ive_never|never never? been more|so|happier|surer|prouder|better sure|certain|ready|happy?
        wouldnt have_it|want_it|change_it any_other_way|differently|for_the_world | wouldnt_change_a_thing
        nothing would|could|can|will make_me_happier|stop_me|keep_me_away|please_me_more
        how_could_i|who_could say_no|refuse
        i? cant|couldnt|wouldnt|could_never|can_never|would_never say_no|refuse to_that|to_this|to_it|to_you|that|this?
        i|we do|hereby|fully|gladly|happily? consent|approve|authorize
        i give my|you_my permission|consent|word|approval
        permission|consent|approval granted|given | you_have my permission|word|consent|ok|okay|blessing
        you_can count_on_me|bet_on_it | scouts_honor | pinky_promise | cross_my_heart | hand_on_heart | thumbs_up
        {IM} {DEGREE}? {WILLING} to|for|with it|that|this|do_it|do_that|help|continue|start|go|try
        id|i_would|itd|it_would be {DEGREE}? delighted|honored|honoured|glad|happy|thrilled|keen to?
        more_than happy|willing|ready to? | ready_when_you_are | aye_aye | say_less | true_dat | tis_true
        please continue|proceed|carry_on|keep_going|go_on
        lets continue|proceed|keep_going|carry_on|go_on|start|begin|get_started
        i want|like|wish|need|would_like|would_love to {GO_ON}
        id like|love {TO_GO_ON}
        indeed i|it|we|they|he|she|that do|did|is|was|has|have|will|am|would|can
        {I_WILL} be_there|attend|be_ready|be_coming | see_you there|then | c_u|see_u there|then
        you can|may|could share|tell|call|text|send|use|do|ask|contact|ring it|that|this|them|him|her|me|us
        please send|book|schedule|share|call|text|remind|tell|start|add it|that|this|them|him|her|me|us
        lets_try it|that|this | i_guarantee it|that? | i concur|second that|with_that? | hear_hear | amen_to_that
        so do|did|am|have|will|would|can i
        as do|did|am|have|will|would|can i | you_got_that_right | feel_free to? | be_my_guest
        you_may proceed|go_ahead? | take|count that|it|this as_a_yes
        {IM}|id_be|always? all_for_it|up_for_that|up_for_it|for_it|in_favor|in_favour
        did so|that|this|them|them_all|everything|it_all|both|it_twice
        already on_it|took_care_of_it|took_care_of_that|handled_it | you know_i_did|know_i_do|know_i_will
 you_said_it | bring_it_on | wholeheartedly agree? | i_wholeheartedly_agree
        {DAY} is|would_be|will_be|should_be {DEGREE}? {FINE}
        that|it|thatd|itd would_be|be great|good|nice|fine|lovely|perfect|ok|okay|helpful
        im in|game|on_it|up_for_it|up_for_that | i_am in|game | count|sign me_in|me_up | on_it
        i_would|id love|like that|it | i_would|id love to | love_to | i_would|id_be happy|glad to? | happy|glad to
        with_pleasure | my_pleasure
        i_would|id say so | will_do | can_do | granted | im? afraid so | why yes|sure|certainly|of_course
        right_on | consider_it_done | i? already|just did|have|done | did_it | i_did_it | all_done | got_it_done
        i? accept | accepted | approved | confirmed | i? confirm | please_do | yes_please | go_ahead | go_for_it
        lets do it|this|that | i? sure did|do|will|can|am|would|have | you_got_it | count_on_it | count_on_me
        im_sure | im_certain | i_am_sure | good|great|nice|excellent idea | makes_sense | fair_enough
        absofuckinglutely | hells_yeah | too_right | damn_right | damn_straight | heck|hell ya | yes_indeed
        yesh | i_insist | undoubtedly | unquestionably | indubitably | indeed_i {AUX}
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
        did | easily
        precisely | indeed | im? pretty|quite|very sure|certain|confident | perfect | great | cool | deal | done | bet
        positive | finished | completed | complete | gladly | willingly | quite so? | very_true | so_true
        very_much so? | ya | 10_4 | ten_four | excellent | awesome | wonderful | lovely | i_am | in | amen
        agreed_upon | always | every_day | every_time | lets | yuppers | do_it | lets_go | heard | word | facts
        {THING}|its|thats|everythings? is|was|has_been|have_been|got? all? {SETTLED} | got_it | understood
        noted | spot_on | bang_on
        course | course i_did|i_will|i_do|i_have|i_am|i_can | bet_bet | okok | true_enough | checked | check
        all_of_it
        {OTHERS} {SURELY}? {OTHERS_DO} so? | accurate
        right_away | straight_away | at_once | immediately | im? saying yes | each_day | all_week long?
        i_have|ive|weve|we_have been doing_it|keeping_it_up|keeping_to_it|there|at_it? | i_went
        ive|i_have|i? kept it_up|at_it|going all_week|all_day|every_day? | still going_strong|doing_it|at_it|on_it
        id|i_would do_it|do_that|go|come
        i|we was|were|am|are able to_do_it|to_do_that|to? | i? {DONE_TO} it|that|them|him|her|everyone|everything
        i? did what i|we said|promised|agreed i_would|we_would|to|to_do? | so|really? glad|proud|happy i_did it|that?
        im? looking forward to_it|to_that|to_seeing_you | i_look_forward to_it|to_that | you_better_believe_it
        its_me
        my|our|the? promise|word kept | correct|right time|day|one|number | please send|share|do|book
        send|share|book|schedule|save|keep it|that|them
        in_a_heartbeat | for_real | make_it_so | lets_roll | go | go_go | go_go_go | thatll_do nicely?
        exactly right|correct
        every_one|each_one|all of_them? | rather | fr | fr_fr | thats_it_exactly
        true_that | thats_me | thats_it | bingo | okay_by_me | me too|as_well|neither_way | same_here | likewise
        ditto | i_am|im|i_feel|feeling|were|we_are {DEGREE}? safe | good|great idea | i do? remember|understand
        {THING} did|does|was|is|has? {DEGREE}? help|helped|helpful|useful a_lot|me|us? | very|really|super helpful
        ive|i_have|weve|we_have {SURELY}? {GOT} it|that|this|them|him|her|my_meds|my_pills|everything|all_of_it?
        took it|em|them|both|my_meds|my_pills|mine at_#? | splendid | superb | brilliant | terrific | super | fab
        fabulous | brill | ace | smashing | marvelous | marvellous | jolly_good | grand | dope | sweet | neat | solid
        fantastic | amazing | down | preach | ready | all_set | good_to_go | available | willing | game | on_board
        {IM} {DEGREE}? {WILLING} | continue | proceed | carry_on | keep_going | go_on then? | confirming | confirm
        every single day|time|night|morning|week | always do|have|will|am|did | all_the_time | as_always
        copy|copied that? | true_story | i_do_feel {DEGREE}? safe
        i|we? called|texted|messaged|mailed|emailed|paid|sent him|her|them|it|you|back|mom|dad|everyone back?
        i|we called|texted|talked|apologized|apologised|showed_up|paid|exercised|meditated|walked
        i took it|them|my_meds|my_pills|my_medicine|my_medication|a_walk | took a_walk | on_my_way | omw | you_can
        did|do|have|am too | anytime | youre_on | i_feel {DEGREE}? good|great|fine|ok about it|that|this
        were|we_are|im doing it|that | share|ask|fire away | done_deal | a_lot | lots | tons | so_much | you_may
        darn right|tootin
        every bit|one|single_one of_it|of_them | twice|thrice actually? | #|three|four times
        were|its|we_are|it_is|still on for_it|for_that? | would_be {DEGREE}? great|good|nice|lovely|helpful | duh
        works | it_happened | mission_accomplished | job_done | done_and_dusted | 1000percent | 10000percent
        110percent | 200percent
    """,
    # Gives way to whatever else is said: "ok, no thanks".
    "weak yes": """
        k | kk | ok | okay | okey | oki | okie | okie_dokie | okey_dokey | okey_dokie | okay_then | alright
        all_right
        alrighty | i_promise | i_swear | no_worries | aight | ight | very_well | fine_then | righto | right_then
        right_o
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
    "echo yes": """
        {SUBJECT}|they {SURELY}? {AUX}|is|does|has|were do? it|that|this|so? | i {AUX} {SURELY}
        im going|gonna to? | im ready|done|able_to | ill_do it|that|this|so | i_will_do it|that|this|so | ill_be_there
        i_would|id like to
        {I_WILL} {COME}
        {THING}|{DAY} {FITS} fine|well|great|perfectly|best?
        i|we? finally|just|already|did|both|really? {DONE} in_the_end|eventually|finally|today|again?
        doing it|that right_now|now|as_we_speak? | i_will_be_there | ill_come | i_made_it | i took|take care_of_it
        handled_it | i want|like|love to|it|that
        i_do_want to|it|that | i_need it|that
        i did|finished|completed|managed it|that|this|everything|them|all_of_it | i_managed to? | i_did_do it|that
    """,
    "no": """
        no | nope | nah | naw | nay | nop | negative | negatory | nuh_uh | nuhuh | uh_uh | nix | nein
        no sir|thanks|thank_you|ty|can_do|chance|dice|deal|go|luck|time|longer|need
        not_a chance|hope|prayer|hope_in_hell | fat_chance | not_happening | aint happening|gonna | lets not
        bad|terrible|not_a_good idea
        not feeling_it|feeling_like_it|feeling_up_to_it|feeling_up_for_it|feeling_well_enough|in_a_good_place
        im? afraid not
        not now|today|tonight|tomorrow|really|quite|exactly|especially|particularly|anymore|ever|likely|interested|doing
        not this time|week|month|one|morning|evening|weekend|year | not at all|the_moment|present|this_point|this_time
        not for me|a_while|now|long | not me|us|possible|happening|so_much|so_fast|that_i_know_of|in_the_slightest
        not in the_least|a_million_years|the_mood | not going|gonna|able to? | not if_i_can_help_it
        not any more|longer | not on your_life|my_watch | not_going_to_happen | not_gonna_happen | not_up_for_it
        not_up_to_it | not_a_fan | probably|prob|probs|prolly|most_likely|likely not | {IT}? {NOT} {VERY}? {GOOD}
        {NOT} a_good|a_great|my_thing|what_i_want time|idea?
        i? {SURELY}? dont|do_not really|honestly|actually? think|believe|reckon|suppose|figure|imagine so
        i? highly|seriously|really? doubt it|that|so | highly? unlikely | hardly ever?
        i? guess|suppose|think|believe|reckon|figure not | i? would|d? rather|prefer|sooner not to?
        id rather|prefer|sooner not to? | i_prefer not to? | ill|i|gonna|im_gonna|i_will pass | hard pass
        count_me_out | im_out | i_am_out | out_of_the_question | i? refuse|decline|disagree|object
        i_respectfully decline|disagree | declined | denied | rejected | disagreed | disagreeing | strongly? disagree
        unable to? | im|i_am unable to? | thats|that_is|its|it_is wrong|false|incorrect|untrue|bad | no_no
        by_no_means | under_no_circumstances | on_no_account | nothing_doing | like_hell | no_siree | hell_to_the_no
        i? totally|completely|clean|just? forgot to|it|about_it|again
        nien | nil | none of_it|of_that|of_them | over_my_dead_body | when pigs|hell fly|freezes_over | thumbs_down
        i? doubt i|we|it|that|theyll|hell|shell | not feeling {WILLING}
        completely|totally|fully|wholly|entirely disagree
        i|we? reject|decline|refuse the|this|that|your offer|request|plan|idea
        i? couldnt|cant|could_not disagree more | in_no way|case|shape | {IM}? opposed to|to_it|to_that?
        i|we have objections|an_objection|a_problem_with_that
        no_more for|of|today|tonight|thanks | my|our|the? promise|word not|wasnt|isnt kept
        {DAY} is|sounds|seems|looks {DEGREE}? {BAD} | sorry|i_hate|hate|i_regret|regret|sad to_say no
        {THING}? sounds|seems|looks|feels {DEGREE}? {BAD} | {BAD} {SPLENDID} | i? hate|dislike|loathe it|that|this
        i? hate|dislike the|that|this {SPLENDID} | id|i_would hate that|it|to | you|he|she|they are|were|is|was wrong
        neither|none of_these|of_those|of_them|one? works|work|suits|suit|fits | makes no_sense
        i|we? stopped doing_it|going|trying|that | too {WEARY} to | im? saying no
        i_regret_to|have_to|had_to|going_to_have_to|gonna_have_to say_no|decline
        {SORRY_BUT}|i? decline|say_no|pass|refuse|cancel|reschedule|bow_out|back_out|opt_out | i? reject it|that|this
        {ADVERB} not | i|ive|weve|we? have|has|had? yet to
        i_regret_to_say|i_regret_that_i_did|sorry_to_say|i_think|i_should_think|i_believe|i_hope|one_hopes not
        {DECIDED} not|against|skipping|missing|bailing
        i? just|ill|i_will|gonna|im_gonna? skip|skipped|skipping|missed|missing it|that|this_one|today|again|out|one?
        {THING} wont_be|will_not_be|isnt|is_not|wasnt|wont necessary|needed|required|helpful
        the|quite_the|just_the opposite|contrary|reverse | on_the_contrary | far_from_it | anything_but
        in_your_dreams | dream_on
        leave_me out | ill|i_will|im|i? sit|sitting this_one_out|it_out|that_one_out
        it? just|totally|completely? slipped my_mind
        forgot all? about_it|about_that | zero|little interest|desire|chance|energy|motivation
        bad|poor|terrible|wrong timing|time_for_me
        now|today|tonight|nows|todays is? isnt|not a_good|good|great|the|a_great|ideal time|moment?
        neither of_us|of_them did|have|has|is|was?
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
        none | zero | zip | neither | nothing_doing | incomplete | undone | unfinished | unsuccessful | no_success
        reject | decline | im|i_am|sorry? {DEGREE}? busy|unavailable|booked|tied_up|swamped
        im|i_am|i_was|was|its|it_was|just? too|way_too {WEARY} for_me|for_that|for_it?
        {OTHERS} {SURELY}? {OTHERS_DO_NOT} so? | nty | im? against it|that|this? | i? oppose it|that|this?
        unfair | neither|none of_these|of_those|of_them? | i? gave it_up | cba | unnecessary | inaccurate
        thats? a_lie|inaccurate|wrong | wrong answer|person|one|time|day|date|place | scarcely | nopers
        me_neither | neither_did_i | wishful_thinking | nay | rarely | out | not_a_bit | not_one_bit | skipped_it
        i_skipped_it | missed_it | i_missed_it | something|life|work|stuff came_up|happened|got_in_the_way
        i|we|they|he|she? had_to? cancelled|canceled|cancel|postponed|postpone|called_it_off it|that?
        it|that? was|is|got|has_been? cancelled|canceled|postponed|called_off|rained_out
        i|we? got {DEGREE}? busy|sidetracked|distracted|caught_up|called_in|held_up|stuck
        id_rather|i_would_rather|i_prefer_to|ill|i_want_to keep it|this|that to_myself|private
        id_never | i_would_never | i_let_it slide|go|slip | nothing|none yet|so_far
        you know_i_didnt|know_i_dont|know_i_wont
        i? cant_say_i did|do|have|am | i_want out | lets stop|quit|end here|now|it_here?
        it? made_it_worse|got_worse
        i_was|was|ive_been|been {DEGREE}? busy|sick|ill|swamped|unwell|exhausted|asleep | unsafe
        why|how would|should|could i | as_if_i would|could | zero times
    """,
    # A statement in the negative; more may follow: "I didn't have time".
    "echo no": """
        i|we|it {SURELY}? {AUX_NOT} | i|we|it {SURELY}? {AUX}|could|should|is|does|has not|never
        not | ive|weve|id|ill|thats|thatll|that_is|this_is not
        {DAY} {WILL_NOT} {FITS_NOT} out|for_me?
        {THING} {WILL_NOT} {FITS_NOT} out|for_me?
        that|this|it never|hasnt|has_not | we_are|theyre|youre not
        i|we was|were|am|are unable | i|we? just|really|totally|completely|kinda|again? {FAILED}
        i let him|her|them|you|myself|us|everyone|it down | it? fell through|apart
        {SOONER} {ELSE}
        do|does|shall|should|must not | shouldnt | mustnt | please do_not | werent able?
        keep|leave|skip|drop it|this|that|them private|to_myself|out|alone|be|for_now?
        lets leave|skip|drop|wait|forget|cancel it|this|that|on_it? | i? have|got|ive|weve? none left|today|yet
        i_have none | im|i_am? {DEGREE}? uncomfortable with|about? it|that|this?
        {THING}|theres|there_is|there_was|i_see|i_have? no {WISH} of|to|in|for?
        will|would|did never | i_am not | im|were|its not | {AUX_NOT} | did|have|can|will|would|could not | i never
        i|we simply|just|really|still|actually|honestly {AUX_NOT}
        dont want|have|feel|need|wanna|like|agree|believe|think|do|plan|intend
        couldnt|didnt|wasnt_able make_it|happen|get_to|manage|do_it|to
    """,
    # These hold a word of an answer and are none.
    "neither": """
        i? dont|didnt|do_not|did_not|cant|still_dont understand|follow|get_it|get_that|get_this|get_you|catch_that
        never_mind | nevermind | nvm | never better|felt|been
        no one|body|matter|wonder|offense|offence|kidding|joke|rush|hurry | noone | nobody | nothing
        no pressure|reason|news|reply|response|answer|signal|service|sleep|more|hard_feelings|point|use
        {IT}? not bad|too_bad|so_bad|that_bad|too_shabby|a_bad_day
        not only|just|to_mention|him|her|them|you|sleeping|feeling|eating | im_not_bad
        dont_worry|forget|tell|you|stop|call|text | no_good_deed | right now|after|before|away|there|here
        sure is|was|enough | ya_know | you_know | yes_man | im_good | im_fine
        {AUX_NOT} you|i|we|they|he|she|it|that
        aint_that | cant complain|sleep|stop|breathe|believe|help | i? cant complain|sleep|stop|breathe|believe|help
        i_am|im not sleeping|eating|feeling|doing_well|okay_with_how|bad|great | really | fine today|thanks
        i_am ok|okay|fine|good|great | im ok|okay|great | i_do not_feel|not_sleep | well_done | half an|past | no_2
        no_1 | i_think_therefore | i_have to | as_i_am | i_will_say | yes_mam_no_mam
    """,
}

# A name in braces is a group of words.
ENGLISH = {kind: lines.format_map(vars(english_groups)) for kind, lines in (_WRITTEN | DOUBTS | BESIDE).items()}
