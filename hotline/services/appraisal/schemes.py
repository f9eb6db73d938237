"""By what months are scored: read from files at the start, kept as versions, found again by a month's version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from hotline.domain.appraisal.scheme import SCHEME, Scheme, read_scheme
from hotline.domain.cases.wrong_kind import WrongKind
from hotline.domain.rules.registry import RULES
from hotline.services.definitions.files import Content, read_folder, record
from hotline.settings.home import TREE, Home
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.transaction import Storage, Transaction

SHIPPED = TREE / "config" / "appraisal"

#: There is one way of scoring; a site's file of this code takes the place of the shipped one.
CODE = "operator"


def read_files(home: Home) -> dict[str, Content]:
    """Raises WrongKind for what cannot be used, and for a code that nothing is scored by."""
    site = read_folder(site_folder(home), read)
    for code in site:
        if code != CODE:
            raise WrongKind(str(site_folder(home)), "code", f"{CODE}: nothing is scored by {code}")
    return {**_shipped(), **site}


def site_folder(home: Home) -> Path:
    return home.root / "appraisal"


def record_schemes(storage: Storage, home: Home, now: datetime) -> list[str]:
    """Codes of what changed, and got a new version. Raises WrongKind."""
    return record(storage, SCHEME, read_files(home), now)


def scheme_at(tx: Transaction, at: datetime) -> Scheme:
    """What a month that ends then is scored by; before anything was recorded, the first that was, else the shipped
    one."""
    kept = DefinitionStore(tx).in_force(SCHEME, at).get(CODE)
    if kept is None:
        kept = next(iter(DefinitionStore(tx).versions(SCHEME, CODE)), None)
    content, version = (kept.content, kept.version) if kept is not None else (_shipped()[CODE], 1)
    return _read(json.dumps(content, sort_keys=True), version)


def scheme_of(tx: Transaction, version: int) -> Scheme:
    """That a month was signed by."""
    kept = DefinitionStore(tx).version(SCHEME, CODE, version)
    return _read(json.dumps(kept.content if kept is not None else _shipped()[CODE], sort_keys=True), version)


def read(content: Content, source: str, version: int = 0) -> Scheme:
    return read_scheme(content, source, tuple(RULES), version)


@lru_cache
def _shipped() -> Mapping[str, Content]:
    return read_folder(SHIPPED, read)


@lru_cache(maxsize=64)
def _read(text: str, version: int) -> Scheme:
    return read(json.loads(text), f"{CODE} {version}", version)
