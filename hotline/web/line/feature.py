"""What the line and its roster add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import MenuEntry, MenuGroup
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.line import blocklist_pages, calendar_pages, mobile_pages, pages, roster_pages
from hotline.web.line.labels import DAY_KINDS, REASONS, WEEKDAYS

GROUP = MenuGroup("line", "clock", _("Line"), 110)

FEATURE = WebFeature(
    blueprints=(
        pages.blueprint,
        roster_pages.blueprint,
        mobile_pages.blueprint,
        calendar_pages.blueprint,
        blocklist_pages.blueprint,
    ),
    menu=(
        MenuEntry("line.index", "clock", _("Line status"), 10, GROUP),
        MenuEntry("roster.index", "calendar-event", _("Duty roster"), 20, GROUP),
        MenuEntry("calendar.index", "calendar-event", _("Holidays"), 30, GROUP),
        MenuEntry("blocklist.index", "ban", _("Blocked callers"), 40, GROUP),
    ),
    under={"block_requests.index": "blocklist.index"},
    labels={"reason": REASONS, "day": DAY_KINDS, "weekday": WEEKDAYS},
)
