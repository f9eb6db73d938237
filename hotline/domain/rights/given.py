"""Which roles go together, and which are given without anybody's choosing them."""

from __future__ import annotations

from collections.abc import Collection

from hotline.domain.people import Role

#: Of the account that a new system begins with.
FIRST_ACCOUNT = (Role.ADMINISTRATOR, Role.SUPERVISOR)

#: Of a program's token, where no others are chosen.
PROGRAM = (Role.EXAMINER,)

#: Of what the system does by itself.
JOBS = (Role.SUPERVISOR,)

#: Of whoever came by a link or by telephone with a case's number: what they may do, what let them in has decided.
OUTSIDE = (Role.SUPERVISOR,)

#: Of what an administrator has decided and the system does when its time has come.
DECIDED_BEFORE = (Role.ADMINISTRATOR,)

#: Whom it goes to when something is overdue and nobody leads whoever has to do it.
ESCALATED_TO = (Role.SUPERVISOR,)

#: Who makes return visits where the settings name nobody; and where none of those may (E5), who does, in this order.
VISITORS = (Role.OPERATOR,)
VISITORS_OTHERWISE = ((Role.SUPERVISOR,), (Role.ADMINISTRATOR,))

#: Those that somebody with a telephone is hired with; the first where no others are chosen.
HIRED = (Role.OPERATOR, Role.LEADER, Role.SUPERVISOR, Role.ADMINISTRATOR)

#: Of whoever works at the machine itself, where records and examinations are concerned, and for all else.
COMMAND_LINE = (Role.SUPERVISOR,)
COMMAND_LINE_LOOKS = (Role.ADMINISTRATOR,)

#: Who handles callers and their cases, and so examines nothing (F5).
_HANDLING = frozenset({Role.OPERATOR, Role.LEADER, Role.DEPARTMENT})


def examines_and_handles(roles: Collection[Role]) -> bool:
    """F5: nobody examines what they handle."""
    return Role.EXAMINER in roles and bool(_HANDLING & set(roles))


def audits_and_more(roles: Collection[Role]) -> bool:
    """An auditor looks on and does nothing: whoever audits has no other role."""
    return Role.AUDITOR in roles and set(roles) != {Role.AUDITOR}


def has_no_phone(roles: Collection[Role]) -> bool:
    """Whoever examines or audits takes no calls (F5)."""
    return bool({Role.EXAMINER, Role.AUDITOR} & set(roles))


def expires(roles: Collection[Role]) -> bool:
    """Whether an account or token with these roles must have an end: auditors come for a time."""
    return Role.AUDITOR in roles
