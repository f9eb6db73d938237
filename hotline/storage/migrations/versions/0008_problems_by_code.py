"""Problems of recordings, open alerts and differences of the store, by code and values

What cannot be read stays as it stands, under the code storage.legacy. Alerts
that are over are nobody's concern any more and stay as they were raised.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_AT_ONCE = 500
#: A check may name a thousand differences.
_CHECKS_AT_ONCE = 20
#: What is by code already.
_DONE = '{"code": %'
_JSON = sa.JSON().with_variant(JSONB(), "postgresql")

Stored = dict[str, Any]
Arguments = Mapping[str, Any]


def upgrade() -> None:
    connection = op.get_bind()
    _recordings(connection)
    _alerts(connection)
    _store_checks(connection)


def _reason(code: str, **values: Any) -> Stored:
    return {"code": code, "values": values}


def _legacy(sentence: str) -> Stored:
    return _reason("storage.legacy", text=sentence)


# Recordings

_PROBLEMS: tuple[tuple[str, str], ...] = (
    (r"the caller's line sent no sound", "recordings.nothing_sent"),
    (r"the recording is empty", "recordings.empty"),
    (r"Asterisk left no recording", "recordings.none_left"),
    (r"'(?P<file>.*)' is not a file name of the incoming folder", "recordings.no_plain_name"),
    (r"cannot be read: (?P<why>.+); the file is kept as (?P<file>.+)", "recordings.unreadable_source"),
    (r"cannot be read: (?P<why>.+)", "recordings.unreadable"),
    (r"the stored file cannot be read: (?P<why>.+)", "recordings.unreadable_in_store"),
)
_SOUND_IN_PAUSE = re.compile(r"G2: paused, but sound is there: (?P<places>.+); card data may stand in it")
_BROKEN = re.compile(r"\w*(?:Error|Exception|Interrupt|Warning)\b.*", re.DOTALL)


def _recordings(connection: sa.Connection) -> None:
    """Each different sentence once."""
    table = sa.table("recording", sa.column("problem"))
    text = table.c.problem
    last = ""
    while found := list(
        connection.scalars(
            sa.select(text)
            .where(text > last, text != "", text.not_like(_DONE))
            .distinct()
            .order_by(text)
            .limit(_AT_ONCE)
        )
    ):
        last = found[-1]
        for sentence in found:
            stored = json.dumps(_problem(sentence), ensure_ascii=False, sort_keys=True)
            connection.execute(table.update().where(text == sentence).values(problem=stored))


def _problem(sentence: str) -> Stored:
    if found := _SOUND_IN_PAUSE.fullmatch(sentence):
        return _reason("recordings.sound_in_pause", places=found["places"].split(", "))
    for pattern, code in _PROBLEMS:
        if found := re.fullmatch(pattern, sentence, re.DOTALL):
            return _reason(code, **found.groupdict())
    return _broken(sentence) if _BROKEN.fullmatch(sentence) else _legacy(sentence)


def _broken(sentence: str) -> Stored:
    return _reason("machine.broken", why=sentence)


# Alerts


def _alerts(connection: sa.Connection) -> None:
    table = sa.table("alert", *map(sa.column, ("id", "kind", "detail", "cleared_at")), sa.column("arguments", _JSON))
    rows = connection.execute(sa.select(table).where(table.c.cleared_at.is_(None))).all()
    for row in rows:
        reason = _of_alert(row.kind, row.detail, row.arguments or {})
        connection.execute(table.update().where(table.c.id == row.id).values(arguments={"reason": reason}))


def _of_alert(kind: str, detail: str, arguments: Arguments) -> Stored:
    reason = arguments.get("reason")
    if isinstance(reason, dict) and "code" in reason:
        sent = kind == "notice" and reason["code"] != "forms.duty_links_not_sent"
        return _reason("forms.duty_links_not_sent", why=reason) if sent else reason
    try:
        if kind in _BY_ARGUMENTS and arguments:
            return _by_arguments(kind, arguments)
        if kind in _BY_DETAIL:
            return _BY_DETAIL[kind](detail) or _legacy(detail)
    except KeyError:
        pass
    return _legacy(detail)


_COUNTED = ("count", "first_at", "last_at", "address")
#: The code of a kind, and those of its arguments that its words need.
_BY_ARGUMENTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "duty_forms": ("forms.duty_forms_overdue", ("count", "earliest_at")),
    "promises": ("forms.promises_overdue", ("count", "earliest_at")),
    "rectifications": ("examination.actions_overdue", ("count", "earliest_at")),
    "privacy_requests": ("retention.requests_overdue", ("count", "earliest_at")),
    "disk_space": ("recordings.disk_space", ("free", "wanted")),
    "disk_full": ("retention.disk_full", ("day",)),
    "legs_left_over": ("calls.legs_left_over", ("legs", "linkedid")),
    "phone_forwards": ("ways_in.phone_forwards", ("name", "last_at")),
    "unknown_number": ("ways_in.unknown_number", ("count", "first_at", "last_at")),
    "offer_refused": ("ways_in.offer_refused", (*_COUNTED, "status", "offered", "ours")),
    "invite_refused": ("ways_in.invite_refused", (*_COUNTED, "status", "reason")),
    "strangers": ("ways_in.strangers_refused", (*_COUNTED, "name")),
    "shut_out": ("ways_in.shut_out", (*_COUNTED, "name")),
}


def _by_arguments(kind: str, arguments: Arguments) -> Stored:
    code, wanted = _BY_ARGUMENTS[kind]
    told = {"address": "", **arguments}
    return _reason(code, **{name: _moment(told[name]) if name.endswith("_at") else told[name] for name in wanted})


def _moment(text: str) -> Stored:
    return {"moment": text}


def _gaps(detail: str) -> Stored | None:
    found = re.fullmatch(
        r"A16: nobody is on the duty roster from (?P<spans>.+?)(?: and (?P<more>[0-9]{1,9}) more times)?", detail
    )
    if found is None:
        return None
    spans = [span.replace(" to ", " – ") for span in found["spans"].split(", ")]
    return _reason("line.roster_gaps", spans=spans, count=len(spans) + int(found["more"] or 0))


def _holidays(detail: str) -> Stored | None:
    found = re.match(
        r"the public holidays and make-up days of (?P<year>[0-9]{4}) are not known: from (?P<day>[0-9-]{10}) on", detail
    )
    return _reason("line.holidays_unknown", year=int(found["year"]), day=found["day"]) if found else None


def _disk(detail: str) -> Stored | None:
    found = re.fullmatch(r"(?P<free>[0-9]{1,15}) MB free for recordings, (?P<wanted>[0-9]{1,15}) MB wanted", detail)
    return _reason("recordings.disk_space", free=int(found["free"]), wanted=int(found["wanted"])) if found else None


def _job(detail: str) -> Stored | None:
    found = re.fullmatch(r"the job failed: (?P<why>.+)", detail, re.DOTALL)
    return _reason("machine.job_fails", why=_broken(found["why"])) if found else None


def _left_over(detail: str) -> Stored | None:
    found = re.fullmatch(
        r"no call knows these files of the incoming folder: (?P<files>.+?)(?: and (?P<more>[0-9]{1,9}) more)?", detail
    )
    if found is None:
        return None
    files = found["files"].split(", ")
    return _reason("recordings.left_over", count=len(files) + int(found["more"] or 0), files=files)


def _of_file(why: Callable[[str], Any]) -> Callable[[str], Stored | None]:
    def read(detail: str) -> Stored | None:
        file, colon, rest = detail.partition(": ")
        return _reason("recordings.about_file", file=file, why=why(rest)) if colon else None

    return read


def _transcript(problem: str) -> Any:
    """Its reason stood there as the log has it: the code, then values."""
    return _reason(problem) if re.fullmatch(r"[a-z_]+\.[a-z_]+", problem) else problem


_KINDS = {
    "no_recording": "retention.calls_unrecorded",
    "no_call": "retention.recordings_without_call",
    "no_file": "retention.files_missing",
    "no_entry": "retention.files_unknown",
    "changed": "retention.files_changed",
    "not_kept": "retention.recordings_not_final",
}


def _differs(detail: str) -> Stored | None:
    found = re.fullmatch(r"the store and the ledger differ: (?P<kinds>.+)", detail)
    if found is None:
        return None
    counted = [each.partition(" ") for each in found["kinds"].split(", ")]
    kinds = [_reason(_KINDS[kind], count=int(count)) for count, _blank, kind in counted]
    return _reason("retention.store_differs", count=sum(int(count) for count, *_kind in counted), kinds=kinds)


_BY_DETAIL: Mapping[str, Callable[[str], Stored | None]] = {
    "roster_gap": _gaps,
    "calendar": _holidays,
    "disk_space": _disk,
    "job": _job,
    "recording_left_over": _left_over,
    "recording_lost": _of_file(_problem),
    "recording_unpaused": _of_file(_problem),
    "recording_keeping": _of_file(str),
    "transcript": _of_file(_transcript),
    "store_check": _differs,
    "fold_failed": lambda detail: _reason("calls.not_folded", why=_broken(detail)),
}


# Differences between store and ledger

_CONTENT = r"(?P<bytes>[0-9]{1,18}) bytes, SHA-256 (?P<sha256>[0-9a-f]{64})"
_FILE = re.compile(
    r"[a-z_]+: expected (?P<expected>[0-9]+ bytes, SHA-256 [0-9a-f]{64}), found (?P<found>.+)", re.DOTALL
)


def _store_checks(connection: sa.Connection) -> None:
    table = sa.table("store_check", sa.column("id"), sa.column("findings", _JSON))
    last = 0
    while rows := connection.execute(
        sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(_CHECKS_AT_ONCE)
    ).all():
        last = rows[-1].id
        for row in rows:
            findings = [{**each, "detail": _detail(each["kind"], each["detail"])} for each in row.findings]
            if findings != row.findings:
                connection.execute(table.update().where(table.c.id == row.id).values(findings=findings))


def _detail(kind: str, detail: Any) -> Any:
    if not detail or not isinstance(detail, str):
        return detail
    if kind == "no_call":
        return _reason("retention.of_call", call=detail)
    if found := re.fullmatch(r"([0-9]{1,9}) s", detail):
        return _reason("retention.talked", seconds=int(found[1]))
    if found := re.fullmatch(r"([0-9]{1,18}) bytes", detail):
        return _reason("recordings.of_size", bytes=int(found[1]))
    if found := _FILE.fullmatch(detail):
        return _reason("recordings.differs", expected=_content(found["expected"]), found=_content(found["found"]))
    return _legacy(detail)


def _content(told: str) -> Stored:
    if found := re.fullmatch(_CONTENT, told):
        return _reason("recordings.content", bytes=int(found["bytes"]), sha256=found["sha256"])
    return _reason("recordings.no_file") if told == "no file" else _reason("recordings.unreadable", why=told)
