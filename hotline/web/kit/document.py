"""What the OpenAPI document says of the whole API."""

from __future__ import annotations

from typing import Any

from flask_openapi3 import Info

from hotline import __version__
from hotline.web.kit.errors import validation_problem
from hotline.web.kit.schemas import Problem

#: Arguments of flask_openapi3.OpenAPI. Its own pages are off: they load scripts inline, and are not ours.
DOCUMENT: dict[str, Any] = {
    "info": Info(
        title="Hotline",
        version=__version__,
        description="All paths but health need a bearer token, made by `hotline token create NAME`, or a person's "
        "session; what changes something by way of a session carries its CSRF token as header X-CSRFToken. "
        "Times are UTC in ISO 8601.",
    ),
    "security_schemes": {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": "hotline"},
    },
    "doc_ui": False,
    "validation_error_model": Problem,
    "validation_error_callback": validation_problem,
}
