"""One menu of a draft: what it says, and where each key leads, at other times too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import greetings
from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.menus.draft import led_to_by, with_menu
from hotline.domain.menus.graph import KEYS
from hotline.domain.rights.acts import Act
from hotline.services.menus.content import wrong_entry
from hotline.services.menus.drafts import DraftShown, change_draft
from hotline.settings.calls import Menu
from hotline.web.kit.access import may
from hotline.web.kit.actor import actor
from hotline.web.kit.context import web
from hotline.web.kit.said import said
from hotline.web.kit.version_sent import version_sent
from hotline.web.menus.draft_pages import shown_draft
from hotline.web.menus.labels import prompt_said
from hotline.web.menus.pages import blueprint, flash_ok

#: A key as it stands in the names and ids of inputs.
_INPUT_OF = {"*": "star", "#": "hash"}

Typed = Mapping[str, str]


@blueprint.get("/<int:draft_id>/menu/<string:menu>")
@may(Act.CHANGE_SETTINGS)
def menu(draft_id: int, menu: str) -> str:
    shown = shown_draft(draft_id)
    if menu not in shown.draft.content["menus"]:
        raise NotFound("menus.no_menu", menu=menu[:40])
    return _page(shown, menu, _typed_of(shown.draft.content["menus"][menu]))


@blueprint.get("/<int:draft_id>/add")
@may(Act.CHANGE_SETTINGS)
def add_menu(draft_id: int) -> str:
    shown = shown_draft(draft_id)
    queue = next(iter(shown.settings.queues))
    return _page(shown, "", {"operator_queue": queue, "key_seconds": "5", "tries": "3", "to-0": "operator"})


@blueprint.post("/<int:draft_id>/menu/<string:menu>")
@may(Act.CHANGE_SETTINGS)
def change_menu(draft_id: int, menu: str) -> Response | tuple[str, int]:
    return _saved(draft_id, menu, adds=False)


@blueprint.post("/<int:draft_id>/add")
@may(Act.CHANGE_SETTINGS)
def menu_added(draft_id: int) -> Response | tuple[str, int]:
    return _saved(draft_id, request.form.get("menu_id", "").strip(), adds=True)


def _saved(draft_id: int, name: str, *, adds: bool) -> Response | tuple[str, int]:
    context, typed, status = web(), request.form.to_dict(), 422
    entry = _entry(typed)
    problems = {_input(place): said(reason) for place, reason in wrong_entry(entry).items()}
    # To say what a prompt's id looks like helps nobody who has chosen none.
    problems |= {name: gettext("Please choose.") for name in ("prompt", "operator_queue") if not entry[name]}
    if not problems:
        try:
            change_draft(
                context.in_force,
                actor(),
                draft_id,
                version_sent(),
                lambda content: with_menu(content, name, entry, adds=adds),
                context.now(),
            )
            flash_ok(gettext("The draft is changed."))
            return redirect(url_for("menus.draft", draft_id=draft_id), 303)
        except (Conflict, Outdated) as error:
            problems[error.field] = said(error)
            status = 409
        except Refused as error:
            problems[error.field] = said(error)
    return _page(shown_draft(draft_id), "" if adds else name, typed, problems), status


def _entry(typed: Typed) -> dict[str, Any]:
    """As the settings would hold it; a key without a target is none."""
    keys = {}
    for key in KEYS:
        to, subject, times = (typed.get(f"{part}-{_name(key)}", "").strip() for part in ("to", "subject", "times"))
        if to or times:
            each: dict[str, Any] = {"to": to, "subject": subject} if subject else {"to": to}
            lines = [line.strip() for line in times.splitlines() if line.strip()]
            keys[key] = {**each, "times": lines} if lines else each
    numbers = {name: _number(typed.get(name, "")) for name in ("key_seconds", "tries")}
    return {
        "prompt": typed.get("prompt", "").strip(),
        "operator_queue": typed.get("operator_queue", "").strip(),
        "keys": keys,
        **{name: number for name, number in numbers.items() if number != ""},
    }


def _typed_of(entry: Mapping[str, Any]) -> Typed:
    """What stands in the inputs at first."""
    typed = {name: str(entry.get(name, "")) for name in ("prompt", "operator_queue", "key_seconds", "tries")}
    for key, each in entry.get("keys", {}).items():
        given = {"to": each} if isinstance(each, str) else each
        typed[f"to-{_name(key)}"] = given["to"]
        typed[f"subject-{_name(key)}"] = given.get("subject", "")
        typed[f"times-{_name(key)}"] = "\n".join(given.get("times", ()))
    return typed


def _input(place: str) -> str:
    """keys.1.times.0 is what was typed into times-1."""
    names = place.split(".")
    if names[0] != "keys" or len(names) < 2:
        return names[0]
    part = names[2] if len(names) > 2 and names[2] in ("subject", "times") else "to"
    return f"{part}-{_name(names[1])}"


def _name(key: str) -> str:
    return _INPUT_OF.get(key, key)


def _number(text: str) -> int | str:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text


def _page(shown: DraftShown, name: str, typed: Typed, problems: Mapping[str, str] | None = None) -> str:
    manifest = greetings.load_manifest(web().home)
    prompts = {each.id: prompt_said(each.id, manifest) for each in manifest.prompts.values() if not each.asterisk_name}
    menus = shown.draft.content["menus"]
    targets = [
        *(f"queue:{queue}" for queue in shown.settings.queues),
        *(f"menu:{menu}" for menu in menus),
        "operator",
        "voicemail",
        "repeat",
        "case",
    ]
    return render_template(
        "menus/menu.html",
        shown=shown,
        draft=shown.draft,
        name=name,
        typed=typed,
        problems=problems or {},
        keys=[(key, _name(key)) for key in KEYS],
        usual={name: Menu.model_fields[name].default for name in ("key_seconds", "tries")},
        prompts=prompts,
        queues=shown.settings.queues,
        targets=targets,
        leading=led_to_by(shown.draft.content, name) if name else (),
        faults=[fault for fault in shown.faults if name and fault.menu == name],
    )
