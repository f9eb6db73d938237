"""What somebody has open of log forms: records that are not written up, and promises that are not kept (B1, B6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hotline.domain.forms.form import FormChange, FormState
from hotline.domain.forms.search import FormFilter
from hotline.domain.time import minute_text
from hotline.services.forms.forms import announce
from hotline.services.open_matter import Holder, OpenMatter, OpenMatters
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction

#: More than anybody has.
_MOST = 10_000


def _find(tx: Transaction, holder: Holder) -> Iterator[OpenMatter]:
    if not holder.extension:
        return  # what nobody has is not theirs
    owned = FormFilter(owners=(holder.extension,))
    for form in FormStore(tx).search(replace(owned, state=FormState.OPEN), _MOST):
        yield OpenMatter("record", form.id or 0, minute_text(form.called_at), form.due_at)
    for form in FormStore(tx).search(replace(owned, state=FormState.DONE, promised=True), _MOST):
        yield OpenMatter("promise", form.id or 0, minute_text(form.called_at), form.promise_due_at)


def _hand_over(tx: Transaction, matter: OpenMatter, to: Holder, now: datetime, by: str) -> None:
    form = FormStore(tx).by_id(matter.id)
    assert form is not None
    passed = replace(
        form, owner=to.extension, owner_name=to.name, version=form.version + 1, updated_at=now, updated_by=by
    )
    if FormStore(tx).update(passed, form.version):
        FormStore(tx).note(
            FormChange(matter.id, passed.version, now, by, {"owner": passed.owner, "owner_name": passed.owner_name})
        )
        announce(tx, passed, now, owner_before=form.owner)


MATTERS = OpenMatters(_find, _hand_over)
