"""The actor of this request, by session or token, and what they may do."""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, g
from flask_login import current_user
from werkzeug.exceptions import Unauthorized

from hotline.domain.accounts.user import User
from hotline.domain.led import NOBODY, Led
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, leads, may, may_ever
from hotline.services.led import led_by
from hotline.web.kit.context import web


def actor() -> Actor:
    """The person of the session or the program of the token. Raises Unauthorized where nobody is known."""
    found = actor_or_none()
    if found is None:
        raise Unauthorized()
    return found


def actor_or_none() -> Actor | None:
    """As `actor`; None on a page that is open to everybody."""
    if "api_token" in g:
        token = g.api_token
        return Actor(f"token:{token.name}", token.roles, token.name)
    if not current_user.is_authenticated:
        return None
    user = current_user.user
    if "actor" not in g or g.actor[0] is not user:
        made = Actor(user.username, user.roles, user.display_name, user.id, user.extension, user.tenures, _led(user))
        g.actor = (user, made)
    found: Actor = g.actor[1]
    return found


def _led(user: User) -> Led:
    """Looked up once a request, for who may lead."""
    if user.id is None or not leads(user.roles):
        return NOBODY
    if "led" not in g:
        g.led = led_by(web().storage, user.id, web().now())
    found: Led = g.led
    return found


def allowed(act: Act, ties: Collection[Tie] = ()) -> bool:
    """Whether whoever asks may do this to something that they are tied to so; without ties: to everybody's."""
    found = actor_or_none()
    return found is not None and may(act, found.roles, ties)


def allowed_ever(act: Act) -> bool:
    """Whether whoever asks may do this to something at least."""
    found = actor_or_none()
    return found is not None and may_ever(act, found.roles)


def install(app: Flask) -> None:
    """Templates ask `may("edit_cards")`, and `may_ever(…)` before a thing's own ties are looked at."""
    app.add_template_global(lambda act: allowed(Act(act)), "may")
    app.add_template_global(lambda act: allowed_ever(Act(act)), "may_ever")
