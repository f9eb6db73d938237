"""What is said of cases."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "cases.closed": _("The case %(case)s is closed already."),
    "cases.closed_by": _("Only the person responsible for a case, or a supervisor, closes it."),
    "cases.no_case": _("There is no case %(id)s."),
    "cases.number": _("Only the person responsible for the case sees the whole number (A14)."),
}
