"""The ledger's filter, read from the page's address; wrong values are reported, not guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from flask_babel import gettext

from hotline.domain import numbers
from hotline.domain.calls.call import Direction, Outcome
from hotline.domain.calls.ledger import LEDGER_DIRECTIONS, CallFilter, Rated
from hotline.domain.rights.seeing import number_asked
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE
from hotline.web.kit.query import clean, day, midnight

IN_PROGRESS = "in_progress"

#: The filter's fields as they stand in the address.
FIELDS = ("since", "until", "direction", "outcome", "caller", "line", "answered_by", "rated")


@dataclass(frozen=True)
class LedgerQuery:
    """The filter as asked for. `values`: as typed, for the form; `problems`: field -> what was expected."""

    values: Mapping[str, str]
    filter: CallFilter
    page: int
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE_SIZE

    @property
    def active(self) -> dict[str, str]:
        """The fields that are filled in, as for the address of another page of the same search."""
        return {name: value for name, value in self.values.items() if value}


def read(args: Mapping[str, str], lines: Mapping[str, object], parts: bool, whole_too: bool = True) -> LedgerQuery:
    """The query of these arguments; a field with a wrong value filters nothing and has its problem. Without `parts` a
    number is looked for whole, if `whole_too`, or by its last four digits (A14)."""
    values = {name: clean(args.get(name, "")) for name in FIELDS}
    problems: dict[str, str] = {}
    since = day(values["since"], "since", problems)
    until = day(values["until"], "until", problems)
    if since and until and until < since:
        problems["until"] = gettext("This day is before the first one.")
        until = None
    outcome = values["outcome"]
    if outcome not in ("", IN_PROGRESS, *Outcome):
        problems["outcome"] = gettext("There is no such outcome.")
        outcome = ""
    direction = values["direction"]
    if direction not in ("", *LEDGER_DIRECTIONS):
        problems["direction"] = gettext("There is no such direction.")
        direction = ""
    line = values["line"]
    if line and line not in lines:
        problems["line"] = gettext("There is no such line.")
        line = ""
    caller = values["caller"]
    asked = number_asked(caller, whole_too) if caller and not parts else None
    if asked is not None and not asked:
        problems["caller"] = (
            gettext("The whole number or its last four digits were expected.")
            if whole_too
            else gettext("The last four digits of the number were expected.")
        )
        asked = None
    wanted = CallFilter(
        since=midnight(since),
        until=midnight(until + timedelta(days=1)) if until else None,
        outcomes=(Outcome(outcome),) if outcome and outcome != IN_PROGRESS else (),
        in_progress=True if outcome == IN_PROGRESS else None,
        caller=numbers.search_term(caller) if parts else "",
        caller_asked=asked,
        line=line,
        answered_by=values["answered_by"],
        directions=(Direction(direction),) if direction else LEDGER_DIRECTIONS,
        rated=Rated(values["rated"]) if values["rated"] in list(Rated) else None,
    )
    return LedgerQuery(values, wanted, _page(args.get("page", "")), problems)


def _page(value: str) -> int:
    return min(max(int(value), 1), MAX_PAGE) if re.fullmatch(r"[0-9]{1,6}", value) else 1
