"""Whose numbers somebody sees whole, as the calls and what they have taken say it (A14, E4)."""

from __future__ import annotations

from collections.abc import Iterator

from hotline.domain.call import Call
from hotline.domain.call_form import FormState
from hotline.domain.push import ACTIVE, share_of
from hotline.domain.records import OVERSEERS, Actor
from hotline.domain.rights.seeing import Sight
from hotline.domain.service_case import CaseState
from hotline.services.examination_rights import operators_of
from hotline.services.ports import Work
from hotline.services.ports_forms import FormFilter

#: Nobody has more records to write, or cases open, than that.
_MOST = 500


def sight_of(work: Work, who: Actor) -> Sight:
    """What `hotline.domain.rights.seeing.may_see` goes by."""
    if who.has_role(*OVERSEERS):
        return Sight(oversees=True)
    return Sight(on_calls=frozenset(_on_calls(work, who)), taken=frozenset(_taken(work, who)))


def has_now(call: Call, who: Actor) -> bool:
    """Whether the call rings at their phone, or they talk on it or have it on hold."""
    share = share_of(call, who.extension) if who.extension and call.ended_at is None else None
    return share is not None and share.mine in ACTIVE


def had(call: Call, who: Actor) -> bool:
    """Whether they talked with the caller."""
    return bool(who.extension) and who.extension in operators_of(call)


def _on_calls(work: Work, who: Actor) -> Iterator[str]:
    if not who.extension:
        return
    for stored in work.live_calls.in_progress():
        if has_now(stored.call, who):
            yield stored.call.caller.number
    to_write = FormFilter(state=FormState.OPEN, owners=(who.extension,))
    for form in work.forms.search(to_write, _MOST):
        call = work.calls.get(form.node, form.linkedid)
        if call is not None and had(call, who):
            yield call.caller.number


def _taken(work: Work, who: Actor) -> Iterator[str]:
    for callback in work.callbacks.taken(who.name):
        yield callback.number
    for case in work.cases.owned(who.name, CaseState.OPEN, _MOST):
        yield case.caller_number
