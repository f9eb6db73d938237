"""The words of the log form: its fields, and what can be wrong with one."""

from __future__ import annotations

from flask import Flask, current_app, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.services.cases.view import category_path, category_views
from hotline.web.kit.actor import actor_or_none
from hotline.web.kit.context import web
from hotline.web.kit.rules import titles
from hotline.web.kit.told.dialled import dialled_shown

FIELDS: dict[str, LazyString] = {
    "customer_id": _("Customer"),
    "caller_name": _("Caller's name"),
    "callback_number": _("Number to call back"),
    "region": _("Region"),
    "address": _("Address"),
    "category": _("Category"),
    "content": _("Content"),
    "handling": _("Handling"),
    "solved": _("Solved"),
    "promise": _("Promised"),
    "promise_due_at": _("Promised by"),
    "follow_up_person": _("Follow-up person"),
    "complaint": _("Is it a complaint"),
    "title": _("Title"),
    "reason": _("Reason"),
    "result": _("Result"),
    "number": _("Number"),
    "note": _("Note"),
}


#: What js/forms/form.js says.
_SAID: dict[str, LazyString] = {
    "saved": _("Saved %(time)s"),
    "unsaved": _("Not saved yet"),
    "saving": _("Saving …"),
    "away": _("Not saved: the server does not answer. It is tried again; leave the page open."),
    "stopped": _("Not saved"),
    "refused": _("Not saved: please correct what is marked."),
    "conflict": _("Somebody else has written the same field: please choose."),
    "conflict.title": _("%(field)s: %(name)s has changed it meanwhile"),
    "read_only": _("You may read this log form; somebody else fills it in."),
    "done_by": _("Done %(time)s, %(name)s"),
    "kept_at": _("Promise kept %(time)s"),
    "signed_out": _("You are signed out. Sign in again in another tab; what is written here stays."),
    "not_allowed": _("You may no longer change this log form."),
    "failed": _("This was not done. %(why)s"),
    "failed.409": _("Somebody else was faster. Please look at the log form again."),
    "failed.422": _("This was not accepted."),
    "nothing": _("(empty)"),
    "yes": _("Yes"),
    "no": _("No"),
    "choose": _("Please choose"),
    "subject": _("Category"),
    "subject.finer": _("Category, more exactly"),
    **titles(("B9",)),
    "way.answer": _("Answer at once."),
    "way.specialist": _("Answer at once if you can; otherwise a specialist calls back."),
    "way.supervisor": _("Goes to the responsible supervisor, who decides. Open a case."),
    "way.sales": _("Give the salesperson of the caller's region."),
    "way.dealer": _("A region with a salesperson: pass it on. An open region: write it down and reply."),
    "dialled_for": _("We called for this: %(name)s"),
    "offer.who": _("Who is responsible"),
    "offer.callback": _("Call back"),
    "offer.case": _("Open a case"),
    "callback.opened": _("The callback to %(number)s is noted, due %(time)s."),
    "case.opened": _("Case %(number)s is open."),
    "block.asked": _("A supervisor will decide whether the caller is blocked."),
}


def screen_data() -> dict[str, object]:
    """What forms/call_form.html gives js/forms/form.js: words, names of fields, the tree of subjects, where the
    directory is."""
    has_directory = "directory.index" in current_app.view_functions and actor_or_none()
    return {
        "words": {key: str(text) for key, text in _SAID.items()},
        "names": {key: str(text) for key, text in FIELDS.items()},
        "categories": [view.model_dump(mode="json") for view in category_views(web().settings)],
        "directory": url_for("directory.index") if has_directory else "",
        "dialled": dialled_shown() if actor_or_none() else {},
    }


def field_name(field: str) -> str:
    """The field's name; of a further one ("fields.<id>") as the category calls it."""
    if field.startswith("fields."):
        wanted = field.removeprefix("fields.")
        for category in web().settings.categories.values():
            if wanted in category.fields:
                return category.fields[wanted].label
        return wanted
    return str(FIELDS.get(field, field))


def category_name(category_id: str) -> str:
    """ "业务咨询 › 产品咨询"; "" for none."""
    return " › ".join(category_path(web().settings, category_id))


def install(app: Flask) -> None:
    app.jinja_env.globals.update(form_words=screen_data, field_name=field_name, category_name=category_name)
