"""A browser in words, from what it calls itself."""

from __future__ import annotations

import pytest

from hotline.domain.accounts.browsers import browser_words

_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
_MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (_WINDOWS + "Chrome/131.0.0.0 Safari/537.36", "Chrome 131 · Windows"),
        (_WINDOWS + "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge 131 · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128 · Linux"),
        (_MAC + "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15", "Safari 17 · macOS"),
        (_IPHONE + "Version/17.0 Mobile/15E148 Safari/604.1", "Safari 17 · iPhone"),
        (_IPHONE + "Mobile/15E148 MicroMessenger/8.0.47", "WeChat 8 · iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1",
            "WeCom 4 · Android",
        ),
        ("curl/8.5.0", ""),
        ("<script>alert(1)</script>", ""),
        ("", ""),
        ("Chrome/" + "9" * 10_000, "Chrome 9999"),
    ],
)
def test_browsers_are_told_apart(agent: str, words: str) -> None:
    assert browser_words(agent) == words
