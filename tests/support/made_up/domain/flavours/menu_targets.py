"""Where a key of a menu may lead for flavours."""

from __future__ import annotations

from hotline.domain.menu_target import Leads, MenuTarget, MenuTargets

MENU_TARGETS = MenuTargets((MenuTarget("flavours", Leads.OUT),))
