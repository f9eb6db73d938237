"""What is said of accounts, passwords, sessions and tokens."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "accounts.auditor_ends": _("Whoever audits comes for a time: say until when."),
    "accounts.audits_and_more": _("Whoever audits looks on and does nothing else: choose no other role."),
    "accounts.bearer": _(
        "Sign in, or send a valid bearer token: Authorization: Bearer <token> (`hotline token create`)."
    ),
    "accounts.by_company": _("You sign in with the company's account."),
    "accounts.changed_meanwhile": _(
        "Somebody else has changed this account meanwhile. What you entered is kept: look at what it is now, and save "
        "again if it is to be so."
    ),
    "accounts.csrf": _("Changes of a session need the header X-CSRFToken."),
    "accounts.display_name": _("Use at most %(most)s characters."),
    "accounts.ends_ahead": _("The end must lie ahead."),
    "accounts.examiner_extension": _("Whoever examines or audits takes no calls, and so has no extension (F5)."),
    "accounts.examines_and_calls": _(
        "Nobody examines what they handle: choose examiner, or operator, leader or department (F5)."
    ),
    "accounts.extension_taken": _("%(username)s has the extension %(extension)s already."),
    "accounts.extension_unknown": _("The settings have no operator %(extension)s."),
    "accounts.first_password": _("The first password must be changed before anything else."),
    "accounts.last_administrator": _("%(username)s is the last active administrator: add another one first."),
    "accounts.needs_role": _("This needs one of these roles: %(roles)s."),
    "accounts.no_own_session": _("You have no session %(id)s, or it has ended already."),
    "accounts.no_permission_stated": _("%(endpoint)s does not say who may use it."),
    "accounts.no_role": _("Choose at least one role of these: %(roles)s."),
    "accounts.no_session": _("There is no session %(id)s, or it has ended already."),
    "accounts.no_token": _("There is no valid token %(token)s."),
    "accounts.not_of_your_people": _("It is of nobody whom you lead."),
    "accounts.no_user": _("There is no user %(username)s."),
    "accounts.own_administration": _(
        "Nobody takes the role of administrator from themselves: another administrator does it, who can give it back."
    ),
    "accounts.password_again": _("Please enter your password."),
    "accounts.password_changed_meanwhile": _("The password has been changed in the meantime."),
    "accounts.password_common": _(
        "This password is among those that are tried first. A sentence of several words is better."
    ),
    "accounts.password_known": _(
        "The password must not contain your name or the name of the company or of this product."
    ),
    "accounts.password_long": _("Use at most %(most)s characters."),
    "accounts.password_same": _("The new password must differ from the current one."),
    "accounts.password_short": _("Use at least %(least)s characters."),
    "accounts.password_simple": _("Use at least four different characters."),
    "accounts.password_username": _("The password must not contain your user name."),
    "accounts.reason": _("Please give a reason of at most %(most)s characters."),
    "accounts.token_name": _(
        "A name of letters, digits, full stops, hyphens and underscores (at most 64) was expected, not “%(got)s”."
    ),
    "accounts.token_there": _("There is a token %(token)s already: revoke it first."),
    "accounts.too_many_attempts": _("Too many attempts: please wait %(seconds)s seconds."),
    "accounts.username": _("Use small letters a-z, digits, full stops, hyphens and underscores, not “%(got)s”."),
    "accounts.username_taken": _("The user name %(username)s is taken."),
    "accounts.second_factor_first": _(
        "A code counts here only if two-step verification was set up before you signed in this time."
    ),
    "accounts.wrong_password": _("This is not your current password."),
    "role.administrator": _("administrator"),
    "role.auditor": _("auditor"),
    "role.department": _("department"),
    "role.examiner": _("examiner"),
    "role.leader": _("leader"),
    "role.operator": _("operator"),
    "role.supervisor": _("supervisor"),
    "accounts.slowed_down": _("Addresses from which guessing was slowed down: %(n)s"),
}
