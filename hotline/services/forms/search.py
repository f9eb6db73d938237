"""Which log forms a person may find."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.forms.form import FORM, CallForm, FormState
from hotline.domain.forms.search import FormFilter
from hotline.domain.led import LedSpan
from hotline.domain.number_text import visible
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rights.seeing import number_asked
from hotline.services.staff.whose import whose
from hotline.services.words_among import among
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
    """An operator finds none but their own, whatever is asked for; who leads others, theirs too."""
    state, owner, q = asked.state, asked.owner, asked.q
    only_mine = owner == "me" or not may(Act.READ_RECORDS, actor.roles)
    names = (actor.display_name,) if only_mine and actor.user_id is not None else ()
    had = actor.had if only_mine else whose(tx, "" if owner == "all" else owner, now)
    return FormFilter(
        state=FormState(state) if state in (FormState.OPEN, FormState.DONE) else None,
        had=had,
        owner_names=names,
        led=_led(owner, actor) if only_mine else (),
        origin=asked.origin,
        overdue_at=now if state == "overdue" else None,
        promised=state == "promised",
        unanswered=state == "unanswered",
        category=asked.category,
        text=numbers.search_term(q) if _NUMBER.match(visible(q).strip()) else q.strip(),
        asked=None
        if may(Act.SEARCH_NUMBER_PARTS, actor.roles)
        else number_asked(q, may(Act.SEARCH_NUMBERS, actor.roles)),
    )


def _led(owner: str, actor: Actor) -> tuple[LedSpan, ...]:
    """What else than their own records somebody finds who does not find everybody's."""
    return actor.led.spans if owner != "me" and may(Act.READ_RECORDS, actor.roles, {Tie.LED}) else ()


def find_forms(
    tx: Transaction, wanted: FormFilter, limit: int, offset: int = 0, most: int | None = None
) -> tuple[list[CallForm], int]:
    """A page, and how many there are. `most`: no more are counted; None: all of them."""
    chosen = _by_words(tx, wanted)
    return FormStore(tx).search(chosen, limit, offset), FormStore(tx).count(chosen, most)


def _by_words(tx: Transaction, wanted: FormFilter) -> FormFilter:
    """The same, among those that the index of search names."""
    if not wanted.text:
        return wanted
    found = among(tx, FORM, wanted.text, lambda most: FormStore(tx).with_number(wanted.asked, wanted.text, most))
    return wanted if found.ids is None else replace(wanted, among=found.ids, text=wanted.text if found.again else "")
