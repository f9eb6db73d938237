"""Customers and the directory as tables: brought in with errors by line, given out, the same both ways."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from hotline.domain.customers.customer import Customer, PreferredWay
from hotline.domain.directory.directory import DirectoryPerson
from hotline.domain.errors import Refused, StorageError
from hotline.domain.people import Actor, Role
from hotline.services.customers import table as customers_csv
from hotline.services.customers.table import ImportedCustomers
from hotline.services.directory import table as directory_csv
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.directory.store import DirectoryStore
from hotline.storage.transaction import Storage, Transaction
from hotline.web.kit.refusals.registry import say
from tests.support.instance import StandingClock, an_instance, run, run_json
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING
from tests.support.words import english

BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss")

TABLE = """姓名,公司,电话,回访方式,不再去电,备注
张伟,昌鑫,138 0013 8000;0755-83765566转801,短信,是,常客

李四,,139 0013 9000,,,
"""


def everybody(storage: Storage) -> list[Customer]:
    with storage.reading() as tx:
        return list(CustomerStore(tx).all())


def take(storage: Storage, text: str, dry_run: bool = False) -> ImportedCustomers:
    return customers_csv.import_customers(storage, customers_csv.read_customers(text), BOSS, MORNING, dry_run)


def test_customers_are_read_with_chinese_or_english_columns(storage: Storage) -> None:
    assert take(storage, TABLE) == ImportedCustomers(added=2)
    zhang, li = everybody(storage)
    assert (zhang.name, zhang.company, zhang.note) == ("张伟", "昌鑫", "常客")
    assert [(n.number, n.extension) for n in zhang.numbers] == [("+8613800138000", ""), ("+8675583765566", "801")]
    assert (zhang.preferred_way, zhang.do_not_call) == (PreferredWay.SMS, True)
    assert (li.preferred_way, li.do_not_call) == (PreferredWay.PHONE, False)
    assert take(storage, "number,Name\n13700137000,王五\n").added == 1


def test_the_same_table_again_changes_nothing(storage: Storage) -> None:
    take(storage, TABLE)
    before = everybody(storage)
    assert take(storage, TABLE) == ImportedCustomers(known=2)
    assert everybody(storage) == before


def test_a_table_completes_who_is_known_and_loses_nobodys_will(storage: Storage) -> None:
    """E10."""
    take(storage, "name,number\n张伟,13800138000\n")
    assert take(storage, "name,number,company,do_not_call\n,13800138000;13900139000,昌鑫,yes\n") == ImportedCustomers(
        changed=1
    )
    [zhang] = everybody(storage)
    assert (zhang.name, zhang.company, zhang.do_not_call, len(zhang.numbers)) == ("张伟", "昌鑫", True, 2)
    assert take(storage, "name,number\n李四,13800138000\n") == ImportedCustomers(added=1), (
        "somebody else of the household"
    )


def test_a_dry_run_writes_nothing(storage: Storage) -> None:
    assert take(storage, TABLE, dry_run=True) == ImportedCustomers(added=2)
    assert everybody(storage) == []


def test_a_dry_run_says_what_then_happens_also_for_rows_that_meet(storage: Storage) -> None:
    take(storage, "name,number\n张伟,13800138000\n")
    table = (
        "name,number,company\n张伟,13800138000;13900139000,昌鑫\n张伟,13900139000,昌鑫\n王五,13700137000,\n"
        "王五,13700137000,\n,13700137000,某公司\n李四,13700137000,\n"
    )
    foreseen = take(storage, table, dry_run=True)
    assert foreseen == take(storage, table) == ImportedCustomers(added=2, changed=2, known=2)


def test_numbers_that_would_be_too_many_are_refused_not_dropped(storage: Storage) -> None:
    many = ";".join(f"138001380{n:02}" for n in range(50))
    take(storage, f"name,number\n张伟,{many}\n")
    for dry_run in (True, False):
        with pytest.raises(Refused, match=r"^customers.too_many_together most=50$"):
            take(storage, "name,number\n张伟,13800138000;13900139000\n", dry_run)


def test_an_import_that_breaks_off_says_how_much_is_in_and_goes_on_where_it_was(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "姓名,电话\n" + "\n".join(f"客户{n},{13900000000 + n}" for n in range(450)) + "\n"
    tried: list[Customer] = []
    with monkeypatch.context() as broken:
        take_in = customers_csv._take_in

        def until_it_is_away(tx: Transaction, row: Customer, who: Actor, now: datetime) -> str:
            tried.append(row)
            if len(tried) == 301:
                raise StorageError("the database is away")
            return take_in(tx, row, who, now)

        broken.setattr(customers_csv, "_take_in", until_it_is_away)
        with pytest.raises(Refused) as told:
            take(storage, text)
    assert "200 of 450 rows are in" in english(told.value.reason)
    assert "the database is away" in english(told.value.reason)
    assert len(everybody(storage)) == 200
    with storage.reading() as tx:
        assert AuditLog(tx).latest(1)[0]["detail"] == "200 added, 0 changed, 0 known"
    assert take(storage, text) == ImportedCustomers(added=250, known=200)


def test_each_wrong_line_is_named_and_nothing_is_read() -> None:
    with pytest.raises(Refused) as refused:
        customers_csv.read_customers(
            "name,number,mail,do_not_call\n甲,8001,,\n乙,13800138000,bad,\n丙,,,vielleicht\n,,,\n丁,,,\n,,x@y,\n"
        )
    lines = say(refused.value, str).splitlines()[1:]
    assert [line[:6] for line in lines] == ["Line 2", "Line 3", "Line 4", "Line 7"]
    assert "area code" in lines[0]
    assert "mail" in lines[1]
    assert "Yes or no" in lines[2]


@pytest.mark.parametrize("text", ["", "\n\n", "name,number\n" + "a,b\n" * 200, "name\n" + "x" * 200_000])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        customers_csv.read_customers(text)


def test_what_goes_out_comes_in_again_and_runs_nowhere(storage: Storage) -> None:
    """A cell that begins like a formula is made harmless for a spreadsheet, and read back as it was."""
    take(storage, 'name,number,note\n=cmd|\' /C calc\'!A0,010-66667777-801,"a\nb, ""c"""\n')
    table = "".join(customers_csv.export_customers(storage, BOSS, MORNING))
    assert "'=cmd" in table
    [before] = everybody(storage)
    [again] = customers_csv.read_customers(table.removeprefix("\ufeff"))
    assert (again.name, again.note) == (before.name, before.note)
    assert [(n.number, n.extension) for n in again.numbers] == [("+861066667777", "801")]
    with storage.reading() as tx:
        assert AuditLog(tx).latest(1)[0]["action"] == "customers.export"


def test_the_commands_bring_in_and_give_out(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, StandingClock(MORNING)())
    table = tmp_path / "customers.csv"
    table.write_bytes(TABLE.encode("gb18030"))
    assert run_json(hotline, "customers", "import", str(table), "--dry-run")["added"] == 2
    assert "2 added" in run(hotline, "customers", "import", str(table)).output
    assert "张伟" in run(hotline, "customers", "export", "-").output
    table.write_text("name,number\nx,12\n", "utf-8")
    wrong = run(hotline, "customers", "import", str(table))
    assert wrong.exit_code == 1
    assert "Line 2, " in wrong.output


PEOPLE = """姓名,电话,部门,负责业务,负责地区,在用
赵敏,13800000001,华南大区,销售；渠道,广东、广西,
孙丽,010-66667777,总部,技术,,否
"""


def test_people_are_read_all_or_none_and_asterisk_is_told(storage: Storage) -> None:
    pbx = RememberingPbx()
    done = directory_csv.import_people(storage, pbx, directory_csv.read_people(PEOPLE), BOSS, MORNING)
    assert (done.added, done.changed, done.known) == (2, 0, 0)
    with storage.reading() as tx:
        sun, zhao = DirectoryStore(tx).all()
    assert (zhao.subjects, zhao.regions, zhao.active) == (("销售", "渠道"), ("广东", "广西"), True)
    assert pbx.database == {f"hotline-directory/{zhao.id}": "13800000001", f"hotline-directory/{sun.id}": ""}
    all_active = directory_csv.read_people(PEOPLE.replace("否", "是"))
    again = directory_csv.import_people(storage, pbx, all_active, BOSS, MORNING)
    assert (again.added, again.changed, again.known) == (0, 1, 1)
    assert pbx.database[f"hotline-directory/{sun.id}"] == "01066667777"


def test_asterisk_away_stops_no_import(storage: Storage) -> None:
    pbx = RememberingPbx()
    pbx.away = "away"
    assert directory_csv.import_people(storage, pbx, directory_csv.read_people(PEOPLE), BOSS, MORNING).added == 2


def test_each_wrong_line_of_people_is_named() -> None:
    with pytest.raises(Refused) as refused:
        directory_csv.read_people("name,number\n,13800000001\n甲,x\n乙,13800000002\n")
    assert [line.partition(",")[0] for line in say(refused.value, str).splitlines()[1:]] == ["Line 2", "Line 3"]
    with pytest.raises(Refused) as refused:
        directory_csv.read_people("name\n甲\n")
    assert "number" in say(refused.value, str)


def test_the_directory_goes_out_as_it_came_in(storage: Storage) -> None:
    directory_csv.import_people(storage, RememberingPbx(), directory_csv.read_people(PEOPLE), BOSS, MORNING)
    table = "".join(directory_csv.export_people(storage, BOSS, MORNING)).removeprefix("\ufeff")
    known: list[DirectoryPerson] = directory_csv.read_people(table)
    assert directory_csv.import_people(storage, RememberingPbx(), known, BOSS, MORNING).known == 2
