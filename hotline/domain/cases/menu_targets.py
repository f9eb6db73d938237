"""Where a key of a menu may lead because of cases: to the question for a case's number, whose state is then said."""

from __future__ import annotations

from hotline.domain.cases.by_phone import PROMPTS
from hotline.domain.menu_target import Leads, MenuTarget, MenuTargets

MENU_TARGETS = MenuTargets((MenuTarget("case", Leads.QUESTION, prompts=PROMPTS),))
