"""What is said of cases."""

from __future__ import annotations

from hotline.web.words.marking import msgid as _

WORDS = {
    "cases.closed": _("The case %(case)s is closed already."),
    "cases.closed_by": _("Whoever is responsible for a case closes it, or a supervisor."),
    "cases.no_case": _("There is no case %(id)s."),
    "cases.number": _("The whole number is for whoever is responsible for the case (A14)."),
}
