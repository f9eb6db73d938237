"""What the roles are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.people import Role
from hotline.web.kit.labels import Label

ROLES = {
    Role.OPERATOR: Label(_("Operator")),
    Role.LEADER: Label(_("Leader")),
    Role.DEPARTMENT: Label(_("Department staff")),
    Role.EXAMINER: Label(_("Examiner")),
    Role.AUDITOR: Label(_("Auditor")),
    Role.SUPERVISOR: Label(_("Supervisor")),
    Role.ADMINISTRATOR: Label(_("Administrator")),
}

#: What each is for, where they are chosen.
ROLES_EXPLAINED = {
    Role.OPERATOR: Label(_("answers calls and writes them up")),
    Role.LEADER: Label(_("leads a team or department: for their own people as a supervisor for all")),
    Role.DEPARTMENT: Label(_("sees the directory, and what is handed to their department; nothing of calls")),
    Role.EXAMINER: Label(_("listens and scores; takes no calls")),
    Role.AUDITOR: Label(_("reads only, with numbers masked, until a day that is set; no other role beside it")),
    Role.SUPERVISOR: Label(_("runs the floor, sees all figures and numbers")),
    Role.ADMINISTRATOR: Label(_("sets up: accounts, sessions, tokens")),
}
