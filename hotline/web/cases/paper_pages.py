"""Cases on paper: 《投诉登记表》, 《投诉处理表》, 《工作联络单》, 《维修报告》."""

from __future__ import annotations

from flask import Blueprint, render_template

from hotline.domain.errors import NotFound
from hotline.domain.rights.acts import Act
from hotline.services.cases.choosing import see_choices
from hotline.services.cases.seeing import SeenCase, see_case
from hotline.web.cases.labels import PAPERS
from hotline.web.cases.steps_shown import ShownStep, shown_steps, value_words
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.i18n import language

blueprint = Blueprint("case_papers", __name__, url_prefix="/cases/<int:case_id>/papers")

#: The acts whose steps stand on each; "" for all that are the kind's own.
_REGISTRATION = frozenset({"open", "judge", "dismiss", "assign", "tell", "not_told", "visit", "not_visited"})


@blueprint.get("/<any(registration, handling, work_slip, repair_report):paper>")
@may(Act.READ_CASES)
def show(case_id: int, paper: str) -> str:
    """Of those that its kind has."""
    context, now = web(), web().now()
    choices = see_choices(context.storage, case_id, actor(), now)
    seen = see_case(context.storage, context.settings, case_id, actor(), now)
    if paper not in seen.kind.prints:
        raise NotFound("cases.no_paper", case=seen.case.number)
    steps = shown_steps(seen, choices)
    return render_template(
        "cases/paper.html",
        seen=seen,
        case=seen.case,
        paper=paper,
        title=PAPERS[paper],
        steps=_of_paper(seen, steps, paper),
        values=_values(seen),
        now=now,
    )


def _of_paper(seen: SeenCase, steps: list[ShownStep], paper: str) -> list[ShownStep]:
    """In the order in which they were done; of what leads nowhere nothing is printed but on the slip."""
    done = [(each, shown) for each, shown in zip(seen.steps, reversed(steps), strict=True)]
    if paper == "registration":
        return [shown for each, shown in done if each.step.act in _REGISTRATION]
    return [shown for each, shown in done if seen.kind.act(each.step.act) is not None or each.step.act == "open"]


def _values(seen: SeenCase) -> list[tuple[str, str]]:
    """All of the kind's fields that are known."""
    found = [(each, seen.case.values.get(each.id, "")) for each in seen.kind.fields]
    return [(each.label.said(language()), value_words(seen.kind, each.id, value)) for each, value in found if value]
