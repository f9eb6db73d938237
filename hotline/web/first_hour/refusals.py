"""What is said of the first hour."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "first_hour.mobile_wanted": _("A mobile like 13800138000 was expected."),
    "first_hour.no_step": _("There is no step %(step)s."),
    "checks.carrier_shipped": _("no carrier is entered"),
    "checks.company": _("calls are answered as %(company)s"),
    "checks.company_shipped": _("no company is entered: callers hear the sample's name"),
    "checks.hire": _("Hire one on the page of people."),
    "checks.no_mail": _("no mail server is entered: nobody is told anything by mail"),
    "checks.no_operators": _("there is no operator: nobody can answer"),
    "checks.number_shipped": _("the line %(line)s still has the sample's number"),
    "checks.operators": _("%(count)s operators"),
    "checks.say_carrier": _("Enter it in the first hour (/admin/first-hour), or in [trunk] of hotline.toml."),
    "checks.say_company": _("Enter it in the first hour (/admin/first-hour), or as site.company in hotline.toml."),
    "checks.say_mail": _("Enter it on the page of settings, or in [mail] of hotline.toml."),
    "checks.say_number": _("Enter it in the first hour (/admin/first-hour), or in [lines] of hotline.toml."),
}
