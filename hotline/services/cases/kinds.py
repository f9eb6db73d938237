"""The kinds of cases: read from files at the start, kept as versions, and found again by the version of a case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.cases.kind import CASE_KIND, Kind
from hotline.domain.cases.kind_reading import read_kind
from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.definitions.files import Content, read_folder, record
from hotline.settings.home import TREE, Home
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.transaction import Storage, Transaction

SHIPPED = TREE / "config" / "cases"


def read_files(home: Home) -> dict[str, Content]:
    """All kinds, by code: the shipped ones, those of the site in their place or besides. Raises WrongKind for the first
    that cannot be used: no site works with half a definition."""
    return {**_shipped(), **read_folder(home.cases, read_kind)}


def record_kinds(storage: Storage, home: Home, now: datetime) -> list[str]:
    """Keep each kind whose content is another than that of its last version as a new one, and one whose file is gone as
    withdrawn: none is opened any more, and those that are open go on. Codes of what changed. Raises WrongKind."""
    return record(storage, CASE_KIND, read_files(home), now)


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


@lru_cache
def _shipped() -> Mapping[str, Content]:
    return read_folder(SHIPPED, read_kind)


def _as_shipped(code: str) -> Kind:
    """What the first version will be."""
    return _read(_text(_shipped()[code]), code, 1)


def _text(content: Content) -> str:
    return json.dumps(content, sort_keys=True)


@lru_cache(maxsize=256)
def _read(text: str, source: str, version: int) -> Kind:
    return read_kind(json.loads(text), source, version)
