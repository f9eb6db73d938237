"""Words for where keys lead and where callers end."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

import greetings
from greetings import Manifest
from hotline.domain.line.routing import RouteKind
from hotline.domain.menu_target import Leads, target_of
from hotline.domain.menus.trial import TrialState
from hotline.settings import Settings
from hotline.web.kit.context import web
from hotline.web.kit.labels import Label
from hotline.web.prompts.names import prompt_name

ENDS = {
    RouteKind.QUEUE: Label(_("Queue"), "ok"),
    RouteKind.DUTY: Label(_("Duty mobile"), "info"),
    RouteKind.VOICEMAIL: Label(_("Voicemail"), "info"),
    RouteKind.BLOCKED: Label(_("Blocked"), "muted"),
    "goodbye": Label(_("Has heard it, and is bid goodbye"), "muted"),
    "": Label(_("Came to no end"), "bad"),
}

STATES = {
    TrialState.WAITS: Label(_("waits"), "muted"),
    TrialState.CALLS: Label(_("is being called"), "live"),
    TrialState.DONE: Label(_("came through"), "ok"),
    TrialState.FAILED: Label(_("Failed"), "bad"),
}

#: What is shown of a prompt's words in a box of the picture.
MOST_WORDS = 40


def prompt_said(prompt_id: str, manifest: Manifest | None = None) -> str:
    """Its words in the language that callers hear; its id where it has none."""
    prompt = (manifest or greetings.load_manifest(web().home)).get(prompt_id)
    return (prompt.texts.get(web().settings.site.language) if prompt else "") or prompt_id


def target_said(settings: Settings, to: str, menu: str) -> str:
    """Where a key of this menu leads."""
    target, name = target_of(to)
    queue = settings.menus[menu].operator_queue if target.kind == "operator" and menu in settings.menus else name
    if target.person:
        known = settings.queues.get(queue)
        return gettext("Queue: %(name)s", name=known.name if known else queue)
    if target.leads is Leads.MENU:
        return gettext("Menu: %(name)s", name=name)
    if target.leads is Leads.PROMPT:
        return gettext("Announcement: %(name)s", name=prompt_name(name))
    words = {"voicemail": gettext("Voicemail"), "repeat": gettext("Once more"), "case": gettext("State of a case")}
    return words.get(to, to)


def end_said(settings: Settings, kind: str, target: str) -> str:
    """What follows the word for the kind: a queue's name; duty numbers are not told."""
    if kind == RouteKind.QUEUE and target:
        known = settings.queues.get(target)
        return known.name if known else target
    return ""
