"""What is said of staffing."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "staffing.left_out_already": _("This day is left out already."),
    "staffing.no_day": _("This day is not left out."),
    "staffing.no_line": _("There is no such line."),
    "staffing.no_plan": _("No plan keeps all rules: %(why)s"),
    "staffing.no_solver": _(
        "For proposed plans install the extra: pip install 'hotline[plan]' (ortools), then start the web server anew."
    ),
    "staffing.not_past": _("A day that is over was expected."),
    "staffing.nothing_to_plan": _("Nobody is needed in this week, as far as the forecast says."),
    "staffing.planned_already": _("There are %(count)s shifts at the desk in this week already."),
    "staffing.week_begun": _("Shifts of this week have begun: only a week to come is planned anew."),
    "staffing.too_far": _("A week that is not so far away was expected."),
    "staffing.volumes": _(
        "Line %(line)s: a half hour such as 09:30 and seven or eight numbers of calls were expected (Monday to Sunday,"
        " then public holidays)."
    ),
    "staffing.why": _("A reason of at most %(most)s characters was expected."),
    "staffing.why_hours": _("the week's hours of all who can be planned are too few for the people needed"),
    "staffing.why_longer": _("none was found in the time; the need may be near what can be kept"),
    "staffing.why_nobody": _("nobody who knows the ring groups can be planned in this week"),
    "staffing.why_slot": _("at %(at)s %(needed)s people are needed, and %(able)s can be there"),
    "staffing.why_rules": _("rest between shifts, one shift a day and the hours of the week leave too little"),
}
