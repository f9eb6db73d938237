"""The words for what campaigns name by codes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.domain.campaigns.campaign import Basis, CampaignKind, CampaignState, LeftOut, MemberState
from hotline.domain.visits.visit import Ending, Satisfaction
from hotline.web.kit.labels import Label

KINDS = {
    CampaignKind.FESTIVAL: Label(_("Festival greeting"), "info"),
    CampaignKind.DECEMBER: Label(_("Next year's needs (December)"), "info"),
    CampaignKind.RENEWAL: Label(_("Renewal reminder"), "info"),
    CampaignKind.SAMPLE: Label(_("Monthly sample"), "info"),
    CampaignKind.LIST: Label(_("Imported list"), "info"),
}
#: Whom each kind is for.
FOR_WHOM = {
    CampaignKind.FESTIVAL: _("All customers, or those of one level."),
    CampaignKind.DECEMBER: _("All customers, or those of one level: what they need next year."),
    CampaignKind.RENEWAL: _("Customers whose project is looked after for a short while only."),
    CampaignKind.SAMPLE: _("Some of those who called in the month before."),
    CampaignKind.LIST: _("Those of a table that you bring in."),
}
STATES = {
    CampaignState.DRAFT: Label(_("Draft"), "muted"),
    CampaignState.READY: Label(_("Drawn, not started"), "info"),
    CampaignState.RUNNING: Label(_("Running"), "live"),
    CampaignState.PAUSED: Label(_("Paused"), "warn"),
    CampaignState.STOPPED: Label(_("Stopped"), "bad"),
    CampaignState.DONE: Label(_("Over"), "ok"),
}
BASES = {
    Basis.CONSENT: _("Each of them agreed to be asked"),
    Basis.CONTRACT: _("It belongs to a contract with them"),
    Basis.LIST: _("They agreed to whoever made the list"),
}
MEMBERS = {
    MemberState.CHOSEN: Label(_("Still to be planned"), "wait"),
    MemberState.PLANNED: Label(_("Planned or made"), "ok"),
    MemberState.NOT_DRAWN: Label(_("Not drawn"), "muted"),
    MemberState.LEFT_OUT: Label(_("Left out"), "warn"),
}
LEFT_OUT = {
    LeftOut.BROKEN: _("The row can't be read"),
    LeftOut.NO_NUMBER: _("No number is known"),
    LeftOut.FOREIGN: _("A number abroad"),
    LeftOut.OWN_STAFF: _("A number of ours"),
    LeftOut.DUPLICATE: _("There already, by number or customer"),
    LeftOut.DO_NOT_CALL: _("Does not want to be called"),
    LeftOut.WANTS_NONE: _("Does not want to be asked"),
    LeftOut.NO_CONSENT: _("Did not agree to be asked"),
    LeftOut.BUSY: _("Another visit is open"),
    LeftOut.RECENT: _("Was visited a short while ago"),
    LeftOut.STOPPED: _("The campaign was stopped before"),
}
RESULTS = {
    Satisfaction.SATISFIED: Label(_("Satisfied"), "ok"),
    Satisfaction.SO_SO: Label(_("So-so"), "warn"),
    Satisfaction.NOT_SATISFIED: Label(_("Not satisfied"), "bad"),
}
ENDINGS = {
    Ending.ANSWERED: Label(_("Visited"), "ok"),
    Ending.REFUSED: Label(_("Did not want to be asked"), "warn"),
    Ending.NOT_REACHED: Label(_("Not reached"), "warn"),
    Ending.WRONG_NUMBER: Label(_("Wrong number"), "bad"),
    Ending.NOT_WANTED: Label(_("Wants to be asked by no way"), "muted"),
    Ending.NOT_OWED: Label(_("Not owed any more"), "muted"),
}

#: What a new campaign of each kind begins with: name, purpose, what to say.
SHIPPED = {
    CampaignKind.FESTIVAL: (
        _("Festival greeting"),
        _("festival greeting, and how satisfied you are"),
        _("Wish them a happy festival; ask how satisfied they are, and whether they need anything."),
    ),
    CampaignKind.DECEMBER: (
        _("Next year's needs"),
        _("thanks for this year, and what you need next year"),
        _("Thank them for the year and tell them of the New Year present; ask what they need and plan next year."),
    ),
    CampaignKind.RENEWAL: (
        _("Renewal reminder"),
        _("a friendly reminder that your service ends soon"),
        _("Remind them by when the service ends, and ask whether they want to renew or extend it."),
    ),
    CampaignKind.SAMPLE: (
        _("Monthly sample"),
        _("how satisfied you are with our service"),
        _("Ask how satisfied they are with the call that they made last month."),
    ),
    CampaignKind.LIST: (_("List"), "", ""),
}
