"""What must be given with an act of any case (D1: nothing is skipped)."""

from __future__ import annotations

import tomllib

import pytest

from hotline.domain.cases.common_acts import COMMON
from hotline.domain.cases.field_values import read_given
from hotline.domain.cases.kind import CaseAct
from hotline.domain.cases.kind_reading import read_kind
from hotline.domain.errors import WrongFields
from hotline.settings.home import TREE

KIND = read_kind(tomllib.loads((TREE / "config/cases/complaint.toml").read_text("utf-8")), "complaint")
ASKING = [each for each in COMMON if each.needs]


@pytest.mark.parametrize("act", ASKING, ids=lambda act: act.id)
@pytest.mark.parametrize("written", [None, "", " \u3000\t"])
def test_d1_what_an_act_of_every_kind_needs_is_given_or_it_is_refused(act: CaseAct, written: str | None) -> None:
    """No hand-over, merge or waiting without its reason, no urging without words; blanks are none."""
    given = {} if written is None else dict.fromkeys(act.needs, written)
    with pytest.raises(WrongFields) as refused:
        read_given(KIND, act, act.id, given, {})
    assert refused.value.problems == dict.fromkeys(act.needs, "required")
