"""What is said to people of reports."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.domain.notifications.notification import Notification
from hotline.domain.reasons import Value
from hotline.domain.scheduled_reports.schedule import ReportKind
from hotline.domain.scheduled_reports.summary import SummarySpan
from hotline.web.kit.refusals.marking import msgid as _
from hotline.web.kit.refusals.registry import Translate
from hotline.web.kit.told.notified import NotificationWords

_KINDS = {
    ReportKind.DAILY: _("Daily ledger"),
    ReportKind.WEEKLY: _("Weekly report"),
    ReportKind.PERSON_WEEK: _("A person's week"),
    ReportKind.MONTHLY: _("Monthly report"),
    ReportKind.CALL_DETAILS: _("Call details"),
    ReportKind.PROBLEMS: _("Problems by product"),
}

_SPANS = {SummarySpan.DAY: _("day"), SummarySpan.WEEK: _("week"), SummarySpan.MONTH: _("month")}


def _of_report(values: Mapping[str, Value], translate: Translate) -> Mapping[str, Value]:
    return {**values, "what": translate(_KINDS[ReportKind(str(values["what"]))])}


def _of_summary(values: Mapping[str, Value], translate: Translate) -> Mapping[str, Value]:
    return {**values, "span": translate(_SPANS[SummarySpan(str(values["span"]))])}


def _summaries(told: Notification) -> str:
    _kind, _person, span, first = told.object.split(":")
    return f"/reports/summaries?span={span}&day={first}"


WORDS = {
    "report_ready": NotificationWords(
        _("Reports"),
        _("%(what)s from %(starts_at)s to %(ends_at)s: %(calls)s calls, %(open)s matters open"),
        _of_report,
    ),
    "details_objected": NotificationWords(
        _("Objections to call details"), _("%(who)s objects to the call details since %(month)s")
    ),
    "details_decided": NotificationWords(
        _("Answers to objections"), _("%(by)s answered your objection to the call details")
    ),
    "summary_written": NotificationWords(
        _("Work summaries"), _("%(who)s wrote of their %(span)s from %(first)s on"), _of_summary, _summaries
    ),
    "summary_replied": NotificationWords(
        _("Replies to work summaries"), _("%(by)s replied to your work summary"), page=_summaries
    ),
}
