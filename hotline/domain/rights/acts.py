"""Who may do what to records, callbacks, cases and customers: one table, by act, role and whose it is (A14, E4, F5).

docs/accounts.md shows it to people; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from hotline.domain.people import MANAGERS, Role


class Act(StrEnum):
    BEGIN = "begin"
    WRITE = "write"
    CORRECT = "correct"
    KEEP_PROMISE = "keep_promise"
    OPEN_CALLBACK = "open_callback"
    OPEN_CASE = "open_case"
    ASK_TO_BLOCK = "ask_to_block"
    LEAVE_MESSAGE = "leave_message"
    TAKE_CALLBACK = "take_callback"
    CLOSE_CALLBACK = "close_callback"
    CLOSE_CASE = "close_case"
    ADD_NUMBER = "add_number"
    REMOVE_NUMBER = "remove_number"
    MERGE = "merge"
    SPLIT = "split"
    UNDO_MERGE = "undo_merge"


class Tie(StrEnum):
    """What ties a person to what they do something to.

    HAD: they talked on the call. RINGS: it rings at their phone, or they talk, now. OWNS: the record or case is theirs.
    OWNS_TODAY: and was done today. KNOWS: they see its number whole (hotline.domain.rights.seeing), of a customer one
    of them at least; a customer without any is known to all. KNOWS_ALL: each of the customers or numbers that it is
    about. FREE: nobody has taken it. TAKEN: they have. MADE: they did what is undone.
    """

    HAD = "had"
    RINGS = "rings"
    OWNS = "owns"
    OWNS_TODAY = "owns_today"
    KNOWS = "knows"
    KNOWS_ALL = "knows_all"
    FREE = "free"
    TAKEN = "taken"
    MADE = "made"


_CALLERS = frozenset({Tie.OWNS, Tie.HAD, Tie.KNOWS})

#: By which ties an operator may; one is enough.
OPERATORS: Mapping[Act, frozenset[Tie]] = {
    Act.BEGIN: frozenset({Tie.HAD, Tie.RINGS}),
    Act.WRITE: frozenset({Tie.OWNS, Tie.HAD}),
    Act.CORRECT: frozenset({Tie.OWNS_TODAY}),
    Act.KEEP_PROMISE: _CALLERS,
    Act.OPEN_CALLBACK: _CALLERS,
    Act.OPEN_CASE: _CALLERS,
    Act.ASK_TO_BLOCK: _CALLERS,
    Act.LEAVE_MESSAGE: frozenset({Tie.HAD, Tie.RINGS}),
    Act.TAKE_CALLBACK: frozenset({Tie.FREE, Tie.TAKEN}),
    Act.CLOSE_CALLBACK: frozenset({Tie.TAKEN}),
    Act.CLOSE_CASE: frozenset({Tie.OWNS}),
    Act.ADD_NUMBER: frozenset({Tie.KNOWS}),
    Act.REMOVE_NUMBER: frozenset({Tie.KNOWS_ALL}),
    Act.MERGE: frozenset({Tie.KNOWS_ALL}),
    Act.SPLIT: frozenset({Tie.KNOWS_ALL}),
    Act.UNDO_MERGE: frozenset({Tie.MADE}),
}


def may(act: Act, roles: Collection[Role], ties: Collection[Tie] = ()) -> bool:
    """Supervisors and administrators may do all of it to everybody's; examiners none of it (F5)."""
    if set(MANAGERS) & set(roles):
        return True
    return Role.OPERATOR in roles and bool(OPERATORS[act] & set(ties))
