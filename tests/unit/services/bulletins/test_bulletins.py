"""The notice board on a clock that stands: who sees what, who is told, and what keeps somebody from being ready."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.bulletins.bulletin import Bulletin
from hotline.domain.errors import Forbidden, HotlineError, NotFound, Refused
from hotline.domain.operators.presence import Via
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Membership, Team
from hotline.services.bulletins import bulletins
from hotline.services.bulletins.reminding import remind
from hotline.services.bulletins.seeing import posting_choices, see_board, see_bulletin, unread_of
from hotline.services.led import led_by
from hotline.services.operators.presence import become_ready
from hotline.services.waiting import waiting_of
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at
from tests.support.our_people import somebody
from tests.support.pbx import RememberingPbx

NOW = at("2026-11-16 10:30:00")
HOUR = timedelta(hours=1)
SITE = '[operators.1001]\nname = "赵敏"\n[operators.1002]\nname = "钱伟"\n'


class Board:
    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.boss, _ = somebody(storage, "boss", "周主管", NOW, Role.SUPERVISOR)
        self.leader, leader_id = somebody(storage, "lead", "组长", NOW, Role.LEADER)
        self.zhao, self.zhao_id = somebody(storage, "zhao", "赵敏", NOW, extension="1001")
        self.qian, self.qian_id = somebody(storage, "qian", "钱伟", NOW, extension="1002")
        with storage.writing() as tx:
            team = StaffStore(tx).add_unit(Team("一组", leader_id=leader_id))
            self.team_id = team.id or 0
            MemberStore(tx).add(Membership(self.team_id, self.zhao_id, NOW))
        assert self.leader.user_id is not None
        self.leader = Actor(
            "lead", self.leader.roles, "组长", self.leader.user_id, led=led_by(storage, self.leader.user_id, NOW)
        )

    def post(self, by: Actor | None = None, title: str = "新产品", **fields: object) -> int:
        new = Bulletin(title, "请先阅读", "", NOW, **fields)  # type: ignore[arg-type]
        return bulletins.post(self.storage, new, by or self.boss, NOW).id or 0

    def told(self, person_id: int) -> list[str]:
        with self.storage.reading() as tx:
            return [each.kind for each in NotificationStore(tx).of_person(person_id, limit=50)]


@pytest.fixture
def board(storage: Storage) -> Board:
    return Board(storage)


def _code(refused: pytest.ExceptionInfo[HotlineError]) -> str:
    return refused.value.code


def test_whom_it_is_for_sees_it_and_is_told(board: Board) -> None:
    posted = board.post(units=frozenset({board.team_id}))
    assert [each.bulletin.id for each in see_board(board.storage, board.zhao, NOW, 10)] == [posted]
    assert see_board(board.storage, board.qian, NOW, 10) == []
    assert board.told(board.zhao_id) == ["bulletin_posted"] and board.told(board.qian_id) == []
    assert waiting_of(board.storage, board.zhao, ["bulletins"], NOW) == {"bulletins": 1}
    assert waiting_of(board.storage, board.qian, ["bulletins"], NOW) == {}
    with pytest.raises(Forbidden) as refused:
        see_bulletin(board.storage, posted, board.qian, NOW)
    assert _code(refused) == "bulletins.not_for_you"
    with pytest.raises(Forbidden):
        bulletins.acknowledge(board.storage, posted, board.qian, NOW)


def test_who_has_read_it_is_known_to_who_posted_it(board: Board) -> None:
    posted = board.post(persons=frozenset({board.zhao_id, board.qian_id}))
    bulletins.acknowledge(board.storage, posted, board.zhao, NOW)
    bulletins.acknowledge(board.storage, posted, board.zhao, NOW + HOUR)
    seen = see_bulletin(board.storage, posted, board.boss, NOW + HOUR)
    assert seen.who == [("钱伟", None), ("赵敏", NOW)]
    assert (seen.shown.read_by, seen.shown.readers) == (1, 2)
    own = see_bulletin(board.storage, posted, board.zhao, NOW)
    assert own.who is None and own.shown.read_at == NOW and own.shown.readers is None
    assert unread_of(board.storage, board.zhao, NOW) == []
    assert [each.id for each in unread_of(board.storage, board.qian, NOW)] == [posted]


def test_nobody_is_ready_before_they_have_read_what_must_be_read_before(board: Board, tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW, SITE, board.storage)
    pbx = RememberingPbx()
    posted = board.post(persons=frozenset({board.zhao_id}), before_ready=True)
    board.post(title="食堂菜单", for_all=True)
    with pytest.raises(Refused) as refused:
        become_ready(board.storage, hotline.settings, pbx, "1001", Via.CONSOLE, NOW)
    assert _code(refused) == "bulletins.read_first" and refused.value.values["titles"] == ("新产品",)
    assert pbx.members == {}
    become_ready(board.storage, hotline.settings, pbx, "1002", Via.CONSOLE, NOW)
    bulletins.acknowledge(board.storage, posted, board.zhao, NOW)
    become_ready(board.storage, hotline.settings, pbx, "1001", Via.CONSOLE, NOW)
    assert {extension for _, extension in pbx.members} == {"1001", "1002"}


def test_leaders_post_to_their_own_people_alone(board: Board) -> None:
    assert posting_choices(board.storage, board.leader, NOW).units == [(board.team_id, "一组")]
    assert [name for _, name in posting_choices(board.storage, board.leader, NOW).people] == ["赵敏"]
    board.post(board.leader, units=frozenset({board.team_id}))
    for whom in ({"for_all": True}, {"persons": frozenset({board.qian_id})}):
        with pytest.raises(Forbidden) as refused:
            board.post(board.leader, **whom)
        assert _code(refused) == "accounts.not_of_your_people"
    with pytest.raises(Forbidden):
        board.post(board.zhao, for_all=True)


def test_who_has_not_read_it_in_time_is_told_once_and_so_is_who_posted_it(board: Board) -> None:
    posted = board.post(persons=frozenset({board.zhao_id, board.qian_id}), read_by_at=NOW + HOUR)
    bulletins.acknowledge(board.storage, posted, board.zhao, NOW)
    assert remind(board.storage, NOW + HOUR - timedelta(seconds=1)) == 0
    assert remind(board.storage, NOW + HOUR) == 1
    assert remind(board.storage, NOW + 2 * HOUR) == 0
    assert "bulletin_unread" in board.told(board.qian_id) and "bulletin_unread" not in board.told(board.zhao_id)
    with board.storage.reading() as tx:
        boss = next(each.id for each in StaffStore(tx).all() if each.name == "周主管")
    assert board.told(boss or 0) == ["bulletin_not_read_by_all"]


def test_a_withdrawn_one_is_nobodys_to_read(board: Board) -> None:
    posted = board.post(for_all=True, before_ready=True, read_by_at=NOW + HOUR)
    with pytest.raises(Forbidden):
        bulletins.withdraw(board.storage, posted, board.leader, NOW)
    bulletins.withdraw(board.storage, posted, board.boss, NOW)
    assert see_board(board.storage, board.zhao, NOW, 10) == []
    assert unread_of(board.storage, board.zhao, NOW) == [] and remind(board.storage, NOW + HOUR) == 0
    assert [each.bulletin.withdrawn for each in see_board(board.storage, board.boss, NOW, 10)] == [True]
    with pytest.raises(Refused):
        bulletins.withdraw(board.storage, posted, board.boss, NOW)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "bulletins.nobody"),
        ({"title": " ", "for_all": True}, "bulletins.title"),
        ({"title": "x" * 81, "for_all": True}, "bulletins.title"),
        ({"for_all": True, "read_by_at": NOW}, "bulletins.in_the_past"),
        ({"persons": frozenset({9999})}, "bulletins.unknown_reader"),
    ],
)
def test_what_is_no_posting_is_refused(board: Board, fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        board.post(**fields)  # type: ignore[arg-type]
    assert _code(refused) == code


def test_there_is_no_such_posting(board: Board) -> None:
    for number in (7, 2**40):
        with pytest.raises(NotFound):
            see_bulletin(board.storage, number, board.boss, NOW)
