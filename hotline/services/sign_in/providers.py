"""Who vouches for people besides us, by the settings."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.services.sign_in import ldap, oidc
from hotline.settings.sign_in import SignInSettings


def providers(rules: SignInSettings) -> Sequence[str]:
    """As bindings name them."""
    told = ((rules.oidc.issuer, oidc.provider_of(rules.oidc)), (rules.ldap.host, ldap.provider_of(rules.ldap)))
    return [provider for used, provider in told if used]
