"""Every table. A change here needs an Alembic revision beside it; a test compares the two."""

from hotline.storage.tables.base import metadata
from hotline.storage.tables.calls import call, call_fact, callback, recording
from hotline.storage.tables.care import (
    block_request,
    call_form,
    call_form_change,
    customer,
    customer_merge,
    customer_number,
    duty_link,
    service_case,
)
from hotline.storage.tables.console import (
    call_transfer,
    directory_message,
    directory_person,
    operator_presence,
    operator_state_change,
)
from hotline.storage.tables.floor import operator_steering, wall_display
from hotline.storage.tables.keeping import (
    archive_disc,
    archive_item,
    expiry_listing,
    privacy_request,
    recording_deletion,
    recording_hold,
    store_check,
)
from hotline.storage.tables.line import blocked_number, duty_handover, duty_shift, line_override, line_test
from hotline.storage.tables.people import api_token, attempt, audit_log, user, user_session
from hotline.storage.tables.quality import (
    appeal,
    calibration,
    call_finding,
    call_score,
    examination,
    examination_comment,
    example_call,
    rectification,
    sample_draw,
    score_form,
    transcript,
)
from hotline.storage.tables.search import search_entry
from hotline.storage.tables.system import alert, job_run, lease, listener_checkpoint, outbox

__all__ = [
    "alert", "api_token", "appeal", "archive_disc", "archive_item", "attempt", "audit_log", "block_request",
    "blocked_number",
    "calibration", "call", "call_fact", "call_finding", "call_form", "call_form_change", "call_score",
    "call_transfer", "callback", "customer", "customer_merge", "customer_number", "directory_message",
    "directory_person",
    "duty_handover", "duty_link", "duty_shift", "examination", "examination_comment", "example_call",
    "expiry_listing", "job_run",
    "lease", "line_override", "line_test", "listener_checkpoint", "metadata", "operator_presence",
    "operator_state_change", "operator_steering", "outbox", "privacy_request", "recording", "recording_deletion",
    "recording_hold",
    "rectification", "sample_draw", "score_form", "search_entry", "service_case", "store_check", "transcript", "user",
    "user_session", "wall_display",
]  # fmt: skip
