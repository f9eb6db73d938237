"""Whoever clicks what they are shown comes to a page (F8, A14: what somebody may not see is not offered to them)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hotline.domain.people import Role
from tests.support.full_site import full_web
from tests.support.leaders import team
from tests.support.links_followed import Clicking
from tests.support.strangers import somebody
from tests.support.web import PASSWORD, Web, sign_in

#: Of the full site's people, and those who come besides.
_MORE = {"sun": Role.LEADER, "shen": Role.AUDITOR, "wang": Role.SUPERVISOR}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with full_web(tmp_path_factory.mktemp("clicked")) as (web, _named):
        for username, role in _MORE.items():
            somebody(web, username, role)
        team(web.hotline.storage, "二组", "sun", "zhao", "qian")
        yield web


@pytest.mark.parametrize("who", ["zhao", "wu", "tech", "boss", *_MORE])
def test_no_page_leads_to_one_that_refuses(site: Web, who: str) -> None:
    client = site.client()
    first = sign_in(client, who, PASSWORD).headers["Location"]
    clicking = Clicking(client, site.app.url_map.bind("localhost"))
    assert clicking.refused(first) == {}
    assert clicking.pages() > 20
