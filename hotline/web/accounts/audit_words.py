"""What the audit log says of accounts, sessions and the log itself."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.kit.told.audited import AuditWords, ObjectPage

WORDS = AuditWords(
    actions={
        "access.refused": _("Access refused"),
        "audit.view": _("Audit log looked at"),
        "link.slowed": _("Wrong links slowed down"),
        "outside.bind": _("Bound to an account of the company"),
        "outside.unbind": _("Unbound from an account of the company"),
        "second_factor.codes": _("New recovery codes made"),
        "second_factor.recovery": _("Recovery code used"),
        "second_factor.refused": _("Code of the second step refused"),
        "second_factor.reset": _("Second step taken away"),
        "second_factor.set_up": _("Two-step verification set up"),
        "session.end": _("Session ended"),
        "session.end_all": _("All sessions ended"),
        "sign_in": _("Signed in"),
        "sign_in.refused": _("Sign-in refused"),
        "sign_in.slowed": _("Sign-in attempts slowed down"),
        "sign_out": _("Signed out"),
        "token.create": _("API token made"),
        "token.revoke": _("API token revoked"),
        "token.slowed": _("Wrong tokens slowed down"),
        "user.activate": _("Account reactivated"),
        "user.add": _("Account added"),
        "user.change_password": _("Own password changed"),
        "user.deactivate": _("Account deactivated"),
        "user.edit": _("Account changed"),
        "user.reset_password": _("Password reset"),
    },
    objects={"user": ObjectPage("people.edit", "username", "[a-z0-9][a-z0-9._-]{0,63}")},
    title=_("Accounts"),
    kinds={
        "user": _("Account"),
        "token": _("API token"),
        "audit": _("Audit log"),
        "page": _("Page"),
        "address": _("Address"),
    },
)
