"""The kinds of cases: read from files at the start, kept as versions, and found again by the version of a case."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.cases.kind import CASE_KIND, Kind
from hotline.domain.cases.kind_reading import read_kind
from hotline.domain.cases.wrong_kind import WrongKind
from hotline.domain.definitions.definition import Definition
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.settings.home import TREE, Home
from hotline.storage.audit import AuditLog
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.transaction import Storage, Transaction

SHIPPED = TREE / "config" / "cases"

#: Who records what files say.
FROM_FILES = "start"

Content = Mapping[str, Any]


def read_files(home: Home) -> dict[str, Content]:
    """All kinds, by code: the shipped ones, those of the site in their place or besides. Raises WrongKind for the first
    that cannot be used: no site works with half a definition."""
    return {**_shipped(), **_folder(home.cases)}


def record_kinds(storage: Storage, home: Home, now: datetime) -> list[str]:
    """Keep each kind whose content is another than that of its last version as a new one, and one whose file is gone as
    withdrawn: none is opened any more, and those that are open go on. Codes of what changed. Raises WrongKind."""
    found = read_files(home)
    with storage.reading() as tx:
        known = DefinitionStore(tx).in_force(CASE_KIND, now)
    wanted = {code: each.content for code, each in known.items() if code not in found}
    wanted = {**{code: {**content, "withdrawn": True} for code, content in wanted.items()}, **found}
    changed = [code for code, content in wanted.items() if code not in known or known[code].content != content]
    if changed:
        with storage.writing() as tx:
            for code in changed:
                _record(tx, code, wanted[code], now)
    return changed


def kinds_in_force(tx: Transaction, now: datetime) -> dict[str, Kind]:
    """By code, those that may be opened; where nothing is recorded yet, those that are shipped."""
    recorded = DefinitionStore(tx).in_force(CASE_KIND, now)
    kinds = {
        code: _read(_text(each.content), f"{code} {each.version}", each.version) for code, each in recorded.items()
    }
    if not kinds:
        kinds = {code: _as_shipped(code) for code in _shipped()}
    return {code: kind for code, kind in kinds.items() if not kind.withdrawn}


def kind_to_open(tx: Transaction, code: str, now: datetime) -> Kind:
    """Raises Refused."""
    found = kinds_in_force(tx, now).get(code)
    if found is None:
        raise Refused("cases.no_kind", kind=code, field="kind")
    return found


def kind_of(tx: Transaction, case: ServiceCase) -> Kind:
    """In the version under which it was opened. Of a kind that nothing is recorded of, what is shipped; of one that
    nobody knows any more, the simplest: no case is stranded."""
    return kinds_of(tx, [case])[(case.kind, case.version)]


def kinds_of(tx: Transaction, cases: Iterator[ServiceCase] | list[ServiceCase]) -> dict[tuple[str, int], Kind]:
    """By code and version."""
    found: dict[tuple[str, int], Kind] = {}
    for code, version in dict.fromkeys((each.kind, each.version) for each in cases):
        kept = DefinitionStore(tx).version(CASE_KIND, code, version)
        if kept is not None:
            found[code, version] = _read(_text(kept.content), f"{code} {version}", version)
        else:
            found[code, version] = _as_shipped(code if code in _shipped() else CaseKind.REQUEST.value)
    return found


def see_kinds(storage: Storage, actor: Actor, now: datetime) -> list[Kind]:
    """Those of which cases are opened now, by code. Raises Forbidden."""
    require_right(Act.ADD_CASE, actor)
    with storage.reading() as tx:
        found = kinds_in_force(tx, now)
    return [found[code] for code in sorted(found)]


def _record(tx: Transaction, code: str, content: Content, now: datetime) -> None:
    version = len(DefinitionStore(tx).versions(CASE_KIND, code)) + 1
    DefinitionStore(tx).add(Definition(CASE_KIND, code, version, content, now, FROM_FILES, now))
    AuditLog(tx).add(now, FROM_FILES, "definition.add", f"{CASE_KIND}:{code}", f"version {version}")


@lru_cache
def _shipped() -> Mapping[str, Content]:
    return _folder(SHIPPED)


def files_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def wrong_files(folder: Path) -> list[WrongKind]:
    """What is wrong with each file of this folder that cannot be used."""
    found: dict[str, Content] = {}
    wrong: list[WrongKind] = []
    for file in files_of(folder):
        try:
            _take(file, found)
        except WrongKind as error:
            wrong.append(error)
    return wrong


def _folder(folder: Path) -> dict[str, Content]:
    found: dict[str, Content] = {}
    for file in files_of(folder):
        _take(file, found)
    return found


def _take(file: Path, found: dict[str, Content]) -> None:
    content = _content(file)
    kind = read_kind(content, str(file))
    if kind.code in found:
        raise WrongKind(str(file), "code", "a code that no other file here has")
    found[kind.code] = content


def _content(file: Path) -> Content:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongKind(str(file), "the file", f"TOML in UTF-8: {error}") from error


def _as_shipped(code: str) -> Kind:
    """What the first version will be."""
    return _read(_text(_shipped()[code]), code, 1)


def _text(content: Content) -> str:
    return json.dumps(content, sort_keys=True)


@lru_cache(maxsize=256)
def _read(text: str, source: str, version: int) -> Kind:
    return read_kind(json.loads(text), source, version)
