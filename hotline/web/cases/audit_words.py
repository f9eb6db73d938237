"""What the audit log says of cases and requests to block."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords

WORDS = AuditWords(
    actions={
        "block.approved": _("Blocking approved"),
        "block.ask": _("Blocking asked for"),
        "block.refused": _("Blocking refused"),
        "block_requests.view": _("Requests to block looked at"),
        "case.asked": _("Case's state asked for by telephone"),
        "case.act": _("Done to a case"),
        "case.close": _("Case closed"),
        "case.link_mail": _("Link to a case mailed"),
        "case.link_sent": _("Link to a case sent to the customer"),
        "case.link_texted": _("Link to a case sent to a department by text message"),
        "case.merge": _("Cases merged"),
        "case.number": _("Case's number shown"),
        "case.open": _("Case opened"),
        "case.reopen": _("Case reopened"),
        "case.unmerge": _("Merge of cases undone"),
        "case.view": _("Case looked at"),
        "case_filter.drop": _("Filter of cases removed"),
        "case_filter.keep": _("Filter of cases kept"),
        "cases.export": _("Cases exported"),
        "cases.view": _("Cases looked at"),
    },
    title=_("Cases"),
    kinds={
        "case": _("Case"),
        "cases": _("Cases"),
        "block_request": _("Request to block"),
        "block_requests": _("Requests to block"),
    },
)
