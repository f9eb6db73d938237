"""What people do here, what ties them to what they do it to, and the one question of both: may they? (A14, E4, F5)

The answer stands in `hotline.domain.rights.table`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from hotline.domain.people import Role
from hotline.domain.rights.table import TABLE


class Act(StrEnum):
    USE_OWN_ACCOUNT = "use_own_account"
    SEE_ALERTS = "see_alerts"
    SEE_OWN_NOTIFICATIONS = "see_own_notifications"
    SEE_OWN_RESULTS = "see_own_results"
    SEE_OWN_DAY = "see_own_day"
    READ_LEDGER = "read_ledger"
    READ_CALL = "read_call"
    EXPORT_CALLS = "export_calls"
    SEE_NUMBERS = "see_numbers"
    SEARCH_NUMBERS = "search_numbers"
    SEARCH_NUMBER_PARTS = "search_number_parts"
    REVEAL_NUMBER = "reveal_number"
    SEARCH = "search"
    HEAR = "hear"
    DOWNLOAD_SOUND = "download_sound"
    READ_FINDINGS = "read_findings"
    SEE_TO_TRANSCRIPTION = "see_to_transcription"
    SEE_DISCS_OF_CALL = "see_discs_of_call"
    SEE_KEPT_UNTIL = "see_kept_until"
    READ_RECORDS = "read_records"
    READ_RECORD = "read_record"
    SEE_CHANGES = "see_changes"
    READ_ATTACHMENTS = "read_attachments"
    BEGIN = "begin"
    WRITE = "write"
    CORRECT = "correct"
    KEEP_PROMISE = "keep_promise"
    OPEN_CALLBACK = "open_callback"
    OPEN_CASE = "open_case"
    ASK_TO_BLOCK = "ask_to_block"
    MAKE_DUTY_LINK = "make_duty_link"
    SEE_CALLBACKS = "see_callbacks"
    SEE_OWED_FIGURES = "see_owed_figures"
    TAKE_CALLBACK = "take_callback"
    CLOSE_CALLBACK = "close_callback"
    ASK_TO_DIAL = "ask_to_dial"
    SEE_DIAL_APPROVALS = "see_dial_approvals"
    DECIDE_DIALS = "decide_dials"
    DIAL = "dial"
    ASSIGN_CALLBACK = "assign_callback"
    ADD_CALLBACK = "add_callback"
    HEAR_MESSAGE = "hear_message"
    READ_CASES = "read_cases"
    ANSWER_CASES = "answer_cases"
    MAKE_WORD_FORM = "make_word_form"
    ADD_CASE = "add_case"
    JUDGE_CASE = "judge_case"
    ASSIGN_CASE = "assign_case"
    GIVE_CASE = "give_case"
    HAND_OVER_CASE = "hand_over_case"
    TAKE_CASE = "take_case"
    WORK_ON_CASE = "work_on_case"
    APPROVE_SOLUTION = "approve_solution"
    APPROVE_GRAVE = "approve_grave"
    TELL_CUSTOMER = "tell_customer"
    VISIT_CASE = "visit_case"
    ADD_TO_CASE = "add_to_case"
    URGE_CASE = "urge_case"
    SUPERVISE_CASE = "supervise_case"
    ASK_EXTENSION = "ask_extension"
    EXTEND_CASE = "extend_case"
    RULE_CASE = "rule_case"
    MERGE_CASES = "merge_cases"
    CLOSE_CASE = "close_case"
    REOPEN_CASE = "reopen_case"
    EXPORT_CASES = "export_cases"
    KEEP_CASE_FILTERS = "keep_case_filters"
    DECIDE_BLOCKS = "decide_blocks"
    SEE_VISITS = "see_visits"
    MAKE_VISIT = "make_visit"
    TAKE_VISIT = "take_visit"
    PLAN_VISIT = "plan_visit"
    ASSIGN_VISIT = "assign_visit"
    DROP_VISIT = "drop_visit"
    OPEN_VISIT_CASE = "open_visit_case"
    SAMPLE_VISITS = "sample_visits"
    CHECK_VISIT = "check_visit"
    READ_VISIT_MONTHS = "read_visit_months"
    READ_VISIT_REPORT = "read_visit_report"
    READ_PROJECTS = "read_projects"
    EDIT_PROJECTS = "edit_projects"
    EXPORT_PROJECTS = "export_projects"
    RECORD_INSPECTION = "record_inspection"
    READ_CAMPAIGNS = "read_campaigns"
    RUN_CAMPAIGNS = "run_campaigns"
    OWN_CUSTOMERS = "own_customers"
    SEE_OWNERS = "see_owners"
    ASSIGN_OWNER = "assign_owner"
    SEND_VISIT_LINK = "send_visit_link"
    EXPORT_VISITS = "export_visits"
    READ_CUSTOMERS = "read_customers"
    CHANGE_CUSTOMER = "change_customer"
    ADD_NUMBER = "add_number"
    REMOVE_NUMBER = "remove_number"
    MERGE = "merge"
    SPLIT = "split"
    UNDO_MERGE = "undo_merge"
    EXPORT_CUSTOMERS = "export_customers"
    READ_DIRECTORY = "read_directory"
    SEE_DIRECTORY_NUMBERS = "see_directory_numbers"
    EDIT_DIRECTORY = "edit_directory"
    EXPORT_DIRECTORY = "export_directory"
    SEE_MESSAGES = "see_messages"
    LEAVE_MESSAGE = "leave_message"
    PASS_MESSAGE_ON = "pass_message_on"
    READ_CARDS = "read_cards"
    EDIT_CARDS = "edit_cards"
    READ_LINE = "read_line"
    DECLARE_LINE = "declare_line"
    ANNOUNCE_EMERGENCY = "announce_emergency"
    READ_PROMPTS = "read_prompts"
    EDIT_PROMPTS = "edit_prompts"
    READ_ROSTER = "read_roster"
    EDIT_ROSTER = "edit_roster"
    EXPORT_ROSTER = "export_roster"
    READ_SHIFTS = "read_shifts"
    USE_OWN_SHIFTS = "use_own_shifts"
    PLAN_SHIFTS = "plan_shifts"
    EDIT_CALENDAR = "edit_calendar"
    IMPORT_TABLES = "import_tables"
    READ_BULLETINS = "read_bulletins"
    POST_BULLETINS = "post_bulletins"
    SEE_TRAININGS = "see_trainings"
    KEEP_TRAININGS = "keep_trainings"
    HAND_OVER_SHIFT = "hand_over_shift"
    SEE_HANDOVERS = "see_handovers"
    SEE_ADHERENCE = "see_adherence"
    EXPLAIN_MISSED_START = "explain_missed_start"
    DECIDE_MISSED_START = "decide_missed_start"
    SEE_APPRAISAL = "see_appraisal"
    SIGN_APPRAISAL = "sign_appraisal"
    CLOSE_APPRAISAL = "close_appraisal"
    REOPEN_APPRAISAL = "reopen_appraisal"
    DECLARE_FALSIFIED = "declare_falsified"
    OBJECT_TO_APPRAISAL = "object_to_appraisal"
    DECIDE_OBJECTION = "decide_objection"
    SEE_BREACHES = "see_breaches"
    DECLARE_BREACH = "declare_breach"
    ANSWER_BREACH = "answer_breach"
    EXPORT_BREACHES = "export_breaches"
    SEE_STAFFING = "see_staffing"
    PLAN_STAFFING = "plan_staffing"
    SEE_MADE_REPORTS = "see_made_reports"
    MAKE_REPORTS = "make_reports"
    SEE_REPORT_SCHEDULE = "see_report_schedule"
    CONFIRM_DETAILS = "confirm_details"
    DECIDE_DETAILS = "decide_details"
    WRITE_SUMMARY = "write_summary"
    READ_SUMMARIES = "read_summaries"
    BEGIN_AT_CONSOLE = "begin_at_console"
    BEGIN_AT_FLOOR = "begin_at_floor"
    BEGIN_AT_EXAMINATIONS = "begin_at_examinations"
    BEGIN_AT_ACCOUNTS = "begin_at_accounts"
    OPEN_CONSOLE = "open_console"
    WORK_AT_CONSOLE = "work_at_console"
    USE_PHONE = "use_phone"
    SEE_POPS = "see_pops"
    FOLLOW_PUSH = "follow_push"
    WATCH_FLOOR = "watch_floor"
    SEE_FIGURES_OF_TODAY = "see_figures_of_today"
    STEER_OPERATORS = "steer_operators"
    MONITOR = "monitor"
    TAKE_OVER = "take_over"
    SEE_WALLBOARD = "see_wallboard"
    MANAGE_DISPLAYS = "manage_displays"
    SEE_REPORTS = "see_reports"
    KEEP_DASHBOARD = "keep_dashboard"
    SET_DEFAULT_DASHBOARD = "set_default_dashboard"
    HAND_TO_RATING = "hand_to_rating"
    SEE_RATINGS = "see_ratings"
    FILL_QUESTIONNAIRE = "fill_questionnaire"
    SEE_QUESTIONNAIRES = "see_questionnaires"
    OVERSEE_EXAMINATIONS = "oversee_examinations"
    READ_RESULTS = "read_results"
    READ_FIGURES = "read_figures"
    READ_SCORE_FORMS = "read_score_forms"
    CHANGE_SCORE_FORMS = "change_score_forms"
    EXAMINE = "examine"
    BE_DRAWN_FOR = "be_drawn_for"
    DRAW_SAMPLES = "draw_samples"
    ASSIGN_EXAMINATION = "assign_examination"
    DECIDE_APPEAL = "decide_appeal"
    SEE_VERDICTS = "see_verdicts"
    CONTEST_VERDICT = "contest_verdict"
    DECIDE_CONTEST = "decide_contest"
    CALIBRATE = "calibrate"
    RECTIFY = "rectify"
    SEE_EXAMPLES = "see_examples"
    MARK_EXAMPLE = "mark_example"
    LET_CALLER_BE_HEARD = "let_caller_be_heard"
    READ_SUPERVISION = "read_supervision"
    SIGN_SUPERVISION = "sign_supervision"
    READ_RETENTION = "read_retention"
    HOLD_CALLS = "hold_calls"
    DELETE_EXPIRED = "delete_expired"
    WRITE_DISCS = "write_discs"
    HANDLE_REQUESTS = "handle_requests"
    EXPORT_DELETIONS = "export_deletions"
    SEE_MOVED_DEADLINES = "see_moved_deadlines"
    KEEP_BACKUPS = "keep_backups"
    SEE_JOBS = "see_jobs"
    RUN_JOBS = "run_jobs"
    READ_LOGS = "read_logs"
    READ_AUDIT = "read_audit"
    ADMINISTER_ACCOUNTS = "administer_accounts"
    MANAGE_TOKENS = "manage_tokens"
    READ_PEOPLE = "read_people"
    SEE_STAFF = "see_staff"
    EDIT_STAFF = "edit_staff"
    HIRE_OPERATORS = "hire_operators"
    CHANGE_SETTINGS = "change_settings"
    CHANGE_DAILY_SETTINGS = "change_daily_settings"
    SEE_SENT_NOTIFICATIONS = "see_sent_notifications"
    MANAGE_LINKS = "manage_links"
    MANAGE_TEXT_MESSAGES = "manage_text_messages"
    MANAGE_WEBHOOKS = "manage_webhooks"


class Tie(StrEnum):
    """What ties a person to what they do something to.

    ALL: nothing need tie them, it is for everybody's. HAD: they talked on the call. RINGS: it rings at their phone, or
    they talk, now. OWNS: the record, case, result or phone is theirs. OWNS_TODAY: and was done today. KNOWS: they see
    its number whole (hotline.domain.rights.seeing), of a customer one of them at least; a customer without any is known
    to all. KNOWS_ALL: each of the customers or numbers that it is about. FREE: nobody has taken it. TAKEN: they have.
    MADE: they did what is undone or ended. CALLS: the caller talks with them, rings at their phone, or is still to be
    written up. PUBLISHED: a result of their own call is published. SHOWN: an example plays it, and it is no call of
    their own that is examined. UNHANDLED: they had nothing to do with the call (F5), or did not
    ask for what they decide. LED: it is of somebody whom they
    lead, in a team or department, or whose absent leader they stand in for. ANSWERS: the case is their department's to
    answer. OFFERED: it is offered to them, to be theirs. NAMED: the settings name them for it.
    """

    ALL = "all"
    HAD = "had"
    RINGS = "rings"
    OWNS = "owns"
    OWNS_TODAY = "owns_today"
    KNOWS = "knows"
    KNOWS_ALL = "knows_all"
    FREE = "free"
    TAKEN = "taken"
    MADE = "made"
    CALLS = "calls"
    PUBLISHED = "published"
    SHOWN = "shown"
    UNHANDLED = "unhandled"
    LED = "led"
    ANSWERS = "answers"
    OFFERED = "offered"
    NAMED = "named"


_NOT_AT_ALL = "-"


def _read(table: str) -> Mapping[Act, Mapping[Role, frozenset[Tie]]]:
    """Raises ValueError for a word that means nothing, KeyError for an act that is left out."""
    lines = [line.split() for line in table.splitlines() if line.strip() and not line.startswith("#")]
    roles = [Role(name) for name in lines[0][1:]]
    found = {Act(act): dict(zip(roles, map(_ties, cells), strict=True)) for act, *cells in lines[1:]}
    return MappingProxyType({act: MappingProxyType(found[act]) for act in Act})


def _ties(cell: str) -> frozenset[Tie]:
    return frozenset() if cell == _NOT_AT_ALL else frozenset(map(Tie, cell.split(",")))


RIGHTS = _read(TABLE)


def may(act: Act, roles: Collection[Role], ties: Collection[Tie] = ()) -> bool:
    """To something that they are tied to so; without ties: to everybody's."""
    rights, enough = RIGHTS[act], {Tie.ALL, *ties}
    return any(not rights[role].isdisjoint(enough) for role in roles)


def may_ever(act: Act, roles: Collection[Role]) -> bool:
    """To something at least: who may open the page. To what, its use case asks."""
    return any(RIGHTS[act][role] for role in roles)


def ties_that_count(act: Act, roles: Collection[Role]) -> frozenset[Tie]:
    """Those of which one is enough for these roles."""
    return frozenset().union(*(RIGHTS[act][role] for role in roles))


_LEADING = frozenset(role for role in Role if any(Tie.LED in RIGHTS[act][role] for act in Act))


def leads(roles: Collection[Role]) -> bool:
    """Whether it matters whom they lead."""
    return not _LEADING.isdisjoint(roles)


def roles_for(act: Act) -> tuple[Role, ...]:
    """Who may do it to something at least."""
    return tuple(role for role in Role if RIGHTS[act][role])
