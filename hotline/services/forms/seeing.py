"""Records as people look at them: the list, and one with all that was opened from it. Each look stands in the audit log
(F8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.forms.form import ANSWER_CLOCK, FormChange, Origin
from hotline.domain.links.link import Link
from hotline.domain.operators.presence import TransferOrder
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.satisfaction.rating import Rating
from hotline.services.attachments.attachments import Attachments, attachments_of
from hotline.services.deadlines.view import ShownDeadline
from hotline.services.forms.clocks import shown_clocks
from hotline.services.forms.saving import link_object, read_form
from hotline.services.forms.search import AskedForms, find_forms, wanted_forms
from hotline.services.forms.view import FormView, form_view, form_views
from hotline.services.looks import note_look
from hotline.services.rated import rating_shown
from hotline.services.record_rights import is_led, may_for_form, require_to_read
from hotline.settings import Settings
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.forms.store import FormStore
from hotline.storage.links.store import LinkStore
from hotline.storage.operators.store import TransferStore
from hotline.storage.transaction import Storage, Transaction

#: Records that a page counts: it says "1000 and more".
MOST_COUNTED = 1000

#: More of them are not counted.
_MOST_REQUESTS = 50


@dataclass(frozen=True, slots=True)
class SeenForms:
    """A page of records. `total` counts all that were asked for, `counts` those of each state, as far as was asked;
    `deadlines`: those of each form's clocks, by its id."""

    forms: Sequence[FormView]
    total: int
    counts: Mapping[str, int]
    block_requests: int
    deadlines: Mapping[int, Sequence[ShownDeadline]]


@dataclass(frozen=True, slots=True)
class SeenForm:
    """A record. `changes` are for who oversees; `latest_link`: the last one made for the duty person (B2); `may_link`:
    whoever looks may make another. `deadlines`: those of its clocks; `may_answer`: whoever looks may say that the
    caller is answered (B5). `may_open_case`: whoever looks may open one from it.
    `orders`: to whom the caller was passed on, and why (A12).
    `rating`: what the caller said of the call, for who may see that (E9)."""

    form: FormView
    changes: Sequence[FormChange]
    cases: Sequence[ServiceCase]
    latest_link: Link | None
    may_link: bool
    deadlines: Sequence[ShownDeadline]
    may_answer: bool
    may_open_case: bool
    attachments: Attachments
    orders: Sequence[TransferOrder]
    rating: Rating | None


def see_forms(
    storage: Storage,
    settings: Settings,
    asked: AskedForms,
    limit: int,
    offset: int,
    actor: Actor,
    now: datetime,
    counted: Sequence[str] = (),
    most: int | None = None,
) -> SeenForms:
    """`counted`: states of which it is said how many there are, of these owners; with them, for who decides of them,
    how many requests to block wait. `most`: no more records than that are counted; None: all of them."""
    with storage.reading() as tx:
        found, total = find_forms(tx, wanted_forms(tx, asked, actor, now), limit, offset, most)
        views = form_views(tx, settings, found, actor, now)
        counts = {state: _count(tx, asked, state, actor, now, most) for state in counted}
        deadlines = shown_clocks(tx, settings, found, now)
        waiting = (
            BlockRequestStore(tx).search(True, _MOST_REQUESTS)
            if counted and may(Act.DECIDE_BLOCKS, actor.roles)
            else ()
        )
    note_look(storage, actor, now, "forms.view", "forms", f"{len(found)} forms")
    return SeenForms(views, total, counts, len(waiting), deadlines)


def see_form(storage: Storage, settings: Settings, form_id: int, actor: Actor, now: datetime) -> SeenForm:
    """Any operator may read it: callers come back to somebody else. Raises NotFound, Forbidden for who leads others'
    people alone."""
    with storage.reading() as tx:
        form = read_form(tx, form_id)
        require_to_read(tx, form, actor, now)
        ties = {Tie.LED} if is_led(form, actor) else ()
        deadlines = shown_clocks(tx, settings, [form], now)[form_id]
        waits = any(each.clock == ANSWER_CLOCK and each.stopped_at is None for each in deadlines)
        seen = SeenForm(
            form=form_view(tx, settings, form, actor, now),
            changes=FormStore(tx).changes(form_id) if may(Act.SEE_CHANGES, actor.roles, ties) else (),
            cases=CaseStore(tx).of_form(form_id),
            latest_link=LinkStore(tx).latest_to(link_object(form_id)),
            attachments=attachments_of(tx, "form", form_id, actor, now),
            may_link=form.origin is Origin.DUTY and not form.is_done and may(Act.MAKE_DUTY_LINK, actor.roles),
            deadlines=deadlines,
            may_answer=waits and may_for_form(tx, Act.KEEP_PROMISE, form, actor, now),
            may_open_case=may_for_form(tx, Act.OPEN_CASE, form, actor, now),
            orders=TransferStore(tx).of(form.node, form.linkedid),
            rating=rating_shown(tx, form.node, form.linkedid, actor),
        )
    note_look(storage, actor, now, "form.view", f"form:{form_id}")
    return seen


def _count(tx: Transaction, asked: AskedForms, state: str, actor: Actor, now: datetime, most: int | None) -> int:
    return FormStore(tx).count(wanted_forms(tx, AskedForms(state, asked.owner, asked.origin), actor, now), most)
