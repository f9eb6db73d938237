"""What a dial was for is said in the reader's language, not by its code."""

from __future__ import annotations

import re

from hotline.domain.callbacks.owed import CallbackReason
from hotline.services.dialled import dialled_kinds
from hotline.web.kit.told.dialled import dialled_words, reason_said
from tests.support.web import Web


def test_everything_that_is_dialled_for_has_words(web: Web) -> None:
    assert set(dialled_kinds()) <= set(dialled_words())
    with web.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        for code in (*dialled_words(), *CallbackReason):
            assert re.search("[a-z]", reason_said(code)) is None, code
        assert reason_said("客户要求改约") == "客户要求改约"
