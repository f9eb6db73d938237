"""Verdicts as if they had been judged: so many kept and broken of a rule on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from hotline.domain.time import SHANGHAI
from hotline.domain.verdicts.generations import FIRST
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.store import NewVerdict, VerdictStore

_NUMBERED: Iterator[int] = iter(range(1, 10**9))


def judge(
    storage: Storage,
    rule: str,
    day: date,
    kept: int = 0,
    broken: int = 0,
    not_applicable: int = 0,
    not_judged: int = 0,
    line: str = "main",
    person_id: int | None = None,
    why: str = "",
    subject_id: str = "",
    evidence: Mapping[str, Any] | None = None,
    subject: Subject = Subject.CALL,
) -> None:
    """From nine on that day, a second apart. `subject_id`: of a call, if nothing else is said; else each is another
    one."""
    counts = {
        Judgement.KEPT: kept,
        Judgement.BROKEN: broken,
        Judgement.NOT_APPLICABLE: not_applicable,
        Judgement.NOT_JUDGED: not_judged,
    }
    judgements = [judgement for judgement, count in counts.items() for _n in range(count)]
    begin = datetime.combine(day, time(9), SHANGHAI)
    made = [
        Verdict(
            rule,
            "",
            subject,
            subject_id or f"{next(_NUMBERED)}",
            begin + timedelta(seconds=at),
            judgement,
            40.0,
            30.0,
            "s",
            line,
            person_id,
            why if judgement in (Judgement.NOT_APPLICABLE, Judgement.NOT_JUDGED) else "",
            evidence or {},
        )
        for at, judgement in enumerate(judgements)
    ]
    with storage.writing() as tx:
        VerdictStore(tx).add([NewVerdict(FIRST, each) for each in made], begin)
