"""The examiner's page: one examination with the call's sound, what was said, findings, facts and the form of points."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext

from hotline.domain.examination.records import ExaminationState
from hotline.domain.rights.acts import Act
from hotline.services.examination.sheet import SheetView, view_sheet
from hotline.services.examination.view import ExaminationView
from hotline.services.said import saying
from hotline.web.examination.sound import for_player, ours
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed_ever
from hotline.web.kit.context import web
from hotline.web.kit.said import said
from hotline.web.quality.words import DECISIONS, EXAMINATION_STATES, WHYS

blueprint = Blueprint("examinations", __name__)


@blueprint.get("/examinations/<int:examination_id>")
@may(Act.READ_RESULTS)
def show(examination_id: int) -> str:
    """Examiners score on it, operators see the result of their own call; whoever else is refused by the service."""
    context = web()
    sheet = view_sheet(context.storage, context.settings, examination_id, actor(), context.now())
    shown = sheet.examination
    return render_template(
        "examination/sheet.html",
        data=_data(sheet),
        shown=shown,
        ours=ours(shown),
        recording_id=sheet.sound.id if sheet.sound else None,
        state_label=EXAMINATION_STATES[shown.state],
        why_label=WHYS[shown.why],
        decision_label=DECISIONS.get(shown.appeal.decision) if shown.appeal and shown.appeal.decision else None,
        readonly_because=_readonly_because(shown),
    )


def _data(sheet: SheetView) -> dict[str, object]:
    categories = web().settings.categories
    return {
        "sheet": sheet.model_dump(mode="json", context=saying(said)),
        **for_player(sheet.examination),
        "categories": {each: category.name for each, category in categories.items()},
    }


def _readonly_because(shown: ExaminationView) -> str:
    if shown.state is not ExaminationState.ASSIGNED:
        return gettext("Finished: the points stay.")
    if not shown.examiner:
        return gettext("Nobody has this examination yet.")
    if allowed_ever(Act.EXAMINE):
        return gettext("Only the examiner whom it is assigned to gives points.")
    return gettext("You can look at it only.")
