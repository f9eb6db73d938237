"""Calls that belong to a case: whichever are named with its steps."""

from __future__ import annotations

from hotline.domain.cases import common_acts
from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.cases.given import CALL
from hotline.services.recordings.transcription import hurry
from hotline.storage.cases.calls import CaseCall, CaseCallStore
from hotline.storage.transaction import Transaction


def call_key(written: str) -> tuple[str, str]:
    """Node and linkedid of "<node>/<linkedid>"; nothing of anything else."""
    node, _, linkedid = written.partition("/")
    return node, linkedid


def written_call(node: str, linkedid: str) -> str:
    return f"{node}/{linkedid}"


def follow_call(tx: Transaction, case: ServiceCase, act: str, step: CaseStep) -> None:
    """The call that was named with this step belongs to the case from now on."""
    if not step.given.get(CALL):
        return
    node, linkedid = call_key(step.given[CALL])
    if act == common_acts.DETACH_CALL:
        CaseCallStore(tx).remove(case.id or 0, node, linkedid)
    elif CaseCallStore(tx).add(CaseCall(case.id or 0, node, linkedid, step.by, step.at)):
        hurry(tx, node, linkedid)
