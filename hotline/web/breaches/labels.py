"""The words for kinds of breaches."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from hotline.domain.breaches.breach import BreachKind, Weighed
from hotline.web.kit.labels import Label

KINDS = {
    BreachKind.SERVICE_COMPLAINT: Label(_("Complaint about them"), "bad"),
    BreachKind.PUBLIC_COMPLAINT: Label(_("Complaint in the media or with an authority"), "bad"),
    BreachKind.UNANSWERED_DISPATCH: Label(_("Dispatch left unanswered"), "bad"),
    BreachKind.EMPTY_SHIFT: Label(_("Empty shift"), "warn"),
    BreachKind.BOTCHED_SWAP: Label(_("Botched swap"), "warn"),
    BreachKind.PHONE_MISUSE: Label(_("Misuse of the telephone"), "warn"),
    BreachKind.OTHER: Label(_("Other breach"), "muted"),
}


def weighed_said(each: Weighed) -> str:
    """What follows; "–" for nothing that is named."""
    if each.dismissal:
        return gettext("dismissal (no. %(n)s)", n=each.nth)
    if not each.yuan:
        return "–"
    yuan = f"{each.yuan:,}"
    if each.nth > 1:
        return gettext("%(yuan)s yuan (no. %(n)s)", yuan=yuan, n=each.nth)
    return gettext("%(yuan)s yuan", yuan=yuan)


def install(app: Flask) -> None:
    app.add_template_global(weighed_said)
