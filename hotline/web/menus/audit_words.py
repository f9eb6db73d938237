"""What the audit log says of drafts of the menus."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "menu_draft.begin": _("Draft of menus begun"),
        "menu_draft.change": _("Draft of menus changed"),
        "menu_draft.remove": _("Draft of menus removed"),
        "menu_draft.try": _("Draft of menus tried by calls"),
        "menu_draft.in_force": _("Draft of menus put in force"),
    },
    objects={"menu_draft": ObjectPage("menus.draft", "draft_id")},
    title=_("Settings"),
    kinds={"menu_draft": _("Draft of menus")},
)
