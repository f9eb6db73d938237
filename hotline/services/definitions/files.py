"""Definitions that come from files, the site's before the shipped ones: read at the start, and kept as versions."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from hotline.domain.cases.wrong_kind import WrongKind
from hotline.domain.definitions.definition import Definition
from hotline.storage.audit import AuditLog
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.transaction import Storage

#: Who records what files say.
FROM_FILES = "start"

Content = Mapping[str, Any]


class Coded(Protocol):
    @property
    def code(self) -> str: ...


#: Makes one of a file's content; the file's name is for what is told. Raises WrongKind.
Read = Callable[[Content, str], Coded]


def files_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def read_folder(folder: Path, read: Read) -> dict[str, Content]:
    """By code. Raises WrongKind for the first that cannot be used."""
    found: dict[str, Content] = {}
    for file in files_of(folder):
        _take(file, read, found)
    return found


def wrong_files(folder: Path, read: Read) -> list[WrongKind]:
    """What is wrong with each file of this folder that cannot be used."""
    found: dict[str, Content] = {}
    wrong: list[WrongKind] = []
    for file in files_of(folder):
        try:
            _take(file, read, found)
        except WrongKind as error:
            wrong.append(error)
    return wrong


def _take(file: Path, read: Read, found: dict[str, Content]) -> None:
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongKind(str(file), "the file", f"TOML in UTF-8: {error}") from error
    code = read(content, str(file)).code
    if code in found:
        raise WrongKind(str(file), "code", "a code that no other file here has")
    found[code] = content


def record(storage: Storage, kind: str, found: Mapping[str, Content], now: datetime) -> list[str]:
    """Keep each whose content is another than that of its last version as a new one, and one whose file is gone as
    withdrawn. Codes of what changed."""
    with storage.reading() as tx:
        known = DefinitionStore(tx).in_force(kind, now)
    gone = {code: {**each.content, "withdrawn": True} for code, each in known.items() if code not in found}
    wanted: dict[str, Content] = {**gone, **found}
    changed = [code for code, content in wanted.items() if code not in known or known[code].content != content]
    if changed:
        with storage.writing() as tx:
            for code in changed:
                version = len(DefinitionStore(tx).versions(kind, code)) + 1
                DefinitionStore(tx).add(Definition(kind, code, version, wanted[code], now, FROM_FILES, now))
                AuditLog(tx).add(now, FROM_FILES, "definition.add", f"{kind}:{code}", f"version {version}")
    return changed
