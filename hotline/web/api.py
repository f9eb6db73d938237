"""The REST API under /api/v1, described by its OpenAPI document. Each area is a module with `register`."""

from flask_openapi3 import APIBlueprint

from hotline.web.accounts import api as accounts
from hotline.web.calls import api as ledger
from hotline.web.cards import api as cards
from hotline.web.cases import api as cases
from hotline.web.customers import api as customers
from hotline.web.directory import api as directory
from hotline.web.examination import api as examinations
from hotline.web.examination import improvement_api as improvement
from hotline.web.floor import api as floor
from hotline.web.floor import wallboard_displays_api as displays
from hotline.web.forms import api as forms
from hotline.web.forms import duty_api as duty
from hotline.web.kit.document import DOCUMENT
from hotline.web.operators import api as console
from hotline.web.operators import pops_api as pops
from hotline.web.push import api as events
from hotline.web.quality import api as quality
from hotline.web.recordings import transcription_api as transcription
from hotline.web.retention import api as retention
from hotline.web.search import api as search
from hotline.web.service import api as service

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
