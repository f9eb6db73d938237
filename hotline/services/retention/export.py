"""G3, PIPL 45: a person's copy of what is kept of them: recordings, and tables that people and programs can read."""

from __future__ import annotations

import json
import shutil
import textwrap
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import IO

from hotline.domain import numbers
from hotline.domain.errors import NotFound
from hotline.domain.people import Actor
from hotline.domain.retention.privacy import Person, PrivacyRequest
from hotline.domain.rights.acts import Act
from hotline.domain.time import SHANGHAI, minute_text
from hotline.services import csv_table
from hotline.services.access import require_right
from hotline.services.personal import Copied, CopyFile, Copying, PersonalPart, parts
from hotline.services.recordings.clips import Clips
from hotline.services.recordings.files import RecordingFiles
from hotline.services.retention.copy_in_chinese import in_chinese
from hotline.services.retention.privacy import person_of, read_request
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage

_BLOCK = 1 << 20

_README = """{company}

这是您的个人信息副本（《个人信息保护法》第四十五条），申请编号 {id}，制作时间 {made}。
{parts_zh}；data.json 以上全部内容与转写文字，供程序读取。时间为北京时间。

This is the copy of your personal data (PIPL art. 45), request {id}, made at {made}.
{parts_en}
"""
_ALL_OF_IT = "data.json: all of it and the transcripts, for programs. Times are Beijing's."


def file_name(request: PrivacyRequest, now: datetime) -> str:
    """Tells whose copy it is, and of which request."""
    whose = numbers.as_dialled(request.number) if request.number else f"customer{request.customer_id}"
    return f"personal-data_{whose}_request{request.id}_{now.astimezone(SHANGHAI):%Y%m%d}.zip"


def export(
    storage: Storage,
    files: RecordingFiles,
    clips: Clips,
    settings: Settings,
    request_id: int,
    target: IO[bytes],
    actor: Actor,
    now: datetime,
) -> str:
    """Write the copy into `target`; the name that it is given. It stands in the audit log before a byte is sent (F8).
    Raises Forbidden, NotFound, StoreUnavailable."""
    require_right(Act.HANDLE_REQUESTS, actor)
    with storage.reading() as tx:
        request = read_request(tx, request_id)
        person = person_of(tx, request)
        copying = Copying(person, settings.retention.terms, now)
        copied = {part: part.copy(tx, person.found[part.name], copying) for part in parts()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        there = _write_files(archive, files, clips, (file for each in copied.values() for file in each.files))
        for part, each in copied.items():
            if each.header:
                header, lines = each.header, each.lines
                if settings.site.language == "zh":
                    header, lines = in_chinese(part.name, header, lines, settings)
                archive.writestr(f"{part.name}.csv", "".join(csv_table.write(header, lines)))
        archive.writestr("README.txt", _readme(copied, settings.site.company, request_id, now))
        whole = json.dumps(
            _whole(person, copied), ensure_ascii=False, indent=2, default=lambda file: _name(file, there)
        )
        archive.writestr("data.json", whole)
    with storage.writing() as tx:
        AuditLog(tx).add(
            now,
            actor.name,
            "privacy.export",
            f"privacy:{request_id}",
            f"{len(person.calls)} calls, {len(there)} recordings",
        )
    return file_name(request, now)


def _write_files(
    archive: zipfile.ZipFile, files: RecordingFiles, clips: Clips, wanted: Iterable[CopyFile]
) -> set[CopyFile]:
    """Those that are in the store."""
    there = set()
    for each in wanted:
        if each.sound and not each.path.lower().endswith(".wav"):
            with suppress(NotFound):
                archive.writestr(each.name, clips.cut(each.path, 0, None, ()))
                there.add(each)
            continue
        with suppress(FileNotFoundError), files.open(each.path) as opened:
            with archive.open(each.name, "w", force_zip64=True) as copy:
                shutil.copyfileobj(opened.file, copy, _BLOCK)
            there.add(each)
    return there


def _readme(copied: Iterable[PersonalPart[object]], company: str, request_id: int, now: datetime) -> str:
    said = [part.readme for part in copied if any(part.readme)]
    english = "; ".join([*(en for _zh, en in said), _ALL_OF_IT])
    return _README.format(
        company=company,
        id=request_id,
        made=minute_text(now),
        parts_zh="；".join(zh for zh, _en in said),
        parts_en=textwrap.fill(english, 120),
    )


def _whole(person: Person, copied: Mapping[PersonalPart[object], Copied]) -> dict[str, object]:
    """What data.json holds: each call with what all parts have of it."""
    calls: dict[int, dict[str, object]] = {call.id: {} for call in person.calls}
    whole: dict[str, object] = {"numbers": list(person.numbers), "calls": list(calls.values())}
    for part, each in copied.items():
        for call_id, more in each.of_calls.items():
            calls[call_id] |= more
        whole |= {part.name: each.whole} if each.whole is not None else {}
        whole |= each.also
    return whole


def _name(file: object, there: set[CopyFile]) -> str | None:
    """What json cannot write by itself must be a file."""
    if not isinstance(file, CopyFile):
        raise TypeError(f"{type(file).__name__} cannot stand in data.json")
    return file.name if file in there else None
