"""Groups of English words and short phrases that the lists of answers are built from."""

from __future__ import annotations

from flows.answers.assent.notation import one_of

SUBJECT = "i|we|it"
AUX = "do|did|am|have|will|would|can|was|shall|had"
AUX_NOT = one_of("""
    dont didnt havent wont wouldnt cant cannot couldnt wasnt shant aint hadnt doesnt isnt hasnt arent
""")
SURELY = one_of("""
    most_certainly really definitely absolutely certainly totally already just also sure actually always still honestly
    def
""")
IT = one_of("its it_is thats that_is this_is im i_am were we_are it that this everything_is it_was")
GOOD = one_of("""
    ok okay okey fine good great right true correct cool possible ready happy comfortable interested able done alright
    all_right agreed acceptable worth_it going_to_happen gonna_happen happening working it me fair helpful safe a_yes
""")
NOT = one_of("not isnt aint arent wasnt wont_be cant_be doesnt_sound doesnt_feel doesnt_seem never")
VERY = one_of("so very too that really quite at_all all exactly even particularly very_much just all_that my_idea_of")
WILL = one_of("""
    ill i_will i_can can will gonna going_to im_gonna im_going_to i_am_going_to let_me lemme ill_have_to id_have_to
    i_could could i_shall ima imma id_need_to i_need_to need_to i_have_to i_must well we_will we_shall id i_want_to
    want_to i_do i_may i_might ill_at_least i_would i_would_have_to ill_def ill_definitely i_will_definitely
""")
SEE = one_of("""
    try attempt see think check consider try_my do_my give_it_a let_you get_back sleep_on find_out ask aim aim_to
    do_what_i_can
""")
ENTIRELY = one_of("""
    so too really quite entirely very 100percent completely totally all_that that particularly at_all even yet exactly
    overly wholly fully
""")
ALL = one_of("""
    all fully entirely completely wholly totally altogether everything necessarily always usually often much
""")

THING = one_of("""
    it that this which it_all that_all everything that_time this_time the_time that_day either_way any_time either both
    these those whatever all_of_them all_of_it
""")
DEGREE = one_of("""
    really very pretty so absolutely just perfectly quite all super totally completely truly more_than only_too too
""")
FINE = one_of("""
    good great fine perfect ok okay right lovely nice cool awesome wonderful brilliant fantastic amazing excellent
    reasonable fair alright correct sensible doable fun doable_to_me like_fun like_a_plan like_a_deal like_a_good_plan
    like_a_good_idea like_a_great_idea like_heaven
""")
FITS = one_of("""
    works work should_suit should_suit_me would_suit would_suit_me will_work would_work should_work does_work worked
    suits suits_me fits will_do should_be_fine
""")
FITS_NOT = one_of("work suit fit help happen sound_good sound_right feel_right feel_good sit_right work_out do")
WILLING = one_of("""
    down willing ready game keen eager delighted happy glad thrilled set all_set prepared available good_to_go
    on_board committed all_in up_for_it
""")
IM = "im|i_am|we_are|were"
I_WILL = one_of("""
    i_can we_can i_will we_will ill well i_shall im_able_to i_am_able_to were_able_to im_going_to i_am_going_to
    im_gonna were_going_to we_are_going_to im_planning_to
""")
DONE = one_of("""
    made_it managed managed_it managed_to managed_that made_it_happen nailed_it smashed_it crushed_it aced_it did_it
    kept_it kept_my_promise kept_my_word kept_the_promise kept_our_promise kept_to_it stuck_to_it stuck_with_it
    followed_through pulled_it_off got_it_done got_that_done got_through_it got_through_that got_there got_round_to_it
    got_around_to_it finished finished_it completed_it completed took_care_of_it
""")
FAILED = one_of("""
    failed messed_up messed_it_up blew_it slipped_up slipped fell_short fell_behind gave_up bailed flaked
    chickened_out screwed_up screwed_it_up dropped_the_ball broke_it broke_my_promise broke_my_word broke_the_promise
    skipped_it ran_out_of_time ran_out_of_energy overslept slept_through_it fell_asleep caved
    caved_in relapsed backed_out missed_out
""")
SETTLED = one_of("""
    taken_care_of sorted handled done finished complete completed ticked_off checked_off dealt_with settled in_the_bag
""")
ADVERB = one_of("""
    regrettably evidently apparently seemingly clearly obviously plainly it_seems seems it_would_seem likely
    understandably sure_as_hell simply still
""")
DAY = one_of("""
    monday tuesday wednesday thursday friday saturday sunday tomorrow today tonight noon midnight morning afternoon
    evening any_time anytime any_day that_day either_day the_morning the_afternoon the_evening text texting phone email
    calling a_call #
""")
GOT = "done|finished|completed|taken|sent|made|had|kept|called|told|answered|eaten|handled|managed|sorted|started"
OTHERS = "that|this|there"
OTHERS_DO = "is|are|does|do|did|has|have|was|were|will|would|can|could"
OTHERS_DO_NOT = one_of("""
    isnt arent doesnt dont didnt hasnt havent wasnt werent wont wouldnt cant couldnt is_not are_not does_not do_not
    did_not has_not have_not was_not were_not will_not can_not
""")
DID = one_of("keep do call go take finish manage make talk walk eat remember get write say tell read come")
MISSED = "miss|missed|missing|skip|skipped|forget|forgot|forgotten|fail|failed|broken|break|broke|give_up|given_up|quit"
SPLENDID = "idea|plan|suggestion|thought"
BAD = "bad|terrible|horrible|awful|stupid|poor|lousy|wrong|unfair|silly"
OPEN = "set_in_stone|final|definite|settled|confirmed|clear|clear_yet|final_yet|decided_yet|settled_yet|a_given"
DONE_TO = "paid|sent|called|told|asked|texted|thanked|answered|emailed|signed|cleaned|fixed|finished|ordered|booked"
SORRY_BUT = one_of("""
    i_must i_have_to ill_have_to i_will_have_to id_have_to im_going_to_have_to i_need_to ive_got_to gotta
""")

DECIDED = one_of("decided chose opted elected ended_up wound_up i_decided i_chose i_opted i_ended_up we_decided")
COME = one_of("""
    come come_along take_care_of_it get_it_done be_attending make_it make_that manage_it manage_that join
    join_you do_it do_that do_this keep_it go stay continue
""")
ELSE = one_of("""
    stay wait skip do_something_else leave_it be_alone sleep rest stop cancel pass keep_it_private stay_home
""")
SOONER = one_of("id_rather i_would_rather id_sooner i_prefer_to id_prefer_to i_would_prefer_to")
WEARY = one_of("tired busy hard much late early sick sad upset anxious exhausted scared nervous")
GO_ON = one_of("continue go_on keep_going stay do_it do_this proceed join take_part carry_on")
TO_GO_ON = one_of("""
    to_continue to_go_on to_keep_going to_stay to_do_it to_do_this to_proceed to_join to_take_part to_carry_on
""")
BETTER = one_of("more better happier prouder surer clearer")
BE_MORE = one_of("be have_been have_said_it say_it ask_for have_asked_for feel have_put_it")
WISH = one_of("need point intention desire interest appetite plans wish")
WILL_NOT = one_of("""
    doesnt does_not wont will_not wouldnt would_not didnt did_not cant isnt_going_to is_not_going_to
""")
TRULY = one_of("probably really still honestly just truly")
