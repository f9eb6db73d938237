"""The REST API under /api/v1, described by its OpenAPI document. Each area is a module with `register`."""

from flask_openapi3 import APIBlueprint

from hotline.web.api import (
    accounts,
    cards,
    cases,
    console,
    customers,
    directory,
    displays,
    duty,
    events,
    examinations,
    floor,
    forms,
    improvement,
    ledger,
    pops,
    quality,
    retention,
    search,
    service,
    transcription,
)
from hotline.web.api.document import DOCUMENT

AREAS = (
    duty,
    cards,
    cases,
    console,
    customers,
    directory,
    displays,
    events,
    examinations,
    improvement,
    floor,
    forms,
    ledger,
    accounts,
    pops,
    quality,
    retention,
    search,
    service,
    transcription,
)


blueprint = APIBlueprint("api", __name__, url_prefix="/api/v1")
for area in AREAS:
    area.register(blueprint)

__all__ = ["DOCUMENT", "blueprint"]
