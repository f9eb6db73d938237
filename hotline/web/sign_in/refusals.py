"""What is said of how people prove who they are."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "sign_in.no_second_factor": _("%(username)s has no second step."),
    "sign_in.nothing_proposed": _("Begin again: nothing waits for a code any more."),
    "sign_in.own_second_factor": _("Your own second step is taken away by another administrator."),
    "sign_in.second_factor_first": _("Two-step verification must be set up before anything else."),
    "sign_in.wrong_code": _("This code does not fit, or was used already. Wait for the next one and try again."),
    "sign_in.account_off": _("Your account here is switched off."),
    "sign_in.asked_too_long_ago": _("That took too long, or was used already. Please sign in anew."),
    "sign_in.bound_to_another": _("%(known_by)s is bound to somebody else already."),
    "sign_in.directory_away": _(
        "The company's directory does not answer now. Please try again later; administrators sign in "
        "with their password."
    ),
    "sign_in.known_by": _("Please give the mail address or the id, at most %(most)s characters."),
    "sign_in.ldap_needs": _("With a host bind_dn, password and base must be given."),
    "sign_in.ldap_place": _("%(place)s must stand in it."),
    "sign_in.local_administrators": _(
        "Administrators must be able to sign in with a password, or nobody gets in while the company's "
        "accounts are away."
    ),
    "sign_in.name_taken": _(
        "There is an account %(username)s here already. If it is yours, an administrator binds it to "
        "your company's account."
    ),
    "sign_in.no_role": _(
        "The company knows you, but none of your groups has a role here. Ask whoever runs the hotline for one."
    ),
    "sign_in.not_asked_here": _("This sign-in was not begun in this browser. Please sign in anew."),
    "sign_in.not_bound": _("%(username)s is bound to no account of the company."),
    "sign_in.not_vouched": _(
        "What the company's accounts answered could not be believed. Whoever runs the hotline finds why in its log."
    ),
    "sign_in.oidc_needs": _("With an issuer both client_id and secret must be given."),
    "sign_in.oidc_scope": _("The scope openid must be among them."),
    "sign_in.provider_away": _(
        "The company's accounts do not answer now. Please try again later; administrators sign in with their password."
    ),
    "sign_in.provider_refused": _("The company's accounts did not let you in (%(why)s)."),
}
