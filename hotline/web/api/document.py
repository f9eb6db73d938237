"""What the OpenAPI document says of the whole API."""

from __future__ import annotations

from typing import Any

from flask_openapi3 import Info

from hotline import __version__
from hotline.web.api.schemas import Problem
from hotline.web.errors import validation_problem

#: Arguments of flask_openapi3.OpenAPI. Its own pages are off: they load scripts inline, and are not ours.
DOCUMENT: dict[str, Any] = {
    "info": Info(
        title="Hotline",
        version=__version__,
        description="The ledger of calls and their recordings. All paths but health need a bearer token, made by "
        "`hotline token create NAME`. Times are UTC in ISO 8601.",
    ),
    "security_schemes": {"token": {"type": "http", "scheme": "bearer"}},
    "doc_ui": False,
    "validation_error_model": Problem,
    "validation_error_callback": validation_problem,
}

SECURITY: list[dict[str, list[Any]]] = [{"token": []}]
