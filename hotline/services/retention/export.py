"""G3, PIPL 45: a person's copy of what is kept of them: recordings, and tables that people and programs can read."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO

from hotline.domain import numbers
from hotline.domain.forms.form import CallForm
from hotline.domain.people import MANAGERS, Actor
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.retention.privacy import KeptCall, Person, PrivacyRequest, verdict_of
from hotline.domain.retention.retention import Terms
from hotline.domain.time import SHANGHAI, minute_text, second_text
from hotline.services import csv_table
from hotline.services.access import require_role
from hotline.services.recordings.files import RecordingFiles
from hotline.services.retention.privacy import person_of, read_request
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Storage

_BLOCK = 1 << 20
_FORM_FIELDS = (
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
_CASE_FIELDS = ("number", "kind", "title", "content", "state", "opened_at", "closed_at", "result")
_CUSTOMER_FIELDS = (
    "name",
    "company",
    "region",
    "address",
    "mail",
    "preferred_way",
    "do_not_call",
    "consent_at",
    "note",
    "created_at",
    "updated_at",
)

_README = """{company}

这是您的个人信息副本（《个人信息保护法》第四十五条），申请编号 {id}，制作时间 {made}。
customers.csv 客户资料；calls.csv 通话；records.csv 接听记录；cases.csv 工单；callbacks.csv 回拨；messages.csv 留言；
recordings 文件夹 录音；data.json 以上全部内容与转写文字，供程序读取。时间为北京时间。

This is the copy of your personal data (PIPL art. 45), request {id}, made at {made}.
customers.csv: what is known of you; calls.csv: calls; records.csv: what was written of them; cases.csv; callbacks.csv;
messages.csv: what you left for people of ours; recordings: the sound; data.json: all of it and the transcripts, for
programs. Times are Beijing's.
"""


def file_name(request: PrivacyRequest, now: datetime) -> str:
    """Tells whose copy it is, and of which request."""
    whose = numbers.as_dialled(request.number) if request.number else f"customer{request.customer_id}"
    return f"personal-data_{whose}_request{request.id}_{now.astimezone(SHANGHAI):%Y%m%d}.zip"


def export(
    storage: Storage,
    files: RecordingFiles,
    settings: Settings,
    request_id: int,
    target: IO[bytes],
    actor: Actor,
    now: datetime,
) -> str:
    """Write the copy into `target`; the name that it is given. It stands in the audit log before a byte is sent (F8).
    Raises Forbidden, NotFound, StoreUnavailable."""
    require_role(actor, *MANAGERS)
    with storage.reading() as tx:
        request = read_request(tx, request_id)
        person = person_of(tx, request)
        said = {
            each.id: [part.text for part in TranscriptStore(tx).of(each.id or 0) if part.text]
            for call in person.calls
            for each in call.recordings
            if each.state is RecordingState.READY
        }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        sounds = _write_sounds(archive, files, person)
        _write_tables(archive, person, settings.retention.terms, now)
        made = minute_text(now)
        archive.writestr("README.txt", _README.format(company=settings.site.company, id=request_id, made=made))
        whole = _as_json(person, sounds, said, settings.retention.terms, now)
        archive.writestr("data.json", json.dumps(whole, ensure_ascii=False, indent=2))
    with storage.writing() as tx:
        AuditLog(tx).add(
            now,
            actor.name,
            "privacy.export",
            f"privacy:{request_id}",
            f"{len(person.calls)} calls, {len(sounds)} recordings",
        )
    return file_name(request, now)


def _write_sounds(archive: zipfile.ZipFile, files: RecordingFiles, person: Person) -> dict[int | None, str]:
    """Their names in the copy, by id; one whose file is not in the store has none."""
    names: dict[int | None, str] = {}
    for call in person.calls:
        for entry in call.recordings:
            if entry.state is RecordingState.READY:
                with suppress(FileNotFoundError), files.open(entry.path) as opened:
                    name = _sound_name(call, entry)
                    with archive.open(name, "w", force_zip64=True) as copy:
                        shutil.copyfileobj(opened.file, copy, _BLOCK)
                    names[entry.id] = name
    return names


def _sound_name(call: KeptCall, entry: RecordingEntry) -> str:
    suffix = PurePosixPath(entry.path).suffix.lower()
    return f"recordings/{entry.started_at.astimezone(SHANGHAI):%Y%m%d-%H%M%S}_call{call.id}_{entry.id}{suffix}"


def _write_tables(archive: zipfile.ZipFile, person: Person, terms: Terms, now: datetime) -> None:
    calls = (
        [
            str(call.id),
            second_text(call.call.started_at),
            second_text(call.call.ended_at),
            numbers.as_dialled(call.call.caller.number),
            _cell(call.call.outcome),
            _answered(call),
            f"{call.call.talk_seconds:.0f}",
            second_text(verdict_of(call, terms, now).until),
        ]
        for call in person.calls
    )
    _table(
        archive,
        "calls",
        ("call", "began", "ended", "number", "outcome", "answered by", "talk seconds", "kept until"),
        calls,
    )
    forms = (
        [str(call.id), *(_cell(getattr(call.form, name)) for name in _FORM_FIELDS), _further(call.form)]
        for call in person.calls
        if call.form
    )
    _table(archive, "records", ("call", *_FORM_FIELDS, "further"), forms)
    customers = (
        [
            *(_cell(getattr(each, name)) for name in _CUSTOMER_FIELDS),
            " ".join(numbers.as_dialled(number.number) for number in each.numbers),
        ]
        for each in person.customers
    )
    _table(archive, "customers", (*_CUSTOMER_FIELDS, "numbers"), customers)
    _table(
        archive, "cases", _CASE_FIELDS, ([_cell(getattr(case, name)) for name in _CASE_FIELDS] for case in person.cases)
    )
    _table(
        archive,
        "callbacks",
        ("number", "due", "closed", "note", "result"),
        (
            [
                numbers.as_dialled(each.number),
                second_text(each.due_at),
                second_text(each.closed_at),
                each.note,
                each.closing_note,
            ]
            for each in person.callbacks
        ),
    )
    _table(
        archive,
        "messages",
        ("name", "number", "left", "text", "passed on"),
        (
            [
                each.caller_name,
                numbers.as_dialled(each.caller_number),
                second_text(each.left_at),
                each.text,
                second_text(each.passed_on_at),
            ]
            for each in person.messages
        ),
    )


def _as_json(
    person: Person, sounds: dict[int | None, str], said: dict[int | None, list[str]], terms: Terms, now: datetime
) -> dict[str, object]:
    return {
        "numbers": list(person.numbers),
        "customers": [
            {
                **{name: _cell(getattr(each, name)) for name in _CUSTOMER_FIELDS},
                "numbers": [number.number for number in each.numbers],
            }
            for each in person.customers
        ],
        "calls": [
            {
                "id": call.id,
                "began": second_text(call.call.started_at),
                "ended": second_text(call.call.ended_at),
                "number": call.call.caller.number,
                "outcome": call.call.outcome,
                "answered_by": _answered(call),
                "kept_until": second_text(verdict_of(call, terms, now).until),
                "record": _form_json(call.form) if call.form else None,
                "recordings": [
                    {
                        "kind": each.kind,
                        "state": each.state,
                        "seconds": each.seconds,
                        "file": sounds.get(each.id),
                        "sha256": each.sha256,
                        "transcript": said.get(each.id, []),
                    }
                    for each in call.recordings
                ],
            }
            for call in person.calls
        ],
        "cases": [{name: _cell(getattr(case, name)) for name in _CASE_FIELDS} for case in person.cases],
        "callbacks": [
            {
                "number": each.number,
                "due": second_text(each.due_at),
                "closed": second_text(each.closed_at),
                "note": each.note,
                "result": each.closing_note,
            }
            for each in person.callbacks
        ],
        "messages": [
            {
                "name": each.caller_name,
                "number": each.caller_number,
                "left": second_text(each.left_at),
                "text": each.text,
                "passed_on": second_text(each.passed_on_at),
            }
            for each in person.messages
        ],
    }


def _form_json(form: CallForm) -> dict[str, object]:
    return {**{name: _cell(getattr(form, name)) for name in _FORM_FIELDS}, "further": dict(form.fields)}


def _further(form: CallForm | None) -> str:
    return "; ".join(f"{name}: {text}" for name, text in form.fields.items()) if form else ""


def _table(archive: zipfile.ZipFile, name: str, header: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    archive.writestr(f"{name}.csv", "".join(csv_table.write(header, lines)))


def _answered(call: KeptCall) -> str:
    """By name; no number of ours is given away (A14)."""
    by = call.call.answered_by
    return (by.name or by.kind.value) if by else ""


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return second_text(value)
    return "" if value is None else str(value)
