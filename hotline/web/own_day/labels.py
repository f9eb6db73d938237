"""What figures of somebody's own day are called, and the list that each opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_login import current_user

from hotline.domain.own_day.day import OwnFigure
from hotline.services.own_day.own_day import OwnDay


@dataclass(frozen=True)
class FigureWords:
    """`endpoint`: of the list; `args`: what it is asked for. `task`: it is something to be done, so 0 is good."""

    title: LazyString
    symbol: str
    endpoint: str
    args: Callable[[OwnDay], Mapping[str, str]] = lambda _day: {}
    task: bool = True

    def address(self, day: OwnDay) -> str:
        return url_for(self.endpoint, **self.args(day))  # type: ignore[arg-type]


def _of_today(day: OwnDay) -> Mapping[str, str]:
    return {"since": day.day.isoformat(), "answered_by": current_user.user.extension or ""}


WORDS: Mapping[OwnFigure, FigureWords] = {
    OwnFigure.CALLS: FigureWords(_("Calls today"), "phone", "ledger.calls", _of_today, task=False),
    OwnFigure.RECORDS: FigureWords(_("Log forms to be written"), "forms", "forms.index", lambda _d: {"owner": "me"}),
    OwnFigure.CALLBACKS: FigureWords(_("Callbacks to be made"), "phone-outgoing", "callbacks.index"),
    OwnFigure.CASES: FigureWords(_("My open cases"), "folder", "case_lists.index", lambda _d: {"which": "mine"}),
    OwnFigure.VISITS: FigureWords(_("Visits to be made"), "route", "visits.index", lambda _d: {"tab": "mine"}),
    OwnFigure.PROMISES: FigureWords(
        _("Promises to be kept"), "clock", "forms.index", lambda _d: {"state": "promised", "owner": "me"}
    ),
    OwnFigure.RATINGS: FigureWords(
        _("Ratings this month"), "chart-bar", "satisfaction.index", lambda _d: {"period": "month"}, task=False
    ),
    OwnFigure.SCORES: FigureWords(_("Score this month"), "list-numbers", "my_results.index", task=False),
    OwnFigure.RESULTS: FigureWords(_("New results"), "clipboard-check", "my_results.index"),
    OwnFigure.NOTICES: FigureWords(_("Unread notifications"), "bell", "notifications.index"),
    OwnFigure.BULLETINS: FigureWords(_("Notices to be read"), "message-2", "bulletins.index"),
    OwnFigure.TRAININGS: FigureWords(_("Trainings that I lack"), "book", "trainings.index"),
}
