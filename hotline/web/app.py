"""The Flask application of one instance."""

from __future__ import annotations

from flask import request
from flask_babel import get_locale
from flask_login import current_user
from flask_openapi3 import OpenAPI
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from hotline.domain.time import Clock
from hotline.services.operators.news import NewsSource
from hotline.services.pbx import Pbx
from hotline.services.recordings.clips import Clips
from hotline.services.recordings.files import RecordingFiles
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets
from hotline.storage.transaction import Storage
from hotline.web import api
from hotline.web.accounts import audit_pages as audit_log
from hotline.web.accounts import own_sessions_pages as own_sessions
from hotline.web.accounts import pages as account
from hotline.web.accounts import people_pages as people
from hotline.web.accounts import sessions
from hotline.web.accounts import sign_ins_pages as sign_ins
from hotline.web.accounts import tokens_pages as tokens
from hotline.web.callbacks import pages as callbacks
from hotline.web.calls import call_pages as call
from hotline.web.calls import pages as ledger
from hotline.web.calls import timeline
from hotline.web.cards import context as cards
from hotline.web.cards import pages as card_pages
from hotline.web.cases import pages as cases
from hotline.web.customers import merging_pages as customer_merging
from hotline.web.customers import pages as customers
from hotline.web.directory import pages as directory
from hotline.web.examination import examples_pages as examples
from hotline.web.examination import figures_pages as quality_figures
from hotline.web.examination import improvement_pages as improvement
from hotline.web.examination import my_results_pages as my_results
from hotline.web.examination import pages as quality
from hotline.web.examination import samples_pages as samples
from hotline.web.examination import sheet_pages as examinations
from hotline.web.floor import pages as floor
from hotline.web.forms import duty_pages as duty
from hotline.web.forms import pages as forms
from hotline.web.forms import words as form_words
from hotline.web.kit import (
    access,
    alert_words,
    assets,
    banner,
    errors,
    formats,
    headers,
    hosts,
    i18n,
    ids,
    labels,
    rules,
    shown,
)
from hotline.web.kit.context import WebContext, attach, web
from hotline.web.line import pages as line
from hotline.web.line import roster_pages as roster
from hotline.web.operators import pages as console
from hotline.web.operators import phone_socket
from hotline.web.push import service as push
from hotline.web.quality import score_forms_pages as score_forms
from hotline.web.quality import words as quality_words
from hotline.web.recordings import transcription_pages as transcription
from hotline.web.retention import discs_pages as discs
from hotline.web.retention import pages as retention
from hotline.web.retention import privacy_pages as privacy
from hotline.web.retention import reconciliation_pages as reconciliation
from hotline.web.search import pages as search
from hotline.web.table_imports import pages as tables
from hotline.web.table_imports import uploads

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
        rules,
        assets,
        shown,
        errors,
        sessions,
        banner,
        cards,
        form_words,
        timeline,
        alert_words,
        quality_words,
    ):
        part.install(app)
    push.attach(app, push.Push(NewsSource(storage, settings), clock))
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
