"""Log forms that a search found: the fields in which the words stand."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.forms.form import FORM, CallForm
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may
from hotline.domain.search.search import Snippet, is_number_found, places, snippet
from hotline.services.searched import PLACES_SHOWN, FoundKind, FoundPlace, FoundText, call_of
from hotline.services.shown import number_shown
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction


class _Forms(FoundKind):
    kind = FORM

    def read(
        self, tx: Transaction, source_ids: Sequence[int], words: Sequence[str], actor: Actor
    ) -> dict[int, FoundText]:
        forms = {id: FormStore(tx).by_id(id) for id in source_ids}
        return {id: _found(tx, id, form, words, actor) for id, form in forms.items() if form is not None}


def _found(tx: Transaction, source_id: int, form: CallForm, words: Sequence[str], actor: Actor) -> FoundText:
    shown: list[FoundPlace] = []
    count = 0
    sees_all = may(Act.SEE_NUMBERS, actor.roles)
    for field, text in form.searched:
        standing = places(text, words)
        count += len(standing)
        if standing:
            shown.append(FoundPlace(snippet(text, standing), field=field))
    for field, number in form.searched_numbers:
        if is_number_found(number, words):
            count += 1
            whole = number_shown(number, sees_all)
            shown.append(FoundPlace(Snippet(((whole, True),), False, False), field=field))
    return FoundText(
        FORM,
        source_id,
        form.called_at,
        number_shown(form.number, sees_all) if form.number else "",
        count,
        tuple(shown[:PLACES_SHOWN]),
        call_of(tx, form.node, form.linkedid),
    )


FOUND = _Forms()
