"""Words of the pages for those outside the hotline: customers, departments, any employee."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _

from hotline.domain.cases.by_phone import Heard
from hotline.web.kit.labels import Label

HEARD = {
    Heard.RECEIVED: Label(_("Received"), "info"),
    Heard.LOOKED_INTO: Label(_("Being looked into"), "info"),
    Heard.PROPOSED: Label(_("Waiting for your answer"), "wait"),
    Heard.WAITING: Label(_("Waiting for you"), "wait"),
    Heard.CARRIED_OUT: Label(_("Carried out"), "ok"),
    Heard.CLOSED: Label(_("Closed"), "ok"),
}

#: What it means, and what comes next.
HEARD_SAID = {
    Heard.RECEIVED: _("We have received what you told us; next somebody looks into it."),
    Heard.LOOKED_INTO: _("We are finding out what happened; next we tell you what we propose."),
    Heard.PROPOSED: _("We propose a solution. Once you accept it, it is carried out."),
    Heard.WAITING: _("We need something from you before we can go on. You can write to us below."),
    Heard.CARRIED_OUT: _("The solution has been carried out; next we ask you whether all is well."),
    Heard.CLOSED: _("The matter is settled."),
}

#: After something was sent, by the code in the address.
DONE = {
    "accepted": _("Thank you: you have accepted the solution. It is carried out now."),
    "refused": _("Thank you. You have not accepted the solution; we come back to you with another one."),
    "said": _("Thank you, your message is with us."),
    "attached": _("Thank you, your files are with us."),
    "answered": _("Thank you, the answer is with the hotline."),
    "returned": _("The case has gone back to the hotline."),
    "extend": _("You have asked for more time. Until that is granted the hour stays as it is."),
    "handed_in": _("Thank you. It is a case now, and somebody is responsible for it."),
}


def install(app: Flask) -> None:
    app.jinja_env.globals.update(heard=HEARD, heard_said=HEARD_SAID, outside_done=DONE)
