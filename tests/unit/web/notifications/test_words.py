"""Each kind of notification has words in both languages, which fit the values that it is told with."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hotline.domain.notifications.notification import Notification
from hotline.domain.reasons import Value
from hotline.services.notifications.kinds import kinds
from hotline.web.kit.catalogue import translation
from hotline.web.kit.told.notified import notification_words
from hotline.web.notifications.wording import CatalogueWording
from tests.support.notified import NOW

#: What each kind is told with; a new kind adds its own.
VALUES: Mapping[str, Mapping[str, Value]] = {
    "alert": {"alert": "line_fault", "about": "main"},
    "alert_over": {"alert": "line_fault", "about": ""},
    "dial_approval_asked": {"by": "Anna"},
    "dial_approval_granted": {"by": "Anna"},
    "dial_approval_refused": {"by": "Anna"},
    "escalation": {"what": "C-1", "due_at": NOW},
    "deadline_near": {"what": "promise", "due_at": NOW},
    "deadline_over": {"what": "record", "due_at": NOW},
    "examined": {},
    "second_factor_reset": {"by": "Anna"},
    "bulletin_posted": {"title": "S2", "by": "Anna"},
    "bulletin_unread": {"title": "S2"},
    "bulletin_not_read_by_all": {"title": "S2", "count": 3},
    "training_runs_out": {"title": "S2", "until_at": NOW},
    "shift_handed_over": {"by": "Anna", "count": 3},
    "handover_accepted": {"by": "Anna"},
    "handover_missing": {"who": "Anna", "ended_at": NOW},
    "handover_not_accepted": {"who": "Anna", "ended_at": NOW},
    "missed_start": {"starts_at": NOW},
    "shift_is_empty": {"who": "Anna", "starts_at": NOW},
    "explanation_decided": {"by": "Anna", "starts_at": NOW},
    "appeal_decided": {"decision": "upheld"},
    "correction_ordered": {"due_at": NOW},
    "correction_repeated": {"due_at": NOW},
    "draw_given": {"count": 3, "week": "2026-W46"},
    "examination_given": {},
    "case_given": {"case": "20261116-001"},
    "case_customer_spoke": {"case": "20261116-001"},
    "case_offered": {"case": "20261116-001"},
    "case_assigned": {"case": "20261116-001"},
    "case_urged": {"case": "20261116-001"},
    "visit_given": {"due_at": NOW},
    "visit_tried_out": {"count": 5},
    "case_supervised": {"case": "20261116-001"},
    "case_returned": {"case": "20261116-001"},
    "case_to_approve": {"case": "20261116-001"},
    "case_extended": {"case": "20261116-001"},
    "case_not_extended": {"case": "20261116-001"},
    "inspection_due": {"due_on": NOW.date()},
    "case_extension": {"case": "20261116-001"},
    "case_dispute": {"case": "20261116-001"},
    "case_grave": {"case": "20261116-001"},
    "case_escalated": {"case": "20261116-001"},
    "hand_raised": {"operator": "赵敏"},
    "test": {"by": "Anna"},
    "shifts_published": {"count": 3, "since_day": "2026-11-16", "until_day": "2026-11-22"},
    "shift_added": {"from_at": NOW, "until_at": NOW},
    "shift_changed": {"from_at": NOW, "until_at": NOW, "was_from_at": NOW},
    "shift_taken_away": {"from_at": NOW, "until_at": NOW},
    "shifts_open": {"whose": "王五", "count": 2, "from_at": NOW},
    "leave_asked": {"by": "Anna", "from_at": NOW, "until_at": NOW},
    "leave_accepted": {"by": "Anna", "from_at": NOW, "until_at": NOW},
    "leave_refused": {"by": "Anna", "from_at": NOW, "until_at": NOW},
    "swap_asked": {"by": "Anna", "from_at": NOW},
    "swap_to_approve": {"by": "Anna", "from_at": NOW},
    "swap_done": {"by": "Anna", "from_at": NOW},
    "swap_refused": {"by": "Anna", "from_at": NOW},
    "swap_withdrawn": {"by": "Anna", "from_at": NOW},
    "swap_lapsed": {"from_at": NOW},
    "mobile_lost": {"who": "Anna"},
    "appraisal_signed": {"month": "2026-10"},
    "appraisal_closed": {"month": "2026-10", "until_at": NOW},
    "appraisal_reopened": {"month": "2026-10"},
    "appraisal_objection": {"month": "2026-10", "due_at": NOW},
    "appraisal_objection_decided": {"month": "2026-10", "decision": "granted"},
    "appraisal_falsified": {"by": "Anna", "month": "2026-10"},
    "breach_declared": {"by": "Anna", "at": NOW},
    "breach_withdrawn": {"by": "Anna", "at": NOW},
    "report_ready": {"what": "weekly", "starts_at": NOW, "ends_at": NOW, "calls": 7, "open": 2},
    "details_objected": {"who": "Anna", "month": "2026-10"},
    "details_decided": {"by": "Anna"},
    "summary_written": {"who": "Anna", "span": "week", "first": "2026-11-16"},
    "summary_replied": {"by": "Anna"},
    "verdict_contested": {"rule": "A8"},
    "contest_decided": {"rule": "A8", "decision": "upheld"},
}


def test_each_kind_has_words_and_none_are_left_over() -> None:
    assert notification_words().keys() == kinds().keys() == VALUES.keys()


@pytest.mark.parametrize("kind", VALUES)
def test_they_are_said_in_both_languages(kind: str) -> None:
    words, told = notification_words()[kind], Notification(1, kind, "case:7", NOW, VALUES[kind])
    for text in (words.name, words.said):
        assert translation("zh-CN")(text) != text
    english, chinese = (CatalogueWording().said(told, language) for language in ("en", "zh"))
    assert english != chinese and "%(" not in english + chinese
    assert translation("en")(words.name) == words.name


def test_an_alert_is_called_as_on_the_screens() -> None:
    told = Notification(1, "alert", "alert:line_fault", NOW, VALUES["alert"])
    assert CatalogueWording().said(told, "en") == "Alert: The line does not work · main"
    assert CatalogueWording().said(told, "zh").startswith("告警：线路")


def test_one_of_another_version_is_said_by_its_code_or_name() -> None:
    assert CatalogueWording().said(Notification(1, "novelty", "", NOW), "zh") == "novelty"
    assert CatalogueWording().said(Notification(1, "escalation", "", NOW, {}), "en") == "Escalations"
