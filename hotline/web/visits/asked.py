"""Which visits a list shows, of its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

from flask import request

from hotline.domain.rights.acts import Act, may
from hotline.domain.visits.listing import VisitFilter, VisitTab
from hotline.domain.visits.visit import Origin, Satisfaction
from hotline.web.kit.actor import actor
from hotline.web.kit.query import clean, day_of, midnight

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True)
class AskedVisits:
    """`args` leads back to it, `after` behind a place in it."""

    wanted: VisitFilter
    args: dict[str, Any]
    after: str


def asked_visits() -> AskedVisits:
    """What is none of what may be asked for is left out. Who sees everybody's begins with all."""
    given = {name: clean(request.args.get(name, "")) for name in ("tab", "origin", "result", "visitor")}
    usual = VisitTab.ALL if may(Act.SEE_VISITS, actor().roles) else VisitTab.MINE
    since, until = day_of(request.args.get("since", "")), day_of(request.args.get("until", ""))
    wanted = VisitFilter(
        _code(VisitTab, given["tab"]) or usual,
        origin=_code(Origin, given["origin"]),
        result=_code(Satisfaction, given["result"]),
        visitor=given["visitor"],
        since=midnight(since),
        until=midnight(until + timedelta(days=1)) if until else None,
    )
    args = {
        "tab": wanted.tab.value,
        "origin": wanted.origin.value if wanted.origin else None,
        "result": wanted.result.value if wanted.result else None,
        "visitor": wanted.visitor or None,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
    }
    return AskedVisits(wanted, args, clean(request.args.get("after", ""), 200))


def _code(codes: type[Code], written: str) -> Code | None:
    return codes(written) if written in {each.value for each in codes} else None
