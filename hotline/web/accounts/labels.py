"""What the roles are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.people import Role
from hotline.web.kit.labels import Label

ROLES = {
    Role.OPERATOR: Label(_("Operator")),
    Role.EXAMINER: Label(_("Examiner")),
    Role.SUPERVISOR: Label(_("Supervisor")),
    Role.ADMINISTRATOR: Label(_("Administrator")),
}
