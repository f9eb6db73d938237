"""[sign_in]: by which ways people sign in, and what they prove."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from hotline.domain.reasons import Unfit
from hotline.settings.base import SPLITS, Section
from hotline.settings.ldap import Ldap

#: As hotline.domain.people has them.
RoleName = Literal["operator", "leader", "department", "examiner", "auditor", "supervisor", "administrator"]

#: In clear to this machine alone.
_ISSUER = r"^(https://[^\s?#]+|http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?[^\s?#@]*)?$"

_Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:/-]+$")]


class RoleGroups(Section):
    """By role, the company's groups whose members have it."""

    operator: tuple[str, ...]
    leader: tuple[str, ...]
    department: tuple[str, ...]
    examiner: tuple[str, ...]
    auditor: tuple[str, ...]
    supervisor: tuple[str, ...]
    administrator: tuple[str, ...]

    @property
    def by_role(self) -> Mapping[str, tuple[str, ...]]:
        return {name: getattr(self, name) for name in type(self).model_fields}

    @property
    def any_named(self) -> bool:
        return any(self.by_role.values())


class Oidc(Section):
    """`issuer` "": nobody signs in by a provider."""

    issuer: Annotated[str, Field(pattern=_ISSUER, max_length=300), SPLITS]
    name: Annotated[str, Field(max_length=40)]
    client_id: Annotated[str, Field(max_length=200)]
    secret: Annotated[str, Field(max_length=500)]
    scopes: Annotated[tuple[_Name, ...], Field(min_length=1)]
    username_claim: _Name
    groups_claim: _Name

    @model_validator(mode="after")
    def _check(self) -> Oidc:
        if self.issuer and not (self.client_id and self.secret):
            raise Unfit("sign_in.oidc_needs")
        if "openid" not in self.scopes:
            raise Unfit("sign_in.oidc_scope")
        return self


class SignInSettings(Section):
    local_roles: tuple[RoleName, ...]
    second_factor_roles: tuple[RoleName, ...]
    second_factor_from: dt.date
    groups: RoleGroups
    oidc: Oidc
    ldap: Ldap

    @model_validator(mode="after")
    def _check(self) -> SignInSettings:
        if "administrator" not in self.local_roles:
            raise Unfit("sign_in.local_administrators")
        return self

    @property
    def by_company(self) -> bool:
        """Whether people sign in by the company's accounts besides."""
        return bool(self.oidc.issuer or self.ldap.host)

    def may_locally(self, roles: Sequence[str]) -> bool:
        """Whether whoever has these roles may come in by a password of ours."""
        return not self.by_company or any(role in self.local_roles for role in roles)
