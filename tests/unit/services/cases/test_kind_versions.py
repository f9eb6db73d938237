"""Kinds are kept as versions, and a case goes on by the one under which it was opened."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.cases.case import CaseState
from hotline.domain.cases.wrong_kind import WrongKind
from hotline.domain.errors import Refused
from hotline.services.cases.kinds import SHIPPED, kinds_in_force, read_files, record_kinds
from hotline.settings import Home
from hotline.storage.cases.tables import service_case
from tests.support.cases import Desk, shanghai

NOW = shanghai(2026, 11, 16, 10)
HOUR = timedelta(hours=1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "home" / "cases").mkdir(parents=True)
    return Home(tmp_path / "home")


def own(home: Home, content: str, name: str = "request") -> None:
    (home.cases / f"{name}.toml").write_text(content, "utf-8")


def shipped(code: str = "request") -> str:
    return (SHIPPED / f"{code}.toml").read_text("utf-8")


def test_a_version_is_made_when_the_content_changes_and_only_then(desk: Desk, home: Home) -> None:
    assert set(record_kinds(desk.storage, home, NOW)) == set(read_files(home))
    assert record_kinds(desk.storage, home, NOW) == []
    own(home, shipped() + "\n# a remark changes nothing\n")
    assert record_kinds(desk.storage, home, NOW) == []
    own(home, shipped().replace("办理中", "处理中"))
    assert record_kinds(desk.storage, home, NOW + HOUR) == ["request"]
    with desk.storage.reading() as tx:
        found = kinds_in_force(tx, NOW + HOUR)["request"]
    assert (found.version, found.stages[0].words.zh) == (2, "处理中")


def test_a_definition_that_changes_leaves_open_cases_on_their_way(desk: Desk, home: Home) -> None:
    record_kinds(desk.storage, home, NOW)
    old = desk.act(desk.open(NOW, "enquiry"), "assign", NOW, department=desk.tech)
    without = shipped("suggestion").replace('"suggestion"', '"enquiry"', 1)
    own(home, without.replace("assigned", "handed_on"), "enquiry")  # the stage in which it stands is gone
    assert record_kinds(desk.storage, home, NOW + HOUR) == ["enquiry"]
    new = desk.open(NOW + HOUR, "enquiry")
    assert (old.version, new.version) == (1, 2)
    old = desk.act(old, "answer", NOW + 2 * HOUR, answer_text="可以")
    for act in ("tell", "close"):
        old = desk.act(old, act, NOW + 2 * HOUR)
    assert old.state is CaseState.CLOSED
    assert desk.act(new, "assign", NOW + 2 * HOUR, department=desk.tech).stage == "handed_on"


def test_a_kind_that_is_gone_is_opened_no_more_and_its_cases_go_on(desk: Desk, home: Home) -> None:
    own(home, shipped().replace('"request"', '"sample"', 1), "sample")
    record_kinds(desk.storage, home, NOW)
    case = desk.open(NOW, "sample")
    (home.cases / "sample.toml").unlink()
    assert record_kinds(desk.storage, home, NOW + HOUR) == ["sample"]
    with pytest.raises(Refused, match=r"^cases.no_kind"):
        desk.open(NOW + HOUR, "sample")
    assert desk.act(case, "close", NOW + HOUR).state is CaseState.CLOSED
    assert record_kinds(desk.storage, home, NOW + HOUR) == []


@pytest.mark.parametrize("stage", ["", "nowhere"])
def test_a_case_in_a_stage_that_nobody_knows_is_not_stranded(desk: Desk, stage: str) -> None:
    case = desk.open(NOW)
    with desk.storage.writing() as tx:
        tx.connection.execute(service_case.update().values(stage=stage, kind="complaint", version=77))
    assert desk.see(case, NOW).stage.id == "registered"
    assert desk.act(case, "judge", NOW).stage == "judged"


def test_a_case_of_a_kind_that_nobody_knows_can_be_closed(desk: Desk) -> None:
    case = desk.open(NOW)
    with desk.storage.writing() as tx:
        tx.connection.execute(service_case.update().values(kind="forgotten", stage="lost"))
    assert desk.act(case, "close", NOW).state is CaseState.CLOSED


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("code = ", "mine.toml: the file: expected TOML in UTF-8"),
        ('code = "x"', "mine.toml: words: expected it to be given"),
        (shipped().replace('right = "close_case"', 'right = "read_audit"'), "mine.toml: act[4].right: expected one of"),
    ],
)
def test_a_wrong_file_of_the_site_is_refused_by_its_name(home: Home, content: str, told: str) -> None:
    own(home, content, "mine")
    with pytest.raises(WrongKind) as refused:
        read_files(home)
    assert told in str(refused.value)


def test_two_files_of_one_code_are_refused(home: Home) -> None:
    own(home, shipped(), "one")
    own(home, shipped(), "two")
    with pytest.raises(WrongKind, match=r"two\.toml: code: expected a code that no other file here has"):
        read_files(home)
