"""What is found of a log form by a search."""

from __future__ import annotations

from hotline.domain.forms.form import FORM, CallForm, Origin
from hotline.domain.search.search import number_marks, whose_marks
from hotline.storage.search_index import Entry, indexed, kind_mark


def form_entry(form: CallForm) -> Entry:
    assert form.id is not None
    whose = whose_marks(form.owner, form.owner_name if form.origin is Origin.DUTY else "")
    written = "\n".join(value for _name, value in form.searched)
    reached = {each for _name, number in form.searched_numbers for each in number_marks(number)}
    return Entry(FORM, form.id, form.called_at, indexed(written), (*whose, kind_mark(FORM), *sorted(reached)))
