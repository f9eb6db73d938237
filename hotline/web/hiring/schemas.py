"""What the API takes and gives of operators who are hired and leave."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights import given
from hotline.services.hiring.hiring import MAX_ADDRESS, MAX_NAME, NewOperator
from hotline.services.operators.operators import PhoneAccount
from hotline.services.pbx_files import Applied
from hotline.settings.calls import QueueLevel
from hotline.web.accounts.schemas import Roles, Username
from hotline.web.hiring.applied import applied_words
from hotline.web.kit.schemas import MAX_INTEGER, Moment

_LINE = r"^[^\x00-\x1f\x7f]*$"
Extension = Annotated[str, Field(pattern=r"^[1-9][0-9]{2,5}$", description="what they are reached at")]


class ExtensionPath(BaseModel):
    extension: Extension


class NewOperatorBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=MAX_NAME, pattern=_LINE)
    username: Username
    roles: Roles = Field([given.HIRED[0]], description="operator, leader, supervisor, administrator")
    extension: Extension
    phone: Literal["sip", "webrtc"] = Field("webrtc", description="webrtc: in the browser")
    queues: list[Annotated[str, Field(max_length=64, pattern=_LINE)]] = Field(
        min_length=1, max_length=100, description="keys of the settings"
    )
    levels: dict[Annotated[str, Field(max_length=64, pattern=_LINE)], QueueLevel] = Field(
        {}, max_length=100, description="by queue, of whom is rung only after a while: 2 to 5"
    )
    email: str = Field("", max_length=MAX_ADDRESS, pattern=_LINE)
    mobile: str = Field("", max_length=32, pattern=_LINE)
    department_id: int | None = Field(None, ge=1, le=MAX_INTEGER)

    def written(self) -> NewOperator:
        return NewOperator(
            name=self.name,
            username=self.username,
            roles=tuple(dict.fromkeys(self.roles)),
            extension=self.extension,
            phone=self.phone,
            queues=tuple(self.queues),
            email=self.email,
            mobile=self.mobile,
            department_id=self.department_id,
            levels=self.levels,
        )


class AsteriskTold(BaseModel):
    """`says`: "" when Asterisk knows it; else what is still to be done, in words."""

    told: bool
    says: str


class HiredOperator(BaseModel):
    """Both passwords are told only now; the first one must be changed at the first sign-in."""

    username: str
    password: str
    extension: str
    phone_password: str
    asterisk: AsteriskTold


class RenewedPhonePassword(BaseModel):
    """What is entered into the phone. The password is told only now; the phone that has the old one is let in no
    more."""

    extension: str
    server: str
    port: int
    transport: str
    encrypted: bool
    password: str
    asterisk: AsteriskTold


class LeaveBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    successor: str = Field("", max_length=64, pattern=_LINE, description="user name of who takes over what is open")
    at: Moment | None = Field(None, description="at once without it. Without a zone: Asia/Shanghai")


class LeavingOperator(BaseModel):
    """`done`: they have left; else they will at `at`, or when the call that goes on then is over."""

    done: bool
    at: datetime
    asterisk: AsteriskTold | None


def asterisk_told(applied: Applied) -> AsteriskTold:
    says = applied_words(applied)
    return AsteriskTold(told=not says, says=says)


def renewed(account: PhoneAccount, applied: Applied) -> RenewedPhonePassword:
    return RenewedPhonePassword(
        extension=account.extension,
        server=account.server,
        port=account.port,
        transport=account.transport,
        encrypted=account.encrypted,
        password=account.password,
        asterisk=asterisk_told(applied),
    )
