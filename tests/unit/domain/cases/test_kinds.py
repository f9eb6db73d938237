"""The shipped kinds can be used, and one that cannot is refused by file, key and expectation."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from hotline.domain.cases.kind import Kind
from hotline.domain.cases.kind_reading import read_kind
from hotline.domain.cases.process import workflow_of
from hotline.domain.cases.wrong_kind import WrongKind
from hotline.settings.home import TREE

FILES = sorted((TREE / "config" / "cases").glob("*.toml"))
CODES = {
    *("complaint", "enquiry", "request", "repair", "order", "return_goods"),
    *("internal", "fault", "suggestion", "dealership", "harm"),
}


def content(code: str) -> dict[str, Any]:
    return tomllib.loads((TREE / "config" / "cases" / f"{code}.toml").read_text("utf-8"))


def shipped(code: str) -> Kind:
    return read_kind(content(code), code)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_kind_is_read_and_every_stage_has_a_way_to_an_end(file: Any) -> None:
    kind = read_kind(tomllib.loads(file.read_text("utf-8")), file.name)
    assert kind.code == file.stem
    assert workflow_of(kind).open_states >= {each.id for each in kind.stages if not each.closed}


def test_all_kinds_are_shipped() -> None:
    assert {file.stem for file in FILES} == CODES


def test_d8_internal_requests_are_of_seven_sorts() -> None:
    sort = shipped("internal").field("sort")
    assert sort is not None and len(sort.choices) == 7


def _without_end(it: dict[str, Any]) -> None:
    del it["stage"][-1]["closed"]


def _lost_stage(it: dict[str, Any]) -> None:
    it["stage"].append({"id": "elsewhere", "words": {"zh": "别处", "en": "Elsewhere"}})


def _stranded(it: dict[str, Any]) -> None:
    _lost_stage(it)
    it["act"].append(_act("go", to="elsewhere"))


def _act(name: str, **more: Any) -> dict[str, Any]:
    words = {"zh": "做", "en": "Do"}
    return {"id": name, "words": words, "from": ["registered"], "right": "add_to_case", **more}


def _until(it: dict[str, Any], field: str) -> None:
    del it["clock"][0]["term"]
    it["clock"][0]["until"] = field


WRONG: dict[str, Callable[[dict[str, Any]], Any]] = {
    "request.toml: stage: expected one stage with closed = true at least": _without_end,
    "request.toml: stage: expected an act that leads to elsewhere": _lost_stage,
    "request.toml: stage: expected a way from elsewhere to a stage with closed = true": _stranded,
    "request.toml: colour: expected one of": lambda it: it.update(colour="red"),
    "request.toml: begins: expected one of the stages closed, registered": lambda it: it.update(begins="nowhere"),
    "request.toml: act[6].right: expected one of": lambda it: it["act"].append(_act("x", right="rule_the_world")),
    "request.toml: act[6].to: expected one of the stages": lambda it: it["act"].append(_act("x", to="nowhere")),
    "request.toml: act[6].needs: expected fields of this kind": lambda it: it["act"].append(_act("x", needs=["moon"])),
    "request.toml: act[6].needs: expected reason": lambda it: it["act"].append(_act("x", back=True)),
    "request.toml: act: expected each id once, close": lambda it: it["act"].append(_act("close")),
    "request.toml: act: expected each id once, merge": lambda it: it["act"].append(_act("merge")),
    "request.toml: clock[1].term: expected one of minutes": lambda it: it["clock"][0].update(term={}),
    "request.toml: clock[1].until: expected no term": lambda it: it["clock"][0].update(until="sort"),
    "request.toml: clock[1].until: expected a field of this kind of type moment": lambda it: _until(it, "nothing"),
    "request.toml: clock[1].name: expected one of first_contact": lambda it: it["clock"][0].update(name="mine"),
    "request.toml: clock[1].ends: expected acts of this kind": lambda it: it["clock"][0].update(ends=["x"]),
    "request.toml: words.zh: expected it to be given": lambda it: it.update(words={"en": "x"}),
    "request.toml: code: expected a name": lambda it: it.update(code="Größe"),
    "request.toml: field[1].choices: expected choices": lambda it: it["field"][0].update(type="choice"),
}


@pytest.mark.parametrize("told", WRONG)
def test_a_wrong_definition_is_refused_by_file_key_and_expectation(told: str) -> None:
    given = copy.deepcopy(content("request"))
    WRONG[told](given)
    with pytest.raises(WrongKind) as refused:
        read_kind(given, "request.toml")
    assert told in str(refused.value)


@pytest.mark.parametrize("given", [[], "x", 7, None])
def test_what_is_no_table_at_all_is_refused(given: Any) -> None:
    with pytest.raises(WrongKind, match="the file: expected a table"):
        read_kind(given, "x.toml")
