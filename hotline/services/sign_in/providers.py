"""Who vouches for people besides us, by the settings."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.services.sign_in import oidc
from hotline.settings.sign_in import SignInSettings


def providers(rules: SignInSettings) -> Sequence[str]:
    """As bindings name them."""
    return [oidc.provider_of(rules.oidc)] if rules.oidc.issuer else []
