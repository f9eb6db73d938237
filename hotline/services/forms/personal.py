"""G3: log forms in a person's copy and deletion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from hotline.domain.forms.anonymous import anonymous_form
from hotline.domain.forms.form import CallForm
from hotline.domain.retention.privacy import KeptCall, Person
from hotline.domain.time import second_text
from hotline.services.forms.clocks import end_all
from hotline.services.personal import Copied, CopyColumn, Copying, Erasing, PersonalPart, csv_of, json_of
from hotline.storage.forms.person import PersonFormStore
from hotline.storage.transaction import Transaction

_FIELDS = (
    "called_at",
    "caller_name",
    "callback_number",
    "region",
    "address",
    "category",
    "content",
    "handling",
    "solved",
    "promise",
    "promise_due_at",
    "complaint",
)


class Records(PersonalPart[KeptCall]):
    """What is found are the calls that have one. They go with their calls."""

    name, place = "records", 30
    readme = ("records.csv 接听记录", "records.csv: what was written of them")
    columns = (*map(CopyColumn, _FIELDS), CopyColumn("further", "fields"), CopyColumn("number"))

    def find(self, tx: Transaction, person: Person) -> Sequence[KeptCall]:
        return [call for call in person.calls if call.form is not None]

    def copy(self, tx: Transaction, found: Sequence[KeptCall], copying: Copying) -> Copied:
        forms = [(call.id, call.form) for call in found if call.form is not None]
        header, lines = csv_of(self.columns, [form for _call_id, form in forms])
        changes = self._changes(tx, [form for _call_id, form in forms])
        of_calls: dict[int, dict[str, object]] = {call.id: {"record": None} for call in copying.person.calls}
        for call_id, form in forms:
            [record] = json_of(self.columns, [form])
            of_calls[call_id] = {"record": record, "record_changes": changes[form.id]}
        return Copied(
            ["call", *header],
            [[str(call_id), *line] for (call_id, _form), line in zip(forms, lines, strict=True)],
            of_calls=of_calls,
        )

    def _changes(self, tx: Transaction, forms: Sequence[CallForm]) -> dict[int | None, list[dict[str, object]]]:
        """What each form said before, by its id."""
        found: dict[int | None, list[dict[str, object]]] = defaultdict(list)
        for change in PersonFormStore(tx).changes([form.id or 0 for form in forms]):
            found[change.form_id].append({"at": second_text(change.at), "changed": change.changed})
        return found

    def erase(self, tx: Transaction, found: Sequence[KeptCall], erasing: Erasing) -> int:
        forms = [call.form for call in erasing.going if call.form is not None]
        for form in forms:
            nobodys = replace(anonymous_form(form), updated_at=erasing.now, updated_by=erasing.actor.name)
            PersonFormStore(tx).forget(nobodys)
            end_all(tx, form.id or 0, erasing.now)
        return len(forms)


PARTS = (Records(),)
