"""What shifts add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.menu import SHIFTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature
from hotline.web.shifts import api, feed_pages, leave_api, own_pages, plan_pages, request_pages
from hotline.web.shifts.labels import FAULTS, LEAVE_STATES, SKILLS, SWAP_STATES

FEATURE = WebFeature(
    blueprints=(plan_pages.blueprint, own_pages.blueprint, request_pages.blueprint, feed_pages.blueprint),
    apis=(api.register, leave_api.register),
    menu=(
        MenuEntry("own_shifts.index", "calendar-event", _("My shifts"), 10, SHIFTS, waits="own_swaps"),
        MenuEntry("shifts.index", "calendar-event", _("Shift plan"), 20, SHIFTS),
        MenuEntry(
            "shift_requests.index", "switch-horizontal", _("Leave and swaps"), 30, SHIFTS, waits="shift_requests"
        ),
    ),
    under={"shifts.skills_page": "shifts.index"},
    labels={"leave_state": LEAVE_STATES, "swap_state": SWAP_STATES, "plan_fault": FAULTS, "skill_level": SKILLS},
)
