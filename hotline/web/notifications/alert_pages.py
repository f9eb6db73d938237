"""All open alerts on one page: what each means, since when, and what is to be done."""

from __future__ import annotations

from flask import Blueprint, render_template

from hotline.domain.rights.acts import Act
from hotline.web.kit.access import may

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")


@blueprint.get("")
@may(Act.USE_OWN_ACCOUNT)
def index() -> str:
    """Those that the reader sees above every page: `open_alerts` in the template."""
    return render_template("notifications/alerts.html")
