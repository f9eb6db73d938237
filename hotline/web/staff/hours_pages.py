"""When a department works, where that is otherwise than at the site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from hotline.domain.rights.acts import Act
from hotline.domain.settings.change import Act as Decision
from hotline.domain.settings.change import SettingChange
from hotline.services.line.department_hours import DAYS, department_hours, set_department_hours
from hotline.services.settings.on_page import ChangedMeanwhile
from hotline.services.settings.settings import WrongSettings
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.kit.said import changed_meanwhile, said
from hotline.web.line.calendar_pages import MARKS
from hotline.web.line.labels import WEEKDAYS

blueprint = Blueprint("department_hours", __name__, url_prefix="/people/units/<int:unit_id>/hours")

_NAMES = dict(zip(DAYS, (*WEEKDAYS, _("Make-up working day")), strict=True))


@blueprint.get("")
@may(Act.SEE_STAFF)
def show(unit_id: int) -> str:
    return _page(unit_id)


@blueprint.post("")
@may(Act.CHANGE_SETTINGS)
def decide(unit_id: int) -> Response | tuple[str, int]:
    """A day without periods is as at the site, or closed where that is ticked."""
    context = web()
    try:
        week, seen = {day: _typed(day) for day in DAYS}, {day: _typed(day, "shown_") for day in DAYS}
        made = set_department_hours(context.in_force, unit_id, week, actor(), context.now(), seen)
    except ChangedMeanwhile as error:
        return _page(unit_id, dict.fromkeys(error.keys, changed_meanwhile())), 409
    except WrongSettings as error:
        return _page(unit_id, {day: said(reason) for day, reason in error.problems.items()}), 422
    flash(gettext("Saved.") if made else gettext("Nothing was changed."), "ok")
    return redirect(url_for("department_hours.show", unit_id=unit_id), 303)


def _typed(day: str, before: str = "") -> list[str] | None:
    """`before`: of the field's name, of what the page had shown there."""
    text = request.form.get(f"{before}{day}", "")
    for mark in "，、;；\n":
        text = text.replace(mark, ",")
    periods = [each.strip() for each in text.split(",") if each.strip()]
    return periods or ([] if request.form.get(f"{before}closed_{day}") else None)


def _page(unit_id: int, problems: Mapping[str, str] | None = None) -> str:
    shown = department_hours(web().in_force, unit_id, actor())
    # What was not touched stands as somebody else may have made it meanwhile.
    typed = {day: _typed(day) for day in DAYS if _typed(day) != _typed(day, "shown_")}
    week = {**shown.own, **typed} if problems is not None else shown.own
    return render_template(
        "staff/hours.html",
        unit_id=unit_id,
        shown=shown,
        days=_NAMES,
        week={day: _in_line(periods) for day, periods in week.items()},
        usual={day: _in_line(periods) for day, periods in shown.usual.items()},
        kept={day: _in_line(periods) for day, periods in shown.own.items()},
        problems=problems or {},
        changes=[(each, *_words(each)) for each in shown.changes],
        may_decide=allowed(Act.CHANGE_SETTINGS),
    )


def _in_line(periods: Sequence[str] | None) -> str | None:
    return None if periods is None else ", ".join(periods)


def _words(change: SettingChange) -> tuple[str, str]:
    """What was decided on, and what it is from then on."""
    name = change.key.rpartition(".")[2]
    what = str(_NAMES.get(name) or (MARKS[name].text if name in MARKS else name))
    if change.act is not Decision.SET:
        return what, gettext("as at the site")
    value: Sequence[str] = change.value if isinstance(change.value, list) else [str(change.value)]
    return what, ", ".join(map(str, value)) or (gettext("day off") if name in _NAMES else gettext("none"))
