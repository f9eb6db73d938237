"""The Flask application of one instance."""

from __future__ import annotations

from flask import request
from flask_babel import get_locale
from flask_login import current_user
from flask_openapi3 import OpenAPI
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from hotline.domain.time import Clock
from hotline.services.clips import Clips
from hotline.services.pbx import Pbx
from hotline.services.recording_files import RecordingFiles
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets
from hotline.storage.transaction import Storage
from hotline.web import (
    access,
    alert_words,
    api,
    assets,
    banner,
    cards,
    errors,
    form_words,
    formats,
    headers,
    hosts,
    i18n,
    ids,
    labels,
    quality_words,
    sessions,
    shown,
    uploads,
)
from hotline.web.context import WebContext, attach, web
from hotline.web.pages import (
    account,
    audit_log,
    call,
    callbacks,
    cases,
    console,
    customer_merging,
    customers,
    directory,
    discs,
    duty,
    examinations,
    examples,
    floor,
    forms,
    improvement,
    ledger,
    line,
    my_results,
    own_sessions,
    people,
    phone_socket,
    privacy,
    quality,
    quality_figures,
    reconciliation,
    retention,
    roster,
    samples,
    score_forms,
    search,
    sign_ins,
    tables,
    tokens,
    transcription,
)
from hotline.web.pages import cards as card_pages
from hotline.web.push import service as push

#: The largest form that is read; uploads come with pages of their own.
_MAX_FORM_BYTES = 256 * 1024


def create_app(
    settings: Settings,
    home: Home,
    secrets: Secrets,
    storage: Storage,
    clock: Clock,
    pbx: Pbx,
    files: RecordingFiles,
    clips: Clips,
) -> OpenAPI:
    """The application: pages, API, and what holds for every request.

    The OpenAPI document describes /api/v1 and stands at /api/v1/openapi.json.
    """
    app = OpenAPI(__name__, **api.DOCUMENT)
    ids.install(app)
    attach(app, WebContext(settings, home, secrets, storage, clock, pbx, files, clips))
    proxies = settings.web.proxies
    if proxies:
        # Else everybody behind the proxy would share one address, and so one limit of sign-in tries.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.config.update(
        MAX_CONTENT_LENGTH=_MAX_FORM_BYTES, MAX_FORM_PARTS=100, WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_CHECK_DEFAULT=False
    )  # access.guard checks it, where a cookie is what lets in
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for part in (
        headers,
        hosts,
        i18n,
        formats,
        labels,
        assets,
        shown,
        errors,
        sessions,
        banner,
        cards,
        form_words,
        alert_words,
        quality_words,
    ):
        part.install(app)
    push.attach(app, push.Push(settings, storage, clock))
    access.public(app.view_functions["static"])
    uploads.install(app)
    CSRFProtect(app)
    tables.allow_large(app)
    app.before_request(lambda: access.guard(app))
    for page in (
        quality,
        quality_figures,
        samples,
        score_forms,
        improvement,
        my_results,
        discs,
        reconciliation,
        retention,
        privacy,
        account,
        own_sessions,
        ledger,
        call,
        callbacks,
        line,
        console,
        people,
        sign_ins,
        tokens,
        audit_log,
        floor,
        forms,
        cases,
        duty,
        customers,
        customer_merging,
        directory,
        card_pages,
        roster,
        examinations,
        examples,
        search,
        transcription,
        tables,
        phone_socket,
    ):
        app.register_blueprint(page.blueprint)
    app.register_api(api.blueprint)
    app.context_processor(_every_page)
    return app


def _every_page() -> dict[str, object]:
    theme = request.cookies.get(account.THEME_COOKIE, "auto")
    return {
        "company": web().settings.site.company,
        "language": str(get_locale() or "en"),
        "languages": i18n.LANGUAGES,
        "theme": theme if theme in account.THEMES else "auto",
        "user": current_user.user if current_user.is_authenticated else None,
    }
