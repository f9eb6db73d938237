"""Sends messages by Apprise: WeCom, DingTalk, Feishu, mail and whatever else [notices] urls names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hotline.domain.errors import NoticeError


class AppriseNotices:
    """Fulfils hotline.services.notices.Notices. `urls`: asked each time."""

    def __init__(self, urls: Callable[[], Sequence[str]]) -> None:
        self._urls = urls

    def send(self, title: str, text: str) -> None:
        from apprise import Apprise  # loads a hundred services: only a site that sends pays

        sender = Apprise()
        for place, url in enumerate(self._urls(), start=1):
            if not sender.add(url):
                raise NoticeError("machine.notice_address", place=place)
        if not sender.notify(body=text, title=title):
            raise NoticeError("machine.notice_not_reached")
