"""The operator's own page: results of their examined calls, appeals against them, corrective actions."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from hotline.domain.errors import NotFound
from hotline.domain.examination.records import Examination, ExaminationFilter
from hotline.domain.people import Actor
from hotline.domain.quality.results import StoredFinding
from hotline.domain.recordings.recording import RecordingState
from hotline.services.access import may_hear
from hotline.services.examination import appeals as appeal_service
from hotline.services.examination import corrective_actions as action_service
from hotline.services.examination import examinations as service
from hotline.services.examination.improvement_view import corrective_action_view
from hotline.services.examination.view import ExaminationRow, examination_rows, examination_view
from hotline.services.quality.measuring import talk_recording
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.quality.findings import FindingStore
from hotline.storage.transaction import Transaction
from hotline.web.kit.access import any_role
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.said import flashed

blueprint = Blueprint("my_results", __name__)

#: The figures at the top are of so many days.
_DAYS = 90
_MOST = 500
_ORDERS = 50


@blueprint.get("/my-results")
@any_role
def index() -> str:
    """Whoever has no extension has no calls, and so no results."""
    context, who, now, page = web(), actor(), web().now(), page_asked(request.args, MAX_PAGE)
    with context.storage.writing() as tx:
        examinations = (
            ExaminationStore(tx).search(_own(who), PAGE_SIZE, (page - 1) * PAGE_SIZE) if who.extension else []
        )
        total = ExaminationStore(tx).count(_own(who)) if who.extension else 0
        lately = ExaminationStore(tx).search(_own(who, _DAYS), _MOST) if who.extension else []
        rows = examination_rows(tx, context.settings, examinations, who, now)
        figures = _figures(examination_rows(tx, context.settings, lately, who, now))
        orders = CorrectiveActionStore(tx).search(who.extension, False, _ORDERS) if who.extension else []
        AuditLog(tx).add(now, who.name, "examinations.view", "examinations", f"{len(rows)} own examinations")
    views = [corrective_action_view(each, context.settings, now) for each in orders]
    return render_template(
        "examination/my_results.html",
        rows=rows,
        total=total,
        page=page,
        pages=-(-total // PAGE_SIZE),
        orders=views,
        figures=figures,
        days=_DAYS,
        extension=who.extension,
    )


@blueprint.get("/my-results/<int:examination_id>")
@any_role
def show(examination_id: int) -> str:
    """That it was looked at is kept with the examination."""
    return _page(examination_id)


@blueprint.post("/my-results/<int:examination_id>/appeal")
@any_role
def appeal(examination_id: int) -> Response | tuple[str, int]:
    _read_own(examination_id)
    context = web()
    with flashed():
        reason = request.form.get("reason", "")[:10_000]
        appeal_service.appeal(context.storage, context.settings, examination_id, reason, actor(), context.now())
        flash(gettext("The appeal is made; another examiner decides."), "ok")
        return redirect(url_for("my_results.show", examination_id=examination_id))
    return _page(examination_id), 422


@blueprint.post("/my-results/orders/<int:order_id>/done")
@any_role
def done(order_id: int) -> Response:
    context = web()
    with flashed():
        action_service.report_done(
            context.storage, order_id, request.form.get("note", "")[:10_000], actor(), context.now()
        )
        flash(gettext("Reported; an examiner checks it."), "ok")
    return redirect(url_for("my_results.index"))


def _own(who: Actor, days: int | None = None) -> ExaminationFilter:
    since = web().now() - timedelta(days=days) if days else None
    return ExaminationFilter(extension=who.extension or "", published=True, since=since)


def _figures(rows: list[ExaminationRow]) -> dict[str, float | int | None]:
    scores = [row.score for row in rows if row.score is not None]
    judged = [row.passed for row in rows if row.passed is not None]
    return {
        "calls": len(rows),
        "mean": round(sum(scores) / len(scores), 1) if scores else None,
        "passed": round(100 * sum(judged) / len(judged)) if judged else None,
    }


def _read_own(examination_id: int) -> Examination:
    """Raises NotFound for others' too: whether there is one is nothing for this page to tell."""
    who = actor()
    with web().storage.reading() as tx:
        found = ExaminationStore(tx).by_id(examination_id)
    if found is None or not who.extension or found.extension != who.extension or not found.is_published:
        raise NotFound("examination.no_examination", id=examination_id)
    return found


def _page(examination_id: int) -> str:
    _read_own(examination_id)
    context, who, now = web(), actor(), web().now()
    examination = service.view_examination(context.storage, examination_id, who, now)
    with context.storage.reading() as tx:
        view = examination_view(tx, context.settings, examination, who, now)
        broken = [each.finding for each in _own_findings(tx, examination) if each.finding.breach]
        recording = _recording(tx, examination, who)
    return render_template(
        "examination/my_result.html",
        view=view,
        broken=broken,
        recording=recording,
        first=examination.points,
        typed=request.form.get("reason", ""),
        appeal_days=context.settings.examination.appeal_days,
    )


def _own_findings(tx: Transaction, found: Examination) -> list[StoredFinding]:
    return [each for each in FindingStore(tx).of(found.node, found.linkedid) if each.extension == found.extension]


def _recording(tx: Transaction, found: Examination, who: Actor) -> int | None:
    """The talk's recording that this person may hear and that can be played."""
    stored = CallStore(tx).by_id(CallStore(tx).id_of(found.node, found.linkedid) or 0)
    entry = talk_recording(stored) if stored else None
    if stored is None or entry is None or entry.state is not RecordingState.READY:
        return None
    return entry.id if may_hear(tx, stored.call, who) else None
