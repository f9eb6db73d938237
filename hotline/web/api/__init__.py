"""The REST API under /api/v1, described by its OpenAPI document."""

from hotline.web.api.document import DOCUMENT
from hotline.web.api.views import blueprint

__all__ = ["DOCUMENT", "blueprint"]
