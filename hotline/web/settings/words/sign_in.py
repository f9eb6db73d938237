"""Words of the settings: signing in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

_GROUPS = _("Groups of the company whose members have this role.")

WORDS = {
    "sign_in.local_roles": KeyWords(
        _("Sign in with a password of the hotline"),
        _("Where the company's accounts are used; administrators always may."),
    ),
    "sign_in.groups.operator": KeyWords(_("Operators"), _GROUPS),
    "sign_in.groups.leader": KeyWords(_("Leaders"), _GROUPS),
    "sign_in.groups.department": KeyWords(_("Departments"), _GROUPS),
    "sign_in.groups.examiner": KeyWords(_("Examiners"), _GROUPS),
    "sign_in.groups.auditor": KeyWords(_("Auditors"), _GROUPS),
    "sign_in.groups.supervisor": KeyWords(_("Supervisors"), _GROUPS),
    "sign_in.groups.administrator": KeyWords(_("Administrators"), _GROUPS),
    "sign_in.oidc.issuer": KeyWords(_("Issuer"), _("The provider's address as it calls itself; empty: none.")),
    "sign_in.oidc.name": KeyWords(_("Name on the button"), _("Such as 企业微信.")),
    "sign_in.oidc.client_id": KeyWords(_("Client id"), _("As the provider has us.")),
    "sign_in.oidc.secret": KeyWords(_("Client secret"), _("As the provider has it.")),
    "sign_in.oidc.scopes": KeyWords(_("Scopes"), _("What is asked for; openid must be among them.")),
    "sign_in.oidc.username_claim": KeyWords(_("Claim of the user name"), _("New user names are made from it.")),
    "sign_in.oidc.groups_claim": KeyWords(_("Claim of the groups"), _("Where the groups stand.")),
    "sign_in.second_factor_roles": KeyWords(
        _("Demanded of these roles"), _("Who has one of them sets up a second step before anything else.")
    ),
    "sign_in.second_factor_from": KeyWords(_("Demanded from"), _("Until then it is free to everybody.")),
    "sign_in.ldap.host": KeyWords(_("Host of the directory"), _("Empty: none.")),
    "sign_in.ldap.port": KeyWords(_("Port of the directory"), _("636 with TLS, 389 with STARTTLS.")),
    "sign_in.ldap.security": KeyWords(
        _("Encryption"), _("In clear only on one machine: passwords are read on the way.")
    ),
    "sign_in.ldap.ca_file": KeyWords(_("Certificate of the authority"), _("A PEM file; empty: those of the system.")),
    "sign_in.ldap.bind_dn": KeyWords(_("Our own account there"), _("Its DN; it may look people up.")),
    "sign_in.ldap.password": KeyWords(_("Password of that account"), _("As the directory has it.")),
    "sign_in.ldap.base": KeyWords(_("Where people stand"), _("The DN below which they are looked for.")),
    "sign_in.ldap.user_filter": KeyWords(_("Filter for people"), _("{username} is what was typed.")),
    "sign_in.ldap.subject_attribute": KeyWords(
        _("Attribute of the id"), _("What somebody is called for good: entryUUID, objectGUID.")
    ),
    "sign_in.ldap.name_attribute": KeyWords(_("Attribute of the name"), _("How they are called.")),
    "sign_in.ldap.mail_attribute": KeyWords(_("Attribute of the mail address"), _("By which they may be bound.")),
    "sign_in.ldap.group_base": KeyWords(_("Where groups stand"), _("Empty: where people stand.")),
    "sign_in.ldap.group_filter": KeyWords(_("Filter for groups"), _("{dn} is the person.")),
    "sign_in.ldap.group_attribute": KeyWords(_("Attribute of the group's name"), _("The group's DN counts too.")),
    "sign_in.ldap.timeout_seconds": KeyWords(_("Seconds for an answer of the directory"), _("Then it counts as away.")),
}
