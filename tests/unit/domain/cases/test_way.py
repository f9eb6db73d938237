"""The way of a case as a line: what it passed, what lies ahead, what leads on."""

from __future__ import annotations

import tomllib

import pytest

from hotline.domain.cases.kind import Kind
from hotline.domain.cases.kind_reading import read_kind
from hotline.domain.cases.way import ahead, in_order, next_act, passed
from hotline.settings.home import TREE

KINDS = sorted((TREE / "config" / "cases").glob("*.toml"))


def kind(code: str) -> Kind:
    return read_kind(tomllib.loads((TREE / "config" / "cases" / f"{code}.toml").read_text("utf-8")), code)


def test_d1_nothing_of_a_complaint_s_way_is_left_out() -> None:
    assert ahead(kind("complaint"), "registered") == (
        "judged",
        "assigned",
        "checked",
        "proposed",
        "approved",
        "accepted",
        "carried_out",
        "told",
        "visited",
        "summed_up",
        "archived",
    )


@pytest.mark.parametrize("file", KINDS, ids=lambda file: file.stem)
def test_each_way_ends_where_it_is_done(file: object) -> None:
    one = kind(getattr(file, "stem", ""))
    last = one.stage(ahead(one, one.begins)[-1])
    assert last is not None and last.closed
    assert ahead(one, last.id) == () and next_act(one, last.id) is None
    assert in_order(one)[0].id == one.begins and set(in_order(one)) == set(one.stages)


def test_what_a_step_back_led_away_from_is_not_passed_any_more() -> None:
    assert passed(["registered", "judged", "assigned", "judged", "assigned"], "assigned") == ["registered", "judged"]
    assert passed([], "registered") == []


def test_what_leads_on_is_the_next_of_the_way() -> None:
    complaint = kind("complaint")
    leading = {stage: getattr(next_act(complaint, stage), "id", "") for stage in ("registered", "judged", "dismissed")}
    assert leading == {"registered": "judge", "judged": "assign", "dismissed": "tell"}
