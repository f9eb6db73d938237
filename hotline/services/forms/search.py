"""Which log forms a person may find."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.forms.form import CallForm, FormState
from hotline.domain.forms.search import FormFilter
from hotline.domain.number_text import visible
from hotline.domain.people import OVERSEERS, Actor
from hotline.domain.rights.seeing import number_asked
from hotline.services.staff.whose import whose
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction

#: What is looked for as a number, in any writing.
_NUMBER = re.compile(r"^[+(]?[0-9][0-9\s().-]*$")


@dataclass(frozen=True, slots=True)
class AskedForms:
    """`state`: open, done, overdue, promised, unanswered, all; `owner`: "me", "all", or whose (see
    hotline.services.staff.whose); "" asks for any."""

    state: str = "open"
    owner: str = "me"
    origin: str = ""
    category: str = ""
    q: str = ""


def wanted_forms(tx: Transaction, asked: AskedForms, actor: Actor, now: datetime) -> FormFilter:
    """An operator finds none but their own, whatever is asked for."""
    state, owner, q = asked.state, asked.owner, asked.q
    only_mine = owner == "me" or not actor.has_role(*OVERSEERS)
    names = (actor.display_name,) if only_mine and actor.user_id is not None else ()
    had = actor.had if only_mine else whose(tx, "" if owner == "all" else owner, now)
    return FormFilter(
        state=FormState(state) if state in (FormState.OPEN, FormState.DONE) else None,
        had=had,
        owner_names=names,
        origin=asked.origin,
        overdue_at=now if state == "overdue" else None,
        promised=state == "promised",
        unanswered=state == "unanswered",
        category=asked.category,
        text=numbers.search_term(q) if _NUMBER.match(visible(q).strip()) else q.strip(),
        asked=None if actor.has_role(*OVERSEERS) else number_asked(q),
    )


def find_forms(tx: Transaction, wanted: FormFilter, limit: int, offset: int = 0) -> tuple[list[CallForm], int]:
    """A page, and how many there are."""
    return FormStore(tx).search(wanted, limit, offset), FormStore(tx).count(wanted)
