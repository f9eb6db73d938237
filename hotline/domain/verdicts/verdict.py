"""What is said of one rule and one subject.

Named tuples, since a new generation makes millions of them: a frozen dataclass takes five times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Judgement(StrEnum):
    KEPT = "kept"
    BROKEN = "broken"
    #: The rule does not ask it of this subject: an exception that has a name.
    NOT_APPLICABLE = "not_applicable"
    #: It could not be judged, and why has a name.
    NOT_JUDGED = "not_judged"


class Subject(StrEnum):
    """What is judged."""

    CALL = "call"
    RECORD = "record"
    CALLBACK = "callback"
    PROMISE = "promise"
    CASE = "case"
    VISIT = "visit"
    RATING = "rating"
    EXAMINATION = "examination"
    ORDER = "order"  # of rectification
    CUSTOMER = "customer"
    DIAL = "dial"
    LINE_TEST = "line_test"
    BLOCK = "block"
    SHIFT = "shift"
    ROSTER_DAY = "roster_day"
    PRIVACY = "privacy"
    MONTH = "month"


class WhyJudged(StrEnum):
    """Why a rule is not asked of a subject, or cannot be judged of it; or what a judgement goes by."""

    # Exceptions.
    BLOCKLISTED = "blocklisted"
    LINE_TEST = "line_test"
    WRONG_NUMBER = "wrong_number"
    CALLER_LEFT = "caller_left"
    SELF_SERVED = "self_served"
    HANDED_OVER = "handed_over"
    NOBODY_READY = "nobody_ready"
    PUBLIC_HOLIDAY = "public_holiday"
    NOT_RECORDED = "not_recorded"
    NOT_BY_PHONE = "not_by_phone"
    NOT_REACHED = "not_reached"
    NOT_OWED = "not_owed"
    NOTHING_TO_COUNT = "nothing_to_count"
    SWITCHED_OFF = "switched_off"
    ACCEPTED = "accepted"
    CONTESTED = "contested"
    WITHDRAWN = "withdrawn"
    # What could not be judged.
    TO_BE_CHECKED = "to_be_checked"
    NOT_TRANSCRIBED = "not_transcribed"
    NO_SOUND = "no_sound"
    NOT_MEASURED = "not_measured"
    NOT_SEEN = "not_seen"
    MATERIAL_GONE = "material_gone"
    # How a judgement came about.
    REFUSED = "refused"
    BY_CONFIGURATION = "by_configuration"
    NOT_ANSWERED = "not_answered"
    NOT_ASKED = "not_asked"
    NO_RECORD = "no_record"
    STILL_OPEN = "still_open"
    FIELDS_MISSING = "fields_missing"
    NO_RECORDING = "no_recording"
    NO_HANDOVER = "no_handover"
    CALLED_AGAIN = "called_again"


#: What stands behind a verdict: ids and seconds, codes and counts. Never words or numbers of anybody.
Evidence = Mapping[str, Any]
NO_EVIDENCE: Evidence = {}


class Verdict(NamedTuple):
    """`version`: of the rule's figures as they were in force at the subject's time `at`; "" for a rule without.
    `part`: which of several of the subject, e.g. the extension whose talk it is. `person_id`: whose work it was, None
    for nobody's. `why`: a word of WhyJudged."""

    rule: str
    version: str
    subject: Subject
    subject_id: str
    at: datetime
    judgement: Judgement
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    line: str = ""
    person_id: int | None = None
    why: str = ""
    evidence: Evidence = NO_EVIDENCE
    part: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Within its subject."""
        return self.rule, self.part


class StoredVerdict(NamedTuple):
    """As it is kept. `replaces`: the id of the verdict whose place it took, None for the first."""

    id: int
    generation: int
    judged_at: datetime
    verdict: Verdict
    replaces: int | None = None
