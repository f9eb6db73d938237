"""The page of one visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flask import render_template

from hotline.domain.errors import WrongFields
from hotline.domain.time import SHANGHAI
from hotline.services.visits.seeing import SeenVisit, see_visit
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.visits.labels import ENDED, STEPS, TRIED, WAYS


@dataclass(frozen=True)
class Typed:
    """What somebody typed that was refused, and why: by field, and `said` of it as a whole."""

    values: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    said: str = ""


NOTHING_TYPED = Typed()


def moment_typed(written: str, field: str) -> datetime | None:
    """On the wall clock; what is none is told as one that is over."""
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise WrongFields({field: "in_the_past"}) from None


def visit_page(visit_id: int, typed: Typed = NOTHING_TYPED, revealed: bool = False) -> str:
    context, who, now = web(), actor(), web().now()
    seen: SeenVisit = see_visit(context.storage, context.settings, visit_id, who, now, revealed)
    ours = context.settings.visits
    return render_template(
        "visits/visit.html",
        seen=seen,
        visit=seen.visit,
        typed=typed,
        steps=STEPS,
        ways=WAYS,
        ended=ENDED,
        tried=TRIED,
        dials=context.settings.callback_trunk.is_there and bool(who.extension),
        too_long=seen.visit.seconds > ours.longest_minutes * 60,
        too_many=seen.visit.asked > ours.most_questions,
        limits=ours,
        now=now,
    )
