"""The one table of rights: who may do what, and to whose. Roles across, acts down; pages, API, push, exports and
services go by it, and docs/accounts.md shows it. What a word in it means: `hotline.domain.rights.acts.Tie`."""

from __future__ import annotations

#: One line an act; "-": not at all; else by which ties, one of which is enough.
TABLE = """
act                    operator          leader                department examiner  auditor supervisor administrator

# Oneself
use_own_account        owns              owns                  owns       owns      owns    owns       owns
see_alerts             owns              owns                  -          owns      -       all        all
see_own_notifications  owns              owns                  owns       owns      owns    owns       owns
see_own_results        owns              owns                  -          owns      -       owns       owns
see_own_day            owns              owns                  owns       owns      owns    owns       owns

# Calls
read_ledger            all               led                   -          all       all     all        all
read_call              all               led                   -          all       all     all        all
export_calls           -                 led                   -          all       -       all        all
see_numbers            calls,taken       calls,taken,led       -          all       -       all        all
search_numbers         all               all                   -          all       -       all        all
search_number_parts    -                 -                     -          all       -       all        all
reveal_number          taken             taken                 -          -         -       all        all
search                 owns              owns,led              -          all       -       all        all
hear                   published,shown   published,shown,led   -          unhandled -       all        all
download_sound         -                 -                     -          all       -       all        all
read_findings          -                 led                   -          all       -       all        all
see_to_transcription   -                 -                     -          all       -       all        all
see_discs_of_call      -                 led                   -          all       all     all        all
see_kept_until         -                 -                     -          -         all     all        all

# Records
read_records           owns              owns,led              -          all       all     all        all
read_record            all               owns,had,led          -          all       all     all        all
see_changes            -                 led                   -          all       all     all        all
read_attachments       all               all                   answers    all       -       all        all
begin                  had,rings         had,rings,led         -          -         -       all        all
write                  owns,had          owns,had,led          -          -         -       all        all
correct                owns_today        owns_today,led        -          -         -       all        all
keep_promise           owns,had,knows    owns,had,knows,led    -          -         -       all        all
open_callback          owns,had,knows    owns,had,knows,led    -          -         -       all        all
open_case              owns,had,knows    owns,had,knows,led    -          -         -       all        all
ask_to_block           owns,had,knows    owns,had,knows,led    -          -         -       all        all
make_duty_link         -                 -                     -          -         -       all        all

# Callbacks and cases
see_callbacks          all               free,taken,led        -          -         all     all        all
see_owed_figures       -                 -                     -          -         all     all        all
take_callback          free,taken        free,taken,led        -          -         -       all        all
close_callback         taken             taken,led             -          -         -       all        all
ask_to_dial            all               all                   -          -         -       all        all
see_dial_approvals     owns              owns,led              -          -         all     all        all
decide_dials           -                 -                     -          -         -       unhandled  unhandled
dial                   owns              -                     -          -         -       owns       -
assign_callback        -                 free,taken,led        -          -         -       all        all
add_callback           -                 -                     -          -         -       all        all
hear_message           taken             taken,led             -          -         -       all        all
read_cases             all               owns,led              answers    all       all     all        all
answer_cases           -                 answers               answers    -         -       -          -
make_word_form         -                 -                     -          -         -       all        all
add_case               all               all                   all        all       -       all        all
judge_case             owns              owns,led              -          -         -       all        all
assign_case            owns              owns,led              -          -         -       all        all
give_case              -                 led                   -          -         -       all        all
hand_over_case         owns              owns,led              -          -         -       all        all
take_case              offered           offered               -          -         -       offered    offered
work_on_case           owns              owns,led              answers    -         -       all        all
approve_solution       -                 -                     -          -         -       all        all
approve_grave          named             named                 named      named     -       named      all
tell_customer          owns              owns,led              -          -         -       all        all
visit_case             unhandled         unhandled             -          unhandled -       unhandled  unhandled
add_to_case            all               owns,led              answers    -         -       all        all
urge_case              all               owns,led              -          -         -       all        all
supervise_case         -                 -                     -          -         -       all        all
ask_extension          owns              owns,led              answers    -         -       all        all
extend_case            -                 -                     -          -         -       all        all
rule_case              named             named                 named      named     -       named      all
merge_cases            owns              owns,led              -          -         -       all        all
close_case             owns              owns,led              -          -         -       all        all
reopen_case            owns              owns,led              -          -         -       all        all
export_cases           -                 led                   -          all       all     all        all
keep_case_filters      owns              owns                  owns       owns      -       owns       owns
decide_blocks          -                 -                     -          -         -       all        all

# Return visits
see_visits             owns,free         owns,free,led         -          all       all     all        all
make_visit             owns              owns                  -          -         -       all        all
take_visit             free              free                  -          -         -       all        all
plan_visit             -                 -                     -          -         -       all        all
assign_visit           -                 free,led              -          -         -       all        all
drop_visit             -                 -                     -          -         -       all        all
open_visit_case        owns              owns,led              -          all       -       all        all
sample_visits          -                 -                     -          all       -       all        all
check_visit            -                 -                     -          unhandled -       unhandled  unhandled
read_visit_months      owns              owns,led              -          all       all     all        all
read_visit_report      -                 -                     -          all       all     all        all
read_projects          all               all                   -          all       all     all        all
edit_projects          -                 -                     -          -         -       all        all
export_projects        -                 -                     -          -         all     all        all
record_inspection      owns              owns                  owns       -         -       all        all
read_campaigns         -                 all                   -          all       all     all        all
run_campaigns          -                 -                     -          -         -       all        all
own_customers          owns              owns                  -          -         -       -          -
see_owners             owns              owns,led              -          -         all     all        all
assign_owner           -                 -                     -          -         -       all        all
send_visit_link        owns              owns                  -          -         -       all        all
export_visits          -                 led                   -          all       all     all        all

# Customers
read_customers         all               all                   -          all       all     all        all
change_customer        all               all                   -          -         -       all        all
add_number             knows             knows                 -          -         -       all        all
remove_number          knows_all         knows_all             -          -         -       all        all
merge                  knows_all         knows_all             -          -         -       all        all
split                  knows_all         knows_all             -          -         -       all        all
undo_merge             made              made                  -          -         -       all        all
export_customers       -                 -                     -          -         all     all        all

# Directory, script cards, line, roster
read_directory         all               all                   all        -         all     all        all
see_directory_numbers  -                 -                     -          -         -       all        all
edit_directory         -                 -                     -          -         -       all        all
export_directory       -                 -                     -          -         -       all        all
see_messages           all               all                   -          -         -       all        all
leave_message          had,rings         had,rings             -          -         -       all        all
pass_message_on        all               all                   -          -         -       all        all
read_cards             all               all                   -          all       all     all        all
edit_cards             -                 -                     -          -         -       all        all
read_line              all               all                   -          all       all     all        all
declare_line           -                 -                     -          -         -       all        all
announce_emergency     -                 -                     -          -         -       all        all
read_prompts           -                 -                     -          all       all     all        all
edit_prompts           -                 -                     -          -         -       -          all
read_roster            all               all                   -          all       all     all        all
edit_roster            -                 -                     -          -         -       all        all
export_roster          -                 -                     -          -         -       all        all
read_shifts            all               all                   -          all       all     all        all
use_own_shifts         owns              owns                  -          owns      -       owns       owns
plan_shifts            -                 -                     -          -         -       all        all
edit_calendar          -                 -                     -          -         -       -          all
import_tables          -                 -                     -          -         -       all        all

# Postings, trainings, hand-over, adherence, staffing
read_bulletins         owns              owns                  owns       owns      -       all        all
post_bulletins         -                 led                   -          -         -       all        all
see_trainings          owns              owns,led              -          -         all     all        all
keep_trainings         -                 -                     -          -         -       all        all
hand_over_shift        owns              owns                  -          -         -       owns       owns
see_handovers          -                 led                   -          -         all     all        all
see_adherence          owns              owns,led              -          -         all     all        all
explain_missed_start   owns              owns                  -          -         -       owns       owns
decide_missed_start    -                 -                     -          -         -       unhandled  unhandled
see_staffing           -                 all                   -          -         all     all        all
plan_staffing          -                 -                     -          -         -       all        all

# Reports that are made by themselves; what people write of their work
see_made_reports       owns              owns,led              owns       owns      all     all        all
make_reports           -                 -                     -          -         -       all        all
see_report_schedule       -                 -                     -          -         all     all        all
confirm_details        owns              owns                  -          owns      -       owns       owns
decide_details         -                 -                     -          -         -       unhandled  unhandled
write_summary          owns              owns                  owns       owns      -       owns       owns
read_summaries         owns              owns,led              owns       owns      -       all        all
# Appraisal, breaches
see_appraisal          owns              owns,led              -          all       all     all        all
sign_appraisal         -                 -                     -          unhandled -       -          -
close_appraisal        -                 led                   -          -         -       -          all
reopen_appraisal       -                 -                     -          -         -       -          all
declare_falsified      -                 -                     -          unhandled -       -          -
object_to_appraisal    owns              owns                  -          -         -       owns       owns
decide_objection       -                 -                     -          unhandled -       -          -
see_breaches           owns              owns,led              -          all       all     all        all
declare_breach         -                 -                     -          -         -       unhandled  unhandled
answer_breach          owns              owns                  -          owns      -       owns       owns
export_breaches        -                 led                   -          all       all     all        all

# Console and floor
begin_at_console       owns              -                     -          -         -       -          -
begin_at_floor         -                 led                   -          -         -       all        -
begin_at_examinations  -                 -                     -          all       -       -          -
begin_at_accounts      -                 -                     -          -         -       -          all
open_console           owns              -                     -          -         -       owns       owns
work_at_console        owns              -                     -          -         -       owns       -
use_phone              owns              -                     -          -         -       owns       owns
see_pops               rings             -                     -          -         -       all        all
follow_push            owns              led                   -          -         -       all        all
watch_floor            -                 led                   -          -         -       all        all
see_figures_of_today   -                 all                   -          -         -       all        all
steer_operators        -                 led                   -          -         -       all        all
monitor                -                 led                   -          -         -       all        all
take_over              -                 led                   -          -         -       all        all
see_wallboard          -                 -                     -          -         -       all        all
manage_displays        -                 -                     -          -         -       all        all

# Reports
see_reports            owns              owns,led              -          all       all     all        all
keep_dashboard         owns              owns                  -          owns      -       owns       owns
set_default_dashboard  -                 -                     -          -         -       all        all

# Satisfaction
hand_to_rating         owns              -                     -          -         -       owns       -
see_ratings            owns              owns,led              -          all       all     all        all
fill_questionnaire     all               all                   -          -         -       all        all
see_questionnaires     -                 -                     -          all       all     all        all

# Examination
oversee_examinations   -                 -                     -          all       -       all        all
read_results           owns              owns                  -          all       -       all        all
read_figures           -                 led                   -          all       all     all        all
read_score_forms       -                 -                     -          all       all     all        all
change_score_forms     -                 -                     -          all       -       all        -
examine                -                 -                     -          unhandled -       all        -
be_drawn_for           -                 -                     -          all       -       -          -
draw_samples           -                 -                     -          all       -       all        -
assign_examination     -                 -                     -          free      -       all        -
decide_appeal          -                 -                     -          all       -       all        -
see_verdicts           owns              owns,led              -          all       all     all        all
contest_verdict        owns              owns                  -          -         -       owns       owns
decide_contest         -                 -                     -          unhandled -       unhandled  -
calibrate              -                 -                     -          made      -       all        -
rectify                -                 -                     -          all       -       all        -
see_examples           all               all                   -          all       -       all        all
mark_example           -                 -                     -          all       -       all        -
let_caller_be_heard    -                 -                     -          -         -       all        all

# How rules are kept
read_supervision       -                 -                     -          all       all     all        all
sign_supervision       -                 -                     -          unhandled -       -          -

# Keeping and deleting, persons' requests
read_retention         -                 -                     -          -         all     all        all
hold_calls             -                 -                     -          -         -       all        all
delete_expired         -                 -                     -          -         -       all        all
write_discs            -                 -                     -          -         -       all        all
handle_requests        -                 -                     -          -         -       all        all
export_deletions       -                 -                     -          -         all     all        all
see_moved_deadlines    -                 -                     -          -         -       all        all

# The machine
keep_backups           -                 -                     -          -         -       -          all
see_jobs               -                 -                     -          -         all     all        all
run_jobs               -                 -                     -          -         -       -          all
read_logs              -                 -                     -          -         -       -          all

# Administration
read_audit             -                 -                     -          -         all     all        all
administer_accounts    -                 -                     -          -         -       -          all
manage_tokens          -                 -                     -          -         -       -          all
read_people            all               all                   -          all       all     all        all
see_staff              -                 -                     -          -         -       all        all
edit_staff             -                 -                     -          -         -       -          all
hire_operators         -                 -                     -          -         -       -          all
change_settings        -                 -                     -          -         -       -          all
change_daily_settings  -                 -                     -          -         -       all        all
see_sent_notifications -                 -                     -          -         -       -          all
manage_links           -                 -                     -          -         -       -          all
manage_text_messages   -                 -                     -          -         -       -          all
manage_webhooks        -                 -                     -          -         -       -          all
"""
