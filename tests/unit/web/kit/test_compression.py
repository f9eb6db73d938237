"""Texts go to the browser compressed; sound and what is compressed by itself as they are."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask, Response

from hotline.web.kit import compression
from tests.support.web import Web


def test_a_page_is_compressed_for_who_takes_it(web: Web) -> None:
    plain = web.client().get("/sign-in")
    assert "Content-Encoding" not in plain.headers
    small = web.client().get("/sign-in", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in small.headers["Vary"]
    assert len(small.data) < len(plain.data) / 2
    assert "<form" in gzip.decompress(small.data).decode()


def test_a_script_is_compressed_once_and_then_not_sent_again(web: Web) -> None:
    asked = {"Accept-Encoding": "br, gzip, deflate"}
    first = web.client().get("/static/made/base.js", headers=asked)
    assert first.headers["Content-Encoding"] == "br"
    again = web.client().get("/static/made/base.js", headers={**asked, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data


@pytest.mark.parametrize("kind", ["audio/mpeg", "application/zip", "text/event-stream", "image/png"])
def test_what_is_small_already_or_pushed_is_left_alone(kind: str) -> None:
    app = Flask(__name__)
    compression.install(app)
    app.add_url_rule("/", view_func=lambda: Response(b"x" * 10_000, mimetype=kind))
    answer = app.test_client().get("/", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers and answer.data == b"x" * 10_000
