"""What was open when a report was made, as it is known now (B4): whose it is, and until when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from hotline.domain.forms.form import ANSWER_CLOCK
from hotline.domain.rights.seeing import without_numbers
from hotline.domain.scheduled_reports import words
from hotline.domain.scheduled_reports.report import MadeReport
from hotline.domain.scheduled_reports.words import said
from hotline.domain.time import minute_text
from hotline.services.staff.names import holders
from hotline.services.xlsx_table import Cell
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction

#: Those of log forms, and which of a form's moments says when it is due.
_OF_FORMS = {"records": "due_at", "answers": "", "promises": "promise_due_at"}


def open_rows(
    tx: Transaction, settings: Settings, report: MadeReport, language: str, masked: bool
) -> Iterator[Sequence[Cell]]:
    """One a matter, by kind; what is gone since is left out."""
    found: dict[str, list[int]] = report.content["open"]
    for matter, column in _OF_FORMS.items():
        ids = found.get(matter, [])
        yield from _forms(tx, settings, said(words.MATTERS[matter], language), ids, column, masked)
    yield from _callbacks(tx, said(words.MATTERS["callbacks"], language), found.get("callbacks", []))
    yield from _cases(tx, said(words.MATTERS["cases"], language), found.get("cases", []))


def _forms(
    tx: Transaction, settings: Settings, name: str, ids: Sequence[int], column: str, masked: bool
) -> Iterator[Sequence[Cell]]:
    known, clean = holders(tx, settings), _cleaned(masked)
    owed = {} if column else DeadlineStore(tx).of(ANSWER_CLOCK, ids)
    for form in sorted(FormStore(tx).by_ids(ids), key=lambda each: (each.called_at, each.id)):
        form_id = form.id or 0
        kept = owed.get(form_id)
        due_at = getattr(form, column) if column else kept.due_at if kept else None
        whose = known.name(form.owner, form.called_at) or form.owner_name or clean(form.owner)
        yield name, form_id, minute_text(form.called_at), whose, minute_text(due_at)


def _callbacks(tx: Transaction, name: str, ids: Sequence[int]) -> Iterator[Sequence[Cell]]:
    names = _accounts(tx)
    for each in sorted(CallbackStore(tx).by_ids(ids), key=lambda one: (one.due_at, one.id)):
        whose = names.get(each.taken_by, each.taken_by) or "–"
        yield name, each.id or 0, minute_text(each.queued_at), whose, minute_text(each.due_at)


def _cases(tx: Transaction, name: str, ids: Sequence[int]) -> Iterator[Sequence[Cell]]:
    found, names = CaseStore(tx).by_ids(ids), _accounts(tx)
    for each in (found[one] for one in sorted(found)):
        whose = names.get(each.owner, each.owner)
        yield name, each.number, minute_text(each.opened_at), whose, minute_text(each.due_at)


def _accounts(tx: Transaction) -> Mapping[str, str]:
    return {user.username: user.display_name for user in UserStore(tx).all()}


def _cleaned(masked: bool) -> Callable[[str], str]:
    return without_numbers if masked else str
