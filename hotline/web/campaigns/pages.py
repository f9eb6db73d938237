"""Campaigns: made, drawn, started and stopped, looked at with their progress and results."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response as AnyResponse

from hotline.domain.campaigns.campaign import UNSTARTED, Campaign, CampaignKind, MemberState
from hotline.domain.errors import Conflict, Outdated, Refused
from hotline.domain.rights.acts import Act
from hotline.services.campaigns import campaigns, drawing, list_table, view
from hotline.services.tables.faults import Faults
from hotline.web.campaigns.forms import CampaignForm, ListForm
from hotline.web.campaigns.labels import BASES, FOR_WHOM, LEFT_OUT
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.errors import STATUS
from hotline.web.kit.paging import MAX_PAGE, PAGE_SIZE, page_asked
from hotline.web.kit.query import clean
from hotline.web.kit.said import at_field, flashed, said
from hotline.web.kit.version_sent import version_sent

blueprint = Blueprint("campaigns", __name__, url_prefix="/campaigns")

Answer = AnyResponse | str | tuple[str, int]

#: The largest list that is taken.
MOST_BYTES = 16 * 1024 * 1024
_FAULTS_SHOWN = 10


@blueprint.get("")
@may(Act.READ_CAMPAIGNS)
def index() -> str:
    context = web()
    page = page_asked(request.args, MAX_PAGE)
    found = view.list_campaigns(context.storage, actor(), context.now(), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return render_template(
        "campaigns/campaigns.html",
        found=found,
        page=page,
        page_size=PAGE_SIZE,
        pages=max(ceil(found.total / PAGE_SIZE), 1),
        for_whom=FOR_WHOM,
    )


@blueprint.get("/<int:campaign_id>")
@may(Act.READ_CAMPAIGNS)
def show(campaign_id: int) -> str:
    return _campaign_page(campaign_id, ListForm(formdata=None))


@blueprint.route("/new", methods=["GET", "POST"])
@may(Act.RUN_CAMPAIGNS)
def new() -> Answer:
    asked = clean(request.args.get("kind", ""), 16)
    if asked not in list(CampaignKind):
        raise NoSuchPage()
    context, kind = web(), CampaignKind(asked)
    form = CampaignForm()
    if request.method == "GET":
        form.begin(kind)
    form.with_levels(kind)
    form.with_questionnaires()
    if not form.validate_on_submit():
        return _page(form, kind, None)
    try:
        wanted = Campaign(kind, **form.values())  # type: ignore[arg-type]
        added = campaigns.add_campaign(context.storage, context.settings, wanted, actor(), context.now())
    except Refused as error:
        at_field(form, error, "name")
        return _shown(form, kind, None), 422
    return redirect(url_for("campaigns.show", campaign_id=added.id), 303)


@blueprint.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@may(Act.RUN_CAMPAIGNS)
def edit(campaign_id: int) -> Answer:
    context = web()
    campaign = campaigns.read_campaign(context.storage, campaign_id, actor())
    form = CampaignForm(obj=campaign)
    if request.method == "GET":
        form.version.data = str(campaign.version)
    form.with_levels(campaign.kind)
    form.with_questionnaires()
    if not form.validate_on_submit():
        return _page(form, campaign.kind, campaign)
    version = version_sent()
    try:
        campaigns.change_campaign(context.storage, campaign_id, version, form.values(), actor(), context.now())
    except (Refused, Conflict) as error:
        form.version.data = str(campaign.version)
        at_field(form, error, "name")
        return _shown(form, campaign.kind, campaign, isinstance(error, Outdated)), STATUS[error.kind]
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


@blueprint.post("/<int:campaign_id>/draw")
@may(Act.RUN_CAMPAIGNS)
def draw(campaign_id: int) -> AnyResponse:
    context, seed = web(), clean(request.form.get("seed", ""), 64)
    return _do(
        campaign_id,
        lambda: drawing.draw_campaign(context.storage, context.settings, campaign_id, actor(), context.now(), seed),
    )


@blueprint.post("/<int:campaign_id>/start")
@may(Act.RUN_CAMPAIGNS)
def start(campaign_id: int) -> AnyResponse:
    context = web()
    return _do(campaign_id, lambda: campaigns.start_campaign(context.storage, campaign_id, actor(), context.now()))


@blueprint.post("/<int:campaign_id>/pause")
@may(Act.RUN_CAMPAIGNS)
def pause(campaign_id: int) -> AnyResponse:
    context = web()
    return _do(campaign_id, lambda: campaigns.pause_campaign(context.storage, campaign_id, actor(), context.now()))


@blueprint.post("/<int:campaign_id>/stop")
@may(Act.RUN_CAMPAIGNS)
def stop(campaign_id: int) -> AnyResponse:
    context = web()
    return _do(
        campaign_id,
        lambda: campaigns.stop_campaign(context.storage, context.settings, campaign_id, actor(), context.now()),
    )


@blueprint.post("/<int:campaign_id>/list")
@may(Act.RUN_CAMPAIGNS)
def take_list(campaign_id: int) -> Answer:
    """Rows that can't be read are told, the others are taken."""
    context, form = web(), ListForm()
    if not form.validate_on_submit():
        return _campaign_page(campaign_id, form), 422
    content = form.file.data.read(MOST_BYTES) if form.file.data is not None else b""
    try:
        taken = list_table.import_list(context.storage, context.settings, campaign_id, content, actor(), context.now())
    except Faults as error:
        form.file.errors = [said(each.reason) for each in error.faults[:_FAULTS_SHOWN]]
        return _campaign_page(campaign_id, form), 422
    except Conflict as error:
        form.file.errors = [said(error)]
        return _campaign_page(campaign_id, form), 409
    flash(gettext("%(taken)s rows taken, %(broken)s can't be read.", taken=taken.taken, broken=taken.broken), "ok")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


def _do(campaign_id: int, work: Callable[[], object]) -> AnyResponse:
    with flashed():
        work()
    return redirect(url_for("campaigns.show", campaign_id=campaign_id), 303)


def _campaign_page(campaign_id: int, form: ListForm) -> str:
    context = web()
    seen = view.see_campaign(context.storage, campaign_id, actor(), context.now())
    return render_template(
        "campaigns/campaign.html",
        seen=seen,
        campaign=seen.campaign,
        form=form,
        bases=BASES,
        reasons=LEFT_OUT,
        states=MemberState,
        unstarted=seen.campaign.state in UNSTARTED,
    )


def _page(form: CampaignForm, kind: CampaignKind, campaign: Campaign | None) -> str | tuple[str, int]:
    shown = _shown(form, kind, campaign)
    return (shown, 422) if form.errors else shown


def _shown(form: CampaignForm, kind: CampaignKind, campaign: Campaign | None, outdated: bool = False) -> str:
    return render_template(
        "campaigns/form.html", form=form, kind=kind, campaign=campaign, outdated=outdated, for_whom=FOR_WHOM[kind]
    )
