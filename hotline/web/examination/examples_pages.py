"""Calls shown as examples (F9): for everybody, without the customer's data."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from hotline.domain.rights.acts import Act
from hotline.services.examination.example_clips import examples_with_words
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor, allowed
from hotline.web.kit.context import web
from hotline.web.quality.sound_words import sound_words

blueprint = Blueprint("examples", __name__)

_MOST = 100


@blueprint.get("/examples")
@may(Act.SEE_EXAMPLES)
def index() -> str:
    """The newest ones, each with its clip and what is said in it."""
    who = actor()
    found = examples_with_words(web().storage, who, _MOST)
    data = {
        "csrf_token": generate_csrf(),
        "names": {"caller": gettext("Caller"), "ours": gettext("Operator")},
        "words": sound_words(),
        "said": {each.id: [side.model_dump() for side in each.said] for each in found},
    }
    return render_template("examination/examples.html", examples=found, data=data, may_remove=allowed(Act.MARK_EXAMPLE))
