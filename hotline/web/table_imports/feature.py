"""What importing tables adds to the application."""

from __future__ import annotations

from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.table_imports import pages, uploads

FEATURE = WebFeature(
    blueprints=(pages.blueprint,),
    installers=(uploads.install,),
    large_forms={"tables.send": uploads.MOST_BYTES + pages.AROUND_THE_FILE},
)
