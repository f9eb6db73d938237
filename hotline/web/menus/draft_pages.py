"""A draft: its picture, its faults, its difference, and how it is put in force."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import DateTimeLocalField, StringField
from wtforms.validators import InputRequired, Length, Optional

from hotline.domain.errors import Conflict, Outdated, Refused
from hotline.domain.menus.draft import Content, with_line, without_menu
from hotline.domain.rights.acts import Act
from hotline.services.menus.content import of_menu
from hotline.services.menus.drafts import DraftShown, change_draft, draft_shown, remove_draft, take_over_base
from hotline.services.menus.putting import put_in_force
from hotline.services.settings.settings import MAX_REASON, WrongSettings
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import at_field, flashed, said
from hotline.web.kit.version_sent import version_sent
from hotline.web.menus.pages import blueprint, drawn, flash_ok
from hotline.web.settings.pages import moment_typed
from hotline.web.settings.setting_form import reason_typed

_MOMENT = "%Y-%m-%dT%H:%M"


class ForceForm(FlaskForm):
    from_at = DateTimeLocalField(_("In force from"), [Optional()], format=_MOMENT)
    until_at = DateTimeLocalField(_("Until"), [Optional()], format=_MOMENT)
    reason = StringField(_("Reason"), [InputRequired(_("Please give a reason.")), Length(max=MAX_REASON)])


@blueprint.get("/<int:draft_id>")
@may(Act.CHANGE_SETTINGS)
def draft(draft_id: int) -> str:
    return _page(shown_draft(draft_id), ForceForm())


@blueprint.post("/<int:draft_id>/in-force")
@may(Act.CHANGE_SETTINGS)
def force(draft_id: int) -> Response | tuple[str, int]:
    context, form, status = web(), ForceForm(), 422
    if form.validate_on_submit():
        try:
            put_in_force(
                context.in_force,
                context.home,
                actor(),
                draft_id,
                version_sent(),
                context.now(),
                moment_typed(form.from_at.data),
                moment_typed(form.until_at.data),
                reason_typed(form.reason.data),
            )
            flash_ok(gettext("This is decided."))
            return redirect(url_for("menus.draft", draft_id=draft_id), 303)
        except WrongSettings as error:
            form.reason.errors = [
                gettext("%(key)s: %(what)s", key=key, what=said(why)) for key, why in error.problems.items()
            ]
        except (Conflict, Outdated) as error:
            at_field(form, error, "reason")
            status = 409
        except Refused as error:
            at_field(form, error, "reason")
    return _page(shown_draft(draft_id), form), status


@blueprint.post("/<int:draft_id>/base")
@may(Act.CHANGE_SETTINGS)
def base(draft_id: int) -> Response:
    """What is in force now is what the draft is compared with."""
    context = web()
    with flashed():
        take_over_base(context.in_force, actor(), draft_id, version_sent(), context.now())
    return _back(draft_id)


@blueprint.post("/<int:draft_id>/lines")
@may(Act.CHANGE_SETTINGS)
def lines(draft_id: int) -> Response:
    """With which menu each line begins."""
    context = web()

    def edit(content: Content) -> Content:
        for line in content["lines"]:
            if (menu := request.form.get(f"line-{line}")) is not None:
                content = with_line(content, line, menu)
        return content

    with flashed():
        change_draft(context.in_force, actor(), draft_id, version_sent(), edit, context.now())
        flash_ok(gettext("The draft is changed."))
    return _back(draft_id)


@blueprint.post("/<int:draft_id>/menu/<string:menu>/remove")
@may(Act.CHANGE_SETTINGS)
def remove_menu(draft_id: int, menu: str) -> Response:
    context = web()
    with flashed():
        change_draft(
            context.in_force, actor(), draft_id, version_sent(), lambda now: without_menu(now, menu), context.now()
        )
        flash_ok(gettext("The draft is changed."))
    return _back(draft_id)


@blueprint.post("/<int:draft_id>/remove")
@may(Act.CHANGE_SETTINGS)
def remove(draft_id: int) -> Response:
    context = web()
    remove_draft(context.in_force, actor(), draft_id, context.now())
    flash_ok(gettext("The draft is removed."))
    return redirect(url_for("menus.index"), 303)


def shown_draft(draft_id: int) -> DraftShown:
    return draft_shown(web().in_force, web().home, actor(), draft_id)


def _back(draft_id: int) -> Response:
    return redirect(url_for("menus.draft", draft_id=draft_id), 303)


def _page(shown: DraftShown, form: ForceForm) -> str:
    faults = of_menu(shown.faults)
    changed = [each.key.split(".")[1] for each in shown.differences if each.key.startswith("menus.")]
    return render_template(
        "menus/draft.html",
        shown=shown,
        draft=shown.draft,
        settings=shown.settings,
        form=form,
        picture=drawn(shown.settings, changed, faults),
        now=web().now(),
    )
