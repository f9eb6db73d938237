"""Every refusal has its words once, in both languages, and no words are left over."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hotline.domain.errors import FIELD_PROBLEMS
from hotline.domain.people import Role
from hotline.domain.reasons import Reason, because
from hotline.domain.shifts.swap import SwapProblem
from hotline.domain.wall_time import TimeProblem
from hotline.services.hiring.people_table import RowProblem as PeopleProblem
from hotline.services.line.roster import ShiftProblem
from hotline.services.projects.table import ProjectProblem
from hotline.services.shifts.shift_table import RowProblem as PlanProblem
from hotline.services.tables.faults import NoteKind, TableProblem
from hotline.services.trainings.table import RowProblem as TrainingProblem
from hotline.web.kit.refusals.registry import refusal_words, say

WORDS = refusal_words()
TREE = Path(__file__).parents[3]
PACKAGES = ("hotline", "recordings", "greetings", "ivr")
ROOTS = {"Coded", "Reason", "because", "so_many"}
#: Values that are given without their names.
UNNAMED = {"so_many": {"n"}}
#: Keywords of an error that are no values for its words.
BESIDE = {"field", "current"}
#: Codes that are made of the members of an enumeration, not written out where they are raised.
MEMBERS: tuple[type[StrEnum], ...] = (
    *(TableProblem, NoteKind, ShiftProblem, TimeProblem),
    *(SwapProblem, PlanProblem, PeopleProblem, TrainingProblem, ProjectProblem),
)
#: Where a code comes from something that was checked before: an enumeration, a stored reason.
OPEN = {
    "hotline/domain/reasons.py",
    "hotline/services/tables/faults.py",
    "hotline/web/forms/words.py",
    "hotline/web/kit/errors.py",
}
#: A class hands on the code that it was given.
PASSED_ON = ("super().__init__(code, ", "super().__init__(problem.code")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Examples of what people write in Chinese, in English words.
EXAMPLES = re.compile(r"王五:13800000002|手机号码=number")


@dataclass(frozen=True)
class Raised:
    place: str
    code: str
    values: frozenset[str]


@cache
def trees() -> dict[str, ast.Module]:
    files = [file for package in PACKAGES for file in sorted((TREE / package).rglob("*.py"))]
    return {str(file.relative_to(TREE)): ast.parse(file.read_text("utf-8")) for file in files}


@cache
def makers() -> frozenset[str]:
    """Names of whatever is called with a code: the classes below Coded, and what makes reasons."""
    names, before = set(ROOTS), 0
    while len(names) > before:
        before = len(names)
        for tree in trees().values():
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.ClassDef)
                    and {base.id for base in node.bases if isinstance(base, ast.Name)} & names
                ):
                    names.add(node.name)
    return frozenset(names)


@cache
def own_codes() -> frozenset[str]:
    """Classes that give their code themselves, in their __init__."""
    return frozenset(
        node.name
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name in makers() and any(super_calls(node))
    )


def super_calls(made: ast.ClassDef) -> Iterator[ast.Call]:
    for node in ast.walk(made):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__":
            yield node


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers():
            yield node
        if isinstance(node, ast.ClassDef) and node.name in own_codes():
            yield from super_calls(node)


def code_of(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


@cache
def raised() -> tuple[Raised, ...]:
    return tuple(
        Raised(
            f"{file}:{call.lineno}",
            code,
            frozenset(
                UNNAMED.get(ast.unparse(call.func), set())
                | {keyword.arg or "**" for keyword in call.keywords if keyword.arg not in BESIDE}
            ),
        )
        for file, tree in trees().items()
        for call in calls(tree)
        if (code := code_of(call)) is not None
    )


def made_of_members() -> set[str]:
    codes = {member.code for members in MEMBERS for member in members}  # type: ignore[attr-defined]
    return codes | {f"forms.{problem}" for problem in FIELD_PROBLEMS} | {f"role.{role}" for role in Role}


def places(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"%\((\w+)\)s", text))


@cache
def chinese() -> dict[str, str]:
    with (TREE / "hotline/web/translations/zh/LC_MESSAGES/messages.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file)}


def test_there_are_refusals_to_look_at() -> None:
    assert len(raised()) > 400
    assert {"Refused", "UnfitAccount", "PromptError", "Unfit", "PbxError"} <= makers()
    assert {"cases.went_up", "machine.several"} <= {each.code for each in raised()}, "what jobs did"


def test_each_code_is_written_out_where_it_is_raised() -> None:
    """So that this file sees all of them."""
    hidden = [
        f"{file}:{call.lineno} {ast.unparse(call)[:80]}"
        for file, tree in trees().items()
        if file not in OPEN
        for call in calls(tree)
        if code_of(call) is None
        if ast.unparse(call.func) not in own_codes()
        if not ast.unparse(call).startswith(PASSED_ON)
    ]
    assert hidden == []


def test_each_code_has_words() -> None:
    assert [each for each in raised() if each.code not in WORDS] == []
    assert made_of_members() - set(WORDS) == set()


def test_no_words_are_left_over() -> None:
    assert set(WORDS) - {each.code for each in raised()} - made_of_members() == set()


def test_words_and_code_have_the_same_values() -> None:
    wrong = [
        (each.place, each.code, sorted(each.values), sorted(places(WORDS[each.code])))
        for each in raised()
        if each.code in WORDS and each.values != places(WORDS[each.code])
    ]
    assert wrong == []


def test_words_of_members_need_no_more_than_what_was_got() -> None:
    assert [code for code in made_of_members() if places(WORDS[code]) - {"got"}] == []


def test_each_file_of_words_holds_its_own() -> None:
    """Those of a feature begin with its name, those that all share with the name of their file."""
    shared = (TREE / "hotline/web/kit/refusals").glob("*.py")
    of_features = (TREE / "hotline/web").glob("*/refusals.py")
    for owner, file in [(each.stem, each) for each in shared] + [(each.parent.name, each) for each in of_features]:
        codes = re.findall(r'^    "([a-z_]+)\.\w+": ', file.read_text("utf-8"), re.MULTILINE)
        assert set(codes) <= ({owner, "role"} if owner == "accounts" else {owner}), file.name


@pytest.mark.parametrize("code", sorted(WORDS))
def test_no_language_shows_the_other(code: str) -> None:
    english = WORDS[code]
    assert not CHINESE.search(EXAMPLES.sub("", english)) or code == "tables.yes_no"
    assert re.search(r"[A-Za-z]{2}", re.sub(r"%\(\w+\)s", "", english))
    assert CHINESE.search(re.sub(r"%\(\w+\)s", "", chinese()[english]))
    assert places(chinese()[english]) == places(english)
    # What stands in ASCII in the Chinese is a name, a command or an example, never a sentence.
    assert not re.search(r"(?:[a-z]+ ){4,}[a-z]+[.!?]", chinese()[english])


@pytest.mark.parametrize("code", sorted(WORDS))
def test_the_words_can_be_filled(code: str) -> None:
    values = dict.fromkeys(places(WORDS[code]), "X")
    for text in (WORDS[code], chinese()[WORDS[code]]):
        assert "%(" not in text % values


def test_reasons_within_reasons_are_said_in_the_same_language() -> None:
    told = because("examination.wrong_points", problems=[because("examination.no_item", item="a")])
    assert say(told, chinese().__getitem__) == "分数不被接受：评分表中没有项目“a”。"
    assert say(told, str).endswith("The form has no item “a”.")


def test_roles_are_said_by_their_names() -> None:
    told = because("accounts.needs_role", roles=(Role.SUPERVISOR, Role.ADMINISTRATOR))
    assert say(told, chinese().__getitem__) == "需要以下角色之一：主管、管理员。"


def test_a_code_of_another_version_is_said_as_it_is() -> None:
    assert say(Reason("examination.of_tomorrow", {"call": 3}), str) == "examination.of_tomorrow call=3"
    assert say(Reason("calls.no_call"), str) == "calls.no_call"


def test_who_says_a_word_loads_no_pages() -> None:
    """The command line does, and has to start at once."""
    says = """
import sys
from hotline.cli.kit.language import said
from hotline.domain.reasons import because
assert "hotline.web.cases.refusals" not in sys.modules
assert "two people" in said(because("line.handover_to_oneself", person="x"))
assert "hotline.web.cases.refusals" in sys.modules
print([name for name in sys.modules if name.split(".")[0] in ("flask", "jinja2", "sqlalchemy")])
"""
    assert (
        subprocess.run(
            [sys.executable, "-c", says], capture_output=True, text=True, check=True, env={"LANG": "C"}
        ).stdout
        == "[]\n"
    )


def test_a_log_shows_nothing_that_somebody_wrote() -> None:
    told = because("examination.week", got="王五 13800000002")
    assert str(told) == "examination.week"
