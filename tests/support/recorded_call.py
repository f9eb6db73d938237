"""One call through a queue as Asterisk told it over AMI, and as the CEL database has it; as many like it as
wanted."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from hotline.asterisk.ami.parser import headers, split_frames
from hotline.asterisk.translate import CelNotice, translate
from hotline.domain.calls.fold import Directory

_RECORDED = Path(__file__).parents[1] / "fixtures" / "ami" / "queue_call.txt"

#: Seconds by which the CEL database's times are before AMI's: so a fold tells which of the two it was made from.
AMI_LATER = 0.005

DIRECTORY = Directory(lines={"4001234567": "main"}, operators={"1001": "赵敏"})

_COLUMNS = {
    "eventtype": "EventName",
    "eventtime": "Timestamp",
    "linkedid": "LinkedID",
    "uniqueid": "UniqueID",
    "cidnum": "CallerIDnum",
    "cidname": "CallerIDname",
    "exten": "Exten",
    "context": "Context",
    "channame": "Channel",
    "appname": "Application",
    "appdata": "AppData",
    "peer": "Peer",
    "eventextra": "Extra",
}


def linkedid_of(number: int) -> str:
    return f"lab-{1795315471 + number}.9"


def frames_of(number: int = 0) -> list[bytes]:
    """The events of call `number` that the ledger uses: own ids, a second later than the call before."""
    text = _RECORDED.read_bytes().replace(b"PJSIP/carrier", b"PJSIP/trunk")
    text = text.replace(b"lab-1795315471.", b"lab-%d." % (1795315471 + number))
    text = re.sub(rb"Timestamp: (\d+)\.", lambda found: b"Timestamp: %d." % (int(found[1]) + number), text)
    return [frame for frame in split_frames(text).frames if isinstance(translate(frame), CelNotice)]


def notices(frames: Iterable[bytes]) -> list[CelNotice]:
    return [notice for frame in frames if isinstance(notice := translate(frame), CelNotice)]


def moment_of(frame: bytes) -> datetime:
    """When it happened, by the CEL database."""
    return datetime.fromtimestamp(float(headers(frame)["Timestamp"]) - AMI_LATER, UTC)


def write_rows(cel_file: Path, frames: Iterable[bytes]) -> None:
    """As Asterisk writes these events down."""
    with closing(sqlite3.connect(cel_file)) as connection, connection:
        for frame in frames:
            found = headers(frame)
            row = [found[header] for header in _COLUMNS.values()]
            row[1] = f"{float(found['Timestamp']) - AMI_LATER:.6f}"
            marks = ",".join("?" * len(row))
            connection.execute(f"INSERT INTO cel ({','.join(_COLUMNS)}) VALUES ({marks})", row)
