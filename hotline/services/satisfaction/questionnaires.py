"""Questionnaires: read from files at the start, kept as versions, asked and answered.

For features that ask one (`ask`, `store_reply`): what is to be asked, and what becomes of the answers."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from hotline.domain.cases.wrong_kind import WrongKind
from hotline.domain.definitions.definition import Definition
from hotline.domain.errors import NotFound, WrongFields
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.satisfaction.questionnaire import (
    QUESTIONNAIRE,
    Questionnaire,
    Reply,
    ReplyWay,
    answers_of,
    read_questionnaire,
    score_of,
)
from hotline.settings.home import TREE, Home
from hotline.storage.audit import AuditLog
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.satisfaction.replies import ReplyStore
from hotline.storage.transaction import Storage, Transaction

SHIPPED = TREE / "config" / "questionnaires"

#: Who records what files say.
FROM_FILES = "start"

Content = Mapping[str, Any]


def read_files(home: Home) -> dict[str, Content]:
    """By code: the shipped ones, those of the site in their place or besides. Raises WrongKind for the first that
    cannot be used."""
    return {**_folder(SHIPPED), **_folder(home.root / "questionnaires")}


def record_questionnaires(storage: Storage, home: Home, now: datetime) -> list[str]:
    """Keep each whose content is another than that of its last version as a new one, and one whose file is gone as
    withdrawn. Codes of what changed. Raises WrongKind."""
    found = read_files(home)
    with storage.reading() as tx:
        known = DefinitionStore(tx).in_force(QUESTIONNAIRE, now)
    gone = {code: {**each.content, "withdrawn": True} for code, each in known.items() if code not in found}
    wanted: dict[str, Content] = {**gone, **found}
    changed = [code for code, content in wanted.items() if code not in known or known[code].content != content]
    if changed:
        with storage.writing() as tx:
            for code in changed:
                version = len(DefinitionStore(tx).versions(QUESTIONNAIRE, code)) + 1
                DefinitionStore(tx).add(Definition(QUESTIONNAIRE, code, version, wanted[code], now, FROM_FILES, now))
                AuditLog(tx).add(now, FROM_FILES, "definition.add", f"{QUESTIONNAIRE}:{code}", f"version {version}")
    return changed


def questionnaires_in_force(tx: Transaction, now: datetime) -> dict[str, Questionnaire]:
    """By code, those that may be asked; where nothing is recorded yet, those that are shipped."""
    kept = DefinitionStore(tx).in_force(QUESTIONNAIRE, now)
    found = {code: _read(json.dumps(each.content), code, each.version) for code, each in kept.items()}
    if not found:
        found = {code: _read(json.dumps(content), code, 1) for code, content in _folder(SHIPPED).items()}
    return {code: each for code, each in found.items() if not each.withdrawn}


def latest(tx: Transaction, code: str) -> Questionnaire:
    """In its last version, whether it may still be asked or not. Raises NotFound."""
    kept = DefinitionStore(tx).versions(QUESTIONNAIRE, code)
    if kept:
        return _read(json.dumps(kept[-1].content), code, kept[-1].version)
    shipped = _folder(SHIPPED).get(code)
    if shipped is None:
        raise NotFound("satisfaction.no_questionnaire")
    return _read(json.dumps(shipped), code, 1)


def ask(tx: Transaction, code: str, now: datetime | None, version: int = 0) -> Questionnaire:
    """What is to be asked now; with `version`, what was asked under it, for ever, and then `now` may be None. Raises
    NotFound."""
    if version:
        kept = DefinitionStore(tx).version(QUESTIONNAIRE, code, version)
        if kept is not None:
            return _read(json.dumps(kept.content), code, version)
    found = questionnaires_in_force(tx, now).get(code) if now is not None else None
    if found is None:
        raise NotFound("satisfaction.no_questionnaire")
    return found


def store_reply(
    tx: Transaction,
    questionnaire: Questionnaire,
    given: Mapping[str, str],
    way: ReplyWay,
    by: str,
    now: datetime,
    *,
    object: str = "",
    call: tuple[str, str] = ("", ""),
    number: Number = NO_NUMBER,
) -> Reply:
    """The answers are kept under the version that was asked. `object`: what it was asked for; `call`: (node, linkedid)
    of the call in which it was. Raises WrongFields, by item."""
    answers, wrong = answers_of(questionnaire, given)
    if wrong:
        raise WrongFields(wrong)
    score = score_of(questionnaire, answers)
    new = Reply(questionnaire.code, questionnaire.version, way, object, *call, number, by, now, answers, score)
    kept = ReplyStore(tx).add(new)
    AuditLog(tx).add(now, by, "questionnaire.reply", f"reply:{kept.id}", f"{kept.code} {kept.version} {way.value}")
    return kept


def _folder(folder: Path) -> Mapping[str, Content]:
    found: dict[str, Content] = {}
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            content = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise WrongKind(str(file), "the file", f"TOML in UTF-8: {error}") from error
        read = read_questionnaire(content, str(file))
        if read.code in found:
            raise WrongKind(str(file), "code", "a code that no other file here has")
        found[read.code] = content
    return found


@lru_cache(maxsize=128)
def _read(text: str, source: str, version: int) -> Questionnaire:
    return read_questionnaire(json.loads(text), source, version)
