"""The Flask application of one instance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from flask import Flask, request
from flask_openapi3 import OpenAPI
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from hotline.discovery import together
from hotline.domain.time import Clock
from hotline.services.check import CheckResult
from hotline.services.gateways import Gateways
from hotline.services.machine.speech_models import SpeechModels
from hotline.services.menus.walking import Walk
from hotline.services.pbx import Pbx
from hotline.services.pbx_files import PbxFiles
from hotline.services.recordings.clips import Clips
from hotline.services.recordings.files import RecordingFiles
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets
from hotline.storage.transaction import Storage
from hotline.web import api
from hotline.web.kit import (
    access,
    actor,
    alerts_shown,
    assets,
    compression,
    errors,
    formats,
    headers,
    hosts,
    i18n,
    ids,
    labels,
    rules,
    shown,
    who,
)
from hotline.web.kit.context import WebContext, attach, web
from hotline.web.kit.document import DOCUMENT
from hotline.web.kit.json_read import Json
from hotline.web.kit.told import menu
from hotline.web.kit.told.web_feature import WebFeature, features

#: The largest form that is read; uploads come with pages of their own.
_MAX_FORM_BYTES = 256 * 1024


def create_app(
    in_force: SettingsInForce,
    home: Home,
    secrets: Secrets,
    storage: Storage,
    clock: Clock,
    pbx: Pbx,
    files: RecordingFiles,
    clips: Clips,
    pbx_files: PbxFiles,
    gateways: Gateways,
    models: SpeechModels,
    walk: Callable[[], Walk],
    look_over: Callable[[], Iterable[CheckResult]] | None = None,
    calls_seen: Callable[[datetime], Sequence[tuple[str, datetime]]] | None = None,
) -> OpenAPI:
    """The application: pages, API, and what holds for every request.

    The OpenAPI document describes /api/v1 and stands at /api/v1/openapi.json.
    """
    app = OpenAPI(__name__, **DOCUMENT)
    ids.install(app)
    attach(
        app,
        WebContext(
            *(in_force, home, secrets, storage, clock, pbx, files, clips, pbx_files, gateways, models, walk),
            look_over,
            calls_seen,
        ),
    )
    proxies = in_force().web.proxies
    if proxies:
        # Else everybody behind the proxy would share one address, and so one limit of sign-in tries.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.config.update(
        MAX_CONTENT_LENGTH=_MAX_FORM_BYTES, MAX_FORM_PARTS=100, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_CHECK_DEFAULT=False
    )  # access.guard checks it, where a cookie is what lets in
    app.json = Json(app)
    for part in (compression, headers, hosts, i18n, formats, rules, assets, actor, shown, errors, alerts_shown, who):
        part.install(app)
    access.public(app.view_functions["static"])
    CSRFProtect(app)
    _add(app, features())
    return app


def _add(app: OpenAPI, told: tuple[WebFeature, ...]) -> None:
    """What the features tell of themselves; nothing here depends on their order. The guard stands before whatever they
    do before a request."""
    _let_in(app, together(feature.large_forms for feature in told))
    for feature in told:
        for install in feature.installers:
            install(app)
    labels.install(app, together(feature.labels for feature in told))
    menu.install(
        app, [entry for feature in told for entry in feature.menu], together(feature.under for feature in told)
    )
    for feature in told:
        for blueprint in feature.blueprints:
            app.register_blueprint(blueprint)
    app.register_api(api.blueprint_of(told))


def _let_in(app: Flask, large_forms: Mapping[str, int | Callable[[Settings], int]]) -> None:
    """The guard comes after the size is set, since it reads the form."""

    @app.before_request
    def _larger() -> None:
        most = large_forms.get(request.endpoint or "")
        if most is not None:
            request.max_content_length = most(web().settings) if callable(most) else most

    app.before_request(lambda: access.guard(app))
