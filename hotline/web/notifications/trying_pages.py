"""A test by each way of notices, with what the gateway answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, render_template, request

from hotline.domain.errors import Conflict, Refused
from hotline.domain.notifications.notification import Verdict
from hotline.domain.rights.acts import Act
from hotline.services.accounts.attempts import TooFast
from hotline.services.notifications import trying
from hotline.services.notifications.trying import Tried
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.errors import STATUS
from hotline.web.kit.i18n import language
from hotline.web.kit.query import clean
from hotline.web.kit.said import said
from hotline.web.notifications.wording import CatalogueWording

blueprint = Blueprint("trying_notifications", __name__, url_prefix="/admin/notifications/try")

#: Of a verdict, the tone in which it is shown.
TONES = {Verdict.TAKEN: "ok", Verdict.UNSURE: "warn", Verdict.FAILED: "bad", Verdict.REFUSED: "bad"}


@blueprint.get("")
@may(Act.SEE_SENT_NOTIFICATIONS)
def index() -> str:
    return _page()


@blueprint.post("/mail")
@may(Act.SEE_SENT_NOTIFICATIONS)
def mail() -> str | tuple[str, int]:
    """To the typed address."""
    address = clean(request.form.get("address", ""), 255)
    context = web()
    return _tried(
        lambda: [
            trying.try_mail(
                *(context.storage, context.settings, context.gateways, CatalogueWording(), address),
                *(actor(), language(), context.now()),
            )
        ],
        address,
    )


@blueprint.post("/group")
@may(Act.SEE_SENT_NOTIFICATIONS)
def group() -> str | tuple[str, int]:
    """To each address of a group."""
    name = clean(request.form.get("group", ""), 64)
    context = web()
    return _tried(
        lambda: trying.try_group(
            *(context.storage, context.settings, context.gateways, CatalogueWording(), name),
            *(actor(), language(), context.now()),
        )
    )


def _tried(work: Callable[[], Sequence[Tried]], address: str = "") -> str | tuple[str, int]:
    try:
        return _page(work(), address=address)
    except (Refused, Conflict, TooFast) as error:
        return _page(problem=said(error), address=address), STATUS[error.kind]


def _page(tried: Sequence[Tried] = (), problem: str = "", address: str = "") -> str:
    context = web()
    ways = trying.ways_there_are(context.storage, context.settings, actor())
    return render_template(
        "notifications/trying.html",
        ways=ways,
        tried=tried,
        problem=problem,
        address=address or ways.own,
        tones=TONES,
        tries=trying.TRIES,
    )
