"""Questionnaires: read from files at the start, kept as versions, asked and answered.

For features that ask one (`ask`, `store_reply`): what is to be asked, and what becomes of the answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

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
from hotline.services.definitions.files import Content, read_folder, record
from hotline.settings.home import TREE, Home
from hotline.storage.audit import AuditLog
from hotline.storage.definitions.store import DefinitionStore
from hotline.storage.satisfaction.replies import ReplyStore
from hotline.storage.transaction import Storage, Transaction

SHIPPED = TREE / "config" / "questionnaires"


def own_folder(home: Home) -> Path:
    """Of the site."""
    return home.root / "questionnaires"


def read_files(home: Home) -> dict[str, Content]:
    """By code: the shipped ones, those of the site in their place or besides. Raises WrongKind for the first that
    cannot be used."""
    return {**_shipped(), **read_folder(own_folder(home), read_questionnaire)}


def record_questionnaires(storage: Storage, home: Home, now: datetime) -> list[str]:
    """Keep each whose content is another than that of its last version as a new one, and one whose file is gone as
    withdrawn. Codes of what changed. Raises WrongKind."""
    return record(storage, QUESTIONNAIRE, read_files(home), now)


def questionnaires_in_force(tx: Transaction, now: datetime) -> dict[str, Questionnaire]:
    """By code, those that may be asked; where nothing is recorded yet, those that are shipped."""
    kept = DefinitionStore(tx).in_force(QUESTIONNAIRE, now)
    found = {code: _read(json.dumps(each.content), code, each.version) for code, each in kept.items()}
    if not found:
        found = {code: _read(json.dumps(content), code, 1) for code, content in _shipped().items()}
    return {code: each for code, each in found.items() if not each.withdrawn}


def latest(tx: Transaction, code: str) -> Questionnaire:
    """In its last version, whether it may still be asked or not. Raises NotFound."""
    kept = DefinitionStore(tx).versions(QUESTIONNAIRE, code)
    if kept:
        return _read(json.dumps(kept[-1].content), code, kept[-1].version)
    shipped = _shipped().get(code)
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


@lru_cache
def _shipped() -> Mapping[str, Content]:
    return read_folder(SHIPPED, read_questionnaire)


@lru_cache(maxsize=128)
def _read(text: str, source: str, version: int) -> Questionnaire:
    return read_questionnaire(json.loads(text), source, version)
