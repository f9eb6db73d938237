"""[sign_in.ldap]: the company's directory."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from hotline.domain.reasons import Unfit
from hotline.settings.base import Port, Section

_Attribute = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,63}$")]
_Filter = Annotated[str, Field(pattern=r"^\(.+\)$", max_length=500)]


class Ldap(Section):
    """`host` "": nobody signs in by a directory."""

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:_-]*$", max_length=253)]
    port: Port
    security: Literal["tls", "starttls", "none"]
    ca_file: str
    bind_dn: Annotated[str, Field(max_length=500)]
    password: Annotated[str, Field(max_length=500)]
    base: Annotated[str, Field(max_length=500)]
    user_filter: _Filter
    subject_attribute: _Attribute
    name_attribute: _Attribute
    mail_attribute: _Attribute
    group_base: Annotated[str, Field(max_length=500)]
    group_filter: _Filter
    group_attribute: _Attribute
    timeout_seconds: Annotated[int, Field(ge=1, le=30)]

    @model_validator(mode="after")
    def _check(self) -> Ldap:
        if self.host and not (self.bind_dn and self.password and self.base):
            raise Unfit("sign_in.ldap_needs")
        if "{username}" not in self.user_filter:
            raise Unfit("sign_in.ldap_place", place="{username}")
        if "{dn}" not in self.group_filter:
            raise Unfit("sign_in.ldap_place", place="{dn}")
        return self
