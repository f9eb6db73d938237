"""What the pages of the rules add to the application."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.compliance import pages, subjects, supervision_pages, verdict_pages
from hotline.web.kit.told.menu import REPORTS, MenuEntry
from hotline.web.kit.told.web_feature import WebFeature

FEATURE = WebFeature(
    blueprints=(pages.blueprint, supervision_pages.blueprint, verdict_pages.blueprint),
    installers=(subjects.install,),
    menu=(
        MenuEntry("rule_results.index", "list-numbers", _("How rules are kept"), 10, REPORTS),
        MenuEntry("supervision.index", "clipboard-check", _("Report on service and supervision"), 15, REPORTS),
        MenuEntry("rule_verdicts.contests", "pencil", _("Contests of verdicts"), 17, REPORTS, waits="verdict_contests"),
    ),
    under={"rule_results": "rule_results.index", "rule_verdicts.show": "rule_results.index"},
)
