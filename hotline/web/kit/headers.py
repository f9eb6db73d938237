"""The headers of every response: what a browser may do with it."""

from __future__ import annotations

import secrets

from flask import Flask, g, request
from werkzeug.wrappers import Response

from hotline.web.kit import hosts
from hotline.web.kit.context import web
from hotline.web.kit.phone_address import ws_url

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",  # the theme's own css holds small pictures as data
    "font-src 'self'",
    "media-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install(app: Flask) -> None:
    @app.after_request
    def _strict(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers[name] = value
        # Not everywhere is another address of the same machine 'self': the browser phone's WebSocket is named.
        phone = "" if hosts.is_foreign() else ws_url(web().settings, request.host_url)
        policy = (*(_with_nonce(each) for each in _POLICY), f"connect-src 'self' {phone}".rstrip())
        # A download has a stricter one of its own.
        response.headers.setdefault("Content-Security-Policy", "; ".join(policy))
        if request.endpoint not in ("static", "links.static"):
            # Pages hold personal data: neither a proxy nor the next person at this machine finds them in a cache.
            response.headers.setdefault("Cache-Control", "private, no-store")
        if web().settings.web.secure_cookie:
            below = "; includeSubDomains" if web().settings.web.hsts_subdomains else ""
            response.headers["Strict-Transport-Security"] = "max-age=31536000" + below
        return response


def style_nonce() -> str:
    """For the one style element that a page's library makes (the waveform's): it is let in by this, no other is."""
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    nonce: str = g.style_nonce
    return nonce


def _with_nonce(directive: str) -> str:
    named = directive.startswith("style-src") and "style_nonce" in g
    return f"{directive} 'nonce-{g.style_nonce}'" if named else directive
