"""The WebSocket of the phone in an operator's browser, passed on to Asterisk; only for our pages and people with a
phone.

Asterisk itself asks nobody where they come from, and a browser lets any page open a WebSocket to anywhere, with the
cookies of whoever sits there. So it is reached by this way alone.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, current_app, request
from flask_login import current_user
from werkzeug.exceptions import ServiceUnavailable

from hotline.domain.calls.caller_phone import CALLER
from hotline.domain.errors import Forbidden, StorageError
from hotline.domain.rights.acts import Act
from hotline.services.operators.console import phone_may_stay
from hotline.web.accounts.sessions import current_session_id
from hotline.web.held.crowd import Crowd
from hotline.web.held.handover import take
from hotline.web.held.tunnel import Inside, Tunnel, handshake
from hotline.web.kit.access import may
from hotline.web.kit.actor import allowed
from hotline.web.kit.context import web
from hotline.web.operators.phone import PATH, is_own_origin
from hotline.web.push.service import push

blueprint = Blueprint("phone_socket", __name__)

_CROWD = "hotline.phone_sockets"

#: Of one person: the phone has one, and those that a lost network left behind are soon noticed.
_MOST = 4


@blueprint.route(PATH, websocket=True)
@may(Act.USE_PHONE)
def phone_socket() -> Response:
    """Hand the browser on to Asterisk."""
    extension = _extension()
    if not is_own_origin(request.headers.get("Origin", ""), web().settings, request.host_url):
        raise Forbidden("operators.phone_from_elsewhere")
    connection = take(request.environ)
    if connection is None:
        raise ServiceUnavailable("this server cannot hand a connection on")
    settings = web().settings
    inside = Inside(
        str(settings.asterisk.http_host),
        settings.listen.asterisk_http_port,
        f"/{web().secrets.asterisk_http_prefix}/ws",
    )
    tunnel = Tunnel(
        connection,
        inside,
        handshake(inside, request.headers),  # type: ignore[arg-type]
        _still_allowed(extension),
    )
    crowd: Crowd[Tunnel] = current_app.extensions.setdefault(_CROWD, Crowd(lambda: _MOST))
    for oldest in crowd.join(extension, tunnel):
        oldest.close()

    async def carry() -> None:
        try:
            await tunnel.run()
        finally:
            crowd.leave(extension, tunnel)

    if not push().holder.attend(carry):
        connection.close()
    return Response(status=204)  # to nobody: the browser hears from Asterisk


def _still_allowed(extension: str) -> Callable[[], bool]:
    context, session_id = web(), current_session_id()

    def is_allowed() -> bool:
        try:
            return phone_may_stay(context.storage, context.settings, session_id, extension, context.now())
        except StorageError:
            return True  # asked again

    return is_allowed


def _extension() -> str:
    """Whose phone it is: `?as=caller` is the one by which an administrator tries the line. Raises Forbidden for who has
    none in the browser."""
    if request.args.get("as") == CALLER:
        if not allowed(Act.CHANGE_SETTINGS):
            raise Forbidden("operators.no_browser_phone")
        return CALLER
    extension = current_user.user.extension or ""
    operator = web().settings.operators.get(extension)
    if operator is None or operator.phone != "webrtc":
        raise Forbidden("operators.no_browser_phone")
    return extension
