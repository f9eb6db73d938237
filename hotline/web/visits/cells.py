"""A table of visits for people: its cells in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from hotline.domain.time import minute_text
from hotline.domain.visits.visit import Ending, Origin, Satisfaction, VisitState, VisitWay
from hotline.services.visits.view import VisitView
from hotline.web.kit.who import by_name
from hotline.web.visits.labels import ENDINGS, ORIGINS, RESULTS, STATES, WAYS

_WORDS: Mapping[str, Callable[[str], object]] = {
    "origin": lambda code: ORIGINS[Origin(code)].text,
    "way": lambda code: WAYS[VisitWay(code)].text,
    "state": lambda code: STATES[VisitState(code)].text,
    "ending": lambda code: ENDINGS[Ending(code)].text if code else "",
    "result": lambda code: RESULTS[Satisfaction(code)].text if code else "",
    "visitor": lambda name: by_name(name) if name else "",
}


def cell_words(visit: VisitView, column: str) -> str:
    value = getattr(visit, column)
    if column in _WORDS:
        return str(_WORDS[column](value))
    if isinstance(value, datetime):
        return minute_text(value)
    if isinstance(value, float):
        return f"{value:.0f}"
    return "" if value is None else str(value)
