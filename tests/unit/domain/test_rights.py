"""One question for numbers, one for sound, one table for records: each by explicit facts (A14, E4, E5, F5, F9)."""

from __future__ import annotations

import itertools
import re

import pytest

from hotline.domain.people import Role
from hotline.domain.recordings.transcript import Side
from hotline.domain.rights.acts import RIGHTS, Act, Tie, may
from hotline.domain.rights.hearing import ExamplePart, Hearing, may_hear
from hotline.domain.rights.seeing import NumberAsked, Sight, may_see, number_asked
from hotline.settings.home import TREE

#: What is done to records, callbacks, cases and customers.
RECORD_ACTS = (
    *(Act.BEGIN, Act.WRITE, Act.CORRECT, Act.KEEP_PROMISE, Act.OPEN_CALLBACK, Act.OPEN_CASE, Act.ASK_TO_BLOCK),
    *(Act.LEAVE_MESSAGE, Act.TAKE_CALLBACK, Act.CLOSE_CALLBACK, Act.CLOSE_CASE),
    *(Act.ADD_NUMBER, Act.REMOVE_NUMBER, Act.MERGE, Act.SPLIT, Act.UNDO_MERGE),
)
OPERATORS = {act: RIGHTS[act][Role.OPERATOR] for act in RECORD_ACTS}
NUMBER, OTHER = "+8613800138000", "+8613900139000"


def test_a14_a_number_is_seen_by_role_by_a_call_and_by_what_one_has_taken() -> None:
    assert may_see(Sight(oversees=True), NUMBER)
    assert may_see(Sight(on_calls=frozenset({NUMBER})), NUMBER)
    assert may_see(Sight(taken=frozenset({NUMBER})), NUMBER)
    assert not may_see(Sight(on_calls=frozenset({OTHER}), taken=frozenset({OTHER})), NUMBER)


def test_a14_a_withheld_number_of_ones_own_call_opens_nothing() -> None:
    assert not may_see(Sight(on_calls=frozenset({""})), "")


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("138 0013 8000", NumberAsked(whole=NUMBER)),
        ("+86-138-0013-8000", NumberAsked(whole=NUMBER)),
        ("95588", NumberAsked(whole="+8695588")),
        ("8000", NumberAsked(end="8000")),
        ("8 0-00", NumberAsked(end="8000")),
        ("８０００", NumberAsked(end="8000")),
        *((part, NumberAsked()) for part in ("0", "800", "38000", "138001", "1380013800", "%8000", "", "张伟")),
    ],
)
def test_a14_masked_numbers_are_asked_for_whole_or_by_their_end(written: str, asked: NumberAsked) -> None:
    assert number_asked(written) == asked
    assert bool(number_asked(written)) == (asked != NumberAsked())


def _hears(person: Hearing, part: ExamplePart | None = None) -> tuple[bool, bool]:
    return may_hear(person, Side.CALLER, part), may_hear(person, Side.OURS, part)


BOTH, OURS, NOTHING = (True, True), (False, True), (False, False)


@pytest.mark.parametrize(
    ("person", "whole", "part"),
    [
        (Hearing((Role.SUPERVISOR,), handled=True, had=True), BOTH, OURS),
        (Hearing((Role.ADMINISTRATOR,)), BOTH, OURS),
        (Hearing((Role.EXAMINER,)), BOTH, OURS),
        (Hearing((Role.EXAMINER,), handled=True), NOTHING, NOTHING),
        (Hearing((Role.EXAMINER, Role.SUPERVISOR), handled=True), BOTH, OURS),
        (Hearing((Role.OPERATOR,)), NOTHING, OURS),
        (Hearing((Role.OPERATOR,), examined=True), NOTHING, OURS),
        (Hearing((Role.OPERATOR,), had=True), NOTHING, OURS),
        (Hearing((Role.OPERATOR,), had=True, examined=True), NOTHING, NOTHING),
        (Hearing((Role.OPERATOR,), had=True, examined=True, published=True), BOTH, OURS),
    ],
)
def test_f5_who_hears_which_side_of_a_call_and_of_an_example(
    person: Hearing, whole: tuple[bool, bool], part: tuple[bool, bool]
) -> None:
    assert _hears(person) == whole
    assert _hears(person, ExamplePart()) == part
    allowed = _hears(person, ExamplePart(caller_allowed=True))
    assert allowed == (part[1], part[1]), "where the caller is allowed, whoever hears the example hears both"


def test_the_table_of_rights_as_a_whole() -> None:
    """Each act on records × role × tie. Supervisors and administrators may all, examiners and auditors nothing (F5),
    operators what the table says."""
    roles = (Role.OPERATOR, Role.EXAMINER, Role.AUDITOR, Role.SUPERVISOR, Role.ADMINISTRATOR)
    for act, role, tie in itertools.product(RECORD_ACTS, roles, set(Tie) - {Tie.ALL}):
        expected = role in (Role.SUPERVISOR, Role.ADMINISTRATOR) or (role is Role.OPERATOR and tie in OPERATORS[act])
        assert may(act, (role,), {tie}) == expected, (act, role, tie)


@pytest.mark.parametrize("act", RECORD_ACTS)
def test_an_operator_may_do_nothing_to_what_is_a_strangers(act: Act) -> None:
    assert not may(act, (Role.OPERATOR,))


def test_what_an_operator_may_by_which_tie() -> None:
    """Said once more in full, so that a change of the table is seen."""
    callers = {"owns", "had", "knows"}
    assert {act.value: {tie.value for tie in ties} for act, ties in OPERATORS.items()} == {
        "begin": {"had", "rings"},
        "write": {"owns", "had"},
        "correct": {"owns_today"},
        "keep_promise": callers,
        "open_callback": callers,
        "open_case": callers,
        "ask_to_block": callers,
        "leave_message": {"had", "rings"},
        "take_callback": {"free", "taken"},
        "close_callback": {"taken"},
        "close_case": {"owns"},
        "add_number": {"knows"},
        "remove_number": {"knows_all"},
        "merge": {"knows_all"},
        "split": {"knows_all"},
        "undo_merge": {"made"},
    }


#: How docs/accounts.md says what an operator may, and by which ties that is.
_SAID = {
    "they had the call, or it rings at their phone": {Tie.HAD, Tie.RINGS},
    "it is theirs, or they had the call": {Tie.OWNS, Tie.HAD},
    "it is theirs and was done today": {Tie.OWNS_TODAY},
    "it is theirs, they had the call, or they see its number whole": {Tie.OWNS, Tie.HAD, Tie.KNOWS},
    "nobody else has": {Tie.FREE, Tie.TAKEN},
    "they have taken it": {Tie.TAKEN},
    "they are responsible for it": {Tie.OWNS},
    "they see one of the customer's numbers whole, or there is none": {Tie.KNOWS},
    "they see each of them whole": {Tie.KNOWS_ALL},
    "they know both as above": {Tie.KNOWS_ALL},
    "they made it": {Tie.MADE},
}
_ACTS = {
    "begin a record": {Act.BEGIN},
    "write a record": {Act.WRITE},
    "correct a done record": {Act.CORRECT},
    "keep its promise, open a callback or a case, ask to block": {
        Act.KEEP_PROMISE,
        Act.OPEN_CALLBACK,
        Act.OPEN_CASE,
        Act.ASK_TO_BLOCK,
    },
    "leave a message with a call's number": {Act.LEAVE_MESSAGE},
    "take a callback": {Act.TAKE_CALLBACK},
    "close a callback": {Act.CLOSE_CALLBACK},
    "close a case": {Act.CLOSE_CASE},
    "add a customer's number": {Act.ADD_NUMBER},
    "remove or split off numbers": {Act.REMOVE_NUMBER, Act.SPLIT},
    "merge customers": {Act.MERGE},
    "undo a merge": {Act.UNDO_MERGE},
}


def test_people_read_the_table_that_the_program_goes_by() -> None:
    text = (TREE / "docs" / "accounts.md").read_text("utf-8")
    table = text.partition("| act | an operator may, if |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)
    said = {act: _SAID[by] for acts, by in rows for act in _ACTS[acts]}
    assert said == {act: set(ties) for act, ties in OPERATORS.items()}
