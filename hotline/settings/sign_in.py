"""[sign_in]: by which ways people sign in, and what they prove."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hotline.settings.base import Section

#: As hotline.domain.people has them.
RoleName = Literal["operator", "leader", "department", "examiner", "auditor", "supervisor", "administrator"]


class SignInSettings(Section):
    second_factor_roles: tuple[RoleName, ...]
    second_factor_from: dt.date
