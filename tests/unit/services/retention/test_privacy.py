"""G3, PIPL 44-47: what is kept of a person is shown, copied and, as far as no rule keeps it, deleted."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Outcome
from hotline.domain.campaigns.campaign import LeftOut, MemberState
from hotline.domain.cases.block_request import Decision
from hotline.domain.cases.case import CaseKind, CaseState, ServiceCase
from hotline.domain.customers.customer import Customer, PreferredWay, read_number
from hotline.domain.dialling.dial import DialOutcome
from hotline.domain.directory.directory import DirectoryMessage
from hotline.domain.errors import Conflict, Forbidden, NotFound, Outdated, Refused
from hotline.domain.forms.form import CallForm, FormChange, Origin
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.retention.privacy import RequestKind, RequestState
from hotline.domain.sms.message import SmsState
from hotline.domain.visits.visit import Ending, Satisfaction, VisitWay
from hotline.services.customers import customers
from hotline.services.customers import merging as customer_merging
from hotline.services.personal import parts
from hotline.services.retention import erasure as privacy_erasure
from hotline.services.retention import export as privacy_export
from hotline.services.retention import holds, privacy
from hotline.services.retention.copy_in_chinese import HEADINGS, VALUES
from hotline.settings import Home, Settings, load_settings
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.directory.store import MessageStore
from hotline.storage.forms.person import PersonFormStore
from hotline.storage.forms.store import FormStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.retention.deletions import DeletionStore
from hotline.storage.transaction import Storage
from recordings.clips import FileClips
from recordings.conversion import decode
from recordings.sound import parse_wav
from tests.support.instance import at
from tests.support.recording_site import RecordingSite

LI = Actor("li", (Role.SUPERVISOR,), "Li")
NUMBER, OTHER = "+8613800138000", "+8613912345678"
OLD, NEW = at("2026-03-11 10:00:00"), at("2029-01-05 10:00:00")
NOW = at("2029-06-01 09:00:00")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(Home(tmp_path / "none"), environment={})


@pytest.fixture
def english(tmp_path: Path) -> Settings:
    return load_settings(Home(tmp_path / "none"), environment={"HOTLINE_SITE__LANGUAGE": "en"})


@pytest.fixture
def site(storage: Storage, tmp_path: Path) -> RecordingSite:
    """Wang called in 2026, which is over, and in 2029, which the law keeps; somebody else called too."""
    site = RecordingSite(tmp_path, form="wav", storage=storage)
    for linkedid, began in (("old", OLD), ("new", NEW)):
        site.now = began + timedelta(minutes=5)
        site.take_in(linkedid, started_at=began)
        site.finaliser.one()
    return site


def known(site: RecordingSite, **more: Any) -> Customer:
    wang = Customer(name="王芳", company="金桥", address="浦东", mail="w@example.com", note="急脾气", **more)
    return customers.create(site.storage, replace(wang, numbers=(read_number("13800138000"),)), LI, OLD)


def write(site: RecordingSite, linkedid: str, customer_id: int | None, called_at: datetime) -> CallForm:
    form = CallForm(
        "node1",
        linkedid,
        "main",
        Number(NUMBER),
        called_at,
        Origin.OPERATOR,
        "1001",
        "赵敏",
        created_at=called_at,
        updated_at=called_at,
        updated_by="1001",
        category="consult",
        customer_id=customer_id,
        caller_name="王芳",
        content="=1+1 问价 <script>",
        fields={"product": "X1"},
    )
    with site.storage.writing() as tx:
        [added] = FormStore(tx).add([form])
        FormStore(tx).note(FormChange(added.id or 0, 2, called_at, "1001", {"content": "问价"}))
    return added


def ask(
    site: RecordingSite,
    settings: Settings,
    kind: RequestKind,
    number: str = "13800138000",
    customer_id: int | None = None,
    nobody_known: bool = False,
) -> int:
    return (
        privacy.take(
            site.storage, settings, kind, number, customer_id, "王芳, 身份证", "请\x00处理", LI, NOW, nobody_known
        ).id
        or 0
    )


def erase(site: RecordingSite, settings: Settings, request_id: int) -> privacy_erasure.Erased:
    return privacy_erasure.erase(site.storage, site.files, settings, request_id, LI, NOW)


def everything(site: RecordingSite) -> str:
    """All that the tables of customers, forms, calls and cases hold, as text."""
    with site.storage.engine.connect() as connection:
        return json.dumps(
            [
                [str(value) for row in connection.exec_driver_sql(f"SELECT * FROM {table}") for value in row]
                for table in (
                    "customer",
                    "customer_number",
                    "customer_merge",
                    "call_form",
                    "call_form_change",
                    "service_case",
                    "callback",
                    "directory_message",
                    "blocked_number",
                    "search_entry",
                )
            ],
            ensure_ascii=False,
        )


def test_g3_what_is_kept_and_until_when(site: RecordingSite, settings: Settings) -> None:
    wang = known(site)
    write(site, "new", wang.id, NEW)
    seen = privacy.look(site.storage, settings, ask(site, settings, RequestKind.COPY), LI, NOW)
    assert seen.request.customer_id == wang.id and seen.request.text == "请处理"
    assert [(call.call.linkedid, seen.verdicts[call.id].may_go) for call in seen.person.calls] == [
        ("new", False),
        ("old", True),
    ]
    assert seen.verdicts[seen.person.calls[0].id].until == at("2032-01-06 00:00:00")
    assert [form and form.caller_name for form in (call.form for call in seen.person.calls)] == ["王芳", None]


def test_another_customers_calls_from_the_same_number_are_not_shown(site: RecordingSite, settings: Settings) -> None:
    wang, other = known(site), known(site)
    write(site, "new", other.id, NEW)
    with pytest.raises(privacy.SeveralPeople) as asked:
        ask(site, settings, RequestKind.COPY)
    assert asked.value.customer_ids == (wang.id, other.id)
    for customer_id, nobody, expected in (
        (wang.id, False, ["old"]),
        (other.id, False, ["new", "old"]),
        (None, True, ["old"]),
    ):
        request_id = ask(site, settings, RequestKind.COPY, customer_id=customer_id, nobody_known=nobody)
        seen = privacy.look(site.storage, settings, request_id, LI, NOW)
        assert [call.call.linkedid for call in seen.person.calls] == expected


def test_g3_the_copy_holds_sound_tables_and_all_for_programs(site: RecordingSite, english: Settings) -> None:
    wang = known(site)
    write(site, "new", wang.id, NEW)
    request_id, target = ask(site, english, RequestKind.COPY), io.BytesIO()
    name = privacy_export.export(site.storage, site.files, FileClips(site.files), english, request_id, target, LI, NOW)
    assert name == f"personal-data_13800138000_request{request_id}_20290601.zip"
    with zipfile.ZipFile(target) as copy:
        assert copy.testzip() is None
        sounds = sorted(each for each in copy.namelist() if each.startswith("recordings/"))
        assert len(sounds) == 2 and copy.read(sounds[0]) == site.content(site.row("old").path)
        calls = list(csv.DictReader(io.StringIO(copy.read("calls.csv").decode("utf-8-sig"))))
        assert [(each["number"], each["kept until"]) for each in calls] == [
            ("13800138000", "2032-01-06 00:00:00"),
            ("13800138000", "2029-03-12 00:00:00"),
        ]
        records = list(csv.DictReader(io.StringIO(copy.read("records.csv").decode("utf-8-sig"))))
        assert records[0]["content"] == "'=1+1 问价 <script>", "no formula for a spreadsheet to run"
        whole = json.loads(copy.read("data.json"))
        assert whole["calls"][0]["record"]["caller_name"] == "王芳" and whole["customers"][0]["mail"] == "w@example.com"
        assert whole["calls"][0]["recordings"][0]["file"] == sounds[1]
        assert "第四十五条" in copy.read("README.txt").decode()
    with site.storage.reading() as tx:
        told = AuditLog(tx).latest(1)[0]
    assert (told["action"], told["object"], told["who"]) == ("privacy.export", f"privacy:{request_id}", "li")


def test_the_copys_tables_begin_as_programs_have_read_them_before(site: RecordingSite, english: Settings) -> None:
    target = io.BytesIO()
    privacy_export.export(
        site.storage, site.files, FileClips(site.files), english, ask(site, english, RequestKind.COPY), target, LI, NOW
    )
    with zipfile.ZipFile(target) as copy:
        headers = {
            name: copy.read(f"{name}.csv").decode("utf-8-sig").splitlines()[0]
            for name in ("calls", "records", "customers", "cases", "callbacks", "messages")
        }
        whole, readme = json.loads(copy.read("data.json")), copy.read("README.txt").decode()
    begin = {
        "calls": "call,began,ended,number,outcome,answered by,talk seconds,kept until",
        "records": "call,called_at,caller_name,callback_number,region,address,category,content,handling,solved,promise,"
        "promise_due_at,complaint,further",
        "customers": "name,company,region,address,mail,preferred_way,do_not_call,consent_at,note,created_at,updated_at,"
        "numbers",
        "cases": "number,kind,title,content,state,opened_at,closed_at,result",
        "callbacks": "number,due,closed,note,result",
        "messages": "name,number,left,text,passed on",
    }
    assert {name: header[: len(begin[name])] for name, header in headers.items()} == begin
    assert {"numbers", "customers", "calls", "cases", "callbacks", "messages"} <= set(whole)
    call = {"id", "began", "ended", "number", "outcome", "answered_by", "kept_until", "record", "recordings"}
    assert call <= set(whole["calls"][0]) and type(whole["calls"][0]["id"]) is int
    assert "customers.csv 客户资料；calls.csv 通话；records.csv 接听记录；cases.csv 工单；" in readme
    assert (
        "visits.csv 回访；" in readme
        and "callbacks.csv 待回电；" in readme
        and "ratings.csv 您对通话的评价；" in readme
    )
    assert "customers.csv: what is known of you; calls.csv: calls; records.csv: what was written of them;" in readme


def test_a_chinese_site_gives_chinese_tables_out_and_the_same_data(
    site: RecordingSite, settings: Settings, english: Settings
) -> None:
    wang = known(site)
    write(site, "new", wang.id, NEW)
    request_id, copies = ask(site, settings, RequestKind.COPY), []
    for each in (settings, english):
        target = io.BytesIO()
        privacy_export.export(site.storage, site.files, FileClips(site.files), each, request_id, target, LI, NOW)
        copies.append(zipfile.ZipFile(target))
    assert copies[0].read("data.json") == copies[1].read("data.json")
    tables = {
        name: list(csv.DictReader(io.StringIO(copies[0].read(f"{name}.csv").decode("utf-8-sig"))))
        for name in ("calls", "records", "customers", "requests")
    }
    assert {each["结果"] for each in tables["calls"]} == {"已接听"}
    assert tables["calls"][0]["保存至"] == "2032-01-06 00:00:00"
    assert tables["records"][0]["内容"] == "'=1+1 问价 <script>" and tables["records"][0]["通话编号"]
    assert tables["requests"][0]["类型"] == "查阅、复制"
    assert tables["customers"][0]["姓名或名称"] == "王芳"


def test_the_copys_sound_is_what_every_phone_plays(storage: Storage, tmp_path: Path, settings: Settings) -> None:
    site = RecordingSite(tmp_path, form="flac", storage=storage)
    site.now = OLD + timedelta(minutes=5)
    site.take_in("old", started_at=OLD)
    site.finaliser.one()
    target, request_id = io.BytesIO(), ask(site, settings, RequestKind.COPY)
    privacy_export.export(site.storage, site.files, FileClips(site.files), settings, request_id, target, LI, NOW)
    kept = site.row("old").path
    with zipfile.ZipFile(target) as copy:
        [name] = [each for each in copy.namelist() if each.startswith("recordings/")]
        assert name.endswith(".wav") and kept.endswith(".flac")
        assert (parse_wav(copy.read(name)) == decode(site.content(kept), "flac")).all()
        assert json.loads(copy.read("data.json"))["calls"][0]["recordings"][0]["file"] == name


def test_every_heading_and_code_of_the_copy_has_chinese() -> None:
    assert {each.header or each.key for part in parts() for each in part.columns} <= set(HEADINGS)
    codes: dict[tuple[str, str], type[StrEnum]] = {
        ("customers", "preferred_way"): PreferredWay,
        ("calls", "outcome"): Outcome,
        ("cases", "kind"): CaseKind,
        ("cases", "state"): CaseState,
        ("visits", "way"): VisitWay,
        ("visits", "ending"): Ending,
        ("visits", "result"): Satisfaction,
        ("campaigns", "state"): MemberState,
        ("campaigns", "reason"): LeftOut,
        ("dials", "outcome"): DialOutcome,
        ("text_messages", "state"): SmsState,
        ("block_requests", "decision"): Decision,
        ("requests", "kind"): RequestKind,
        ("requests", "state"): RequestState,
    }
    assert {place: set(VALUES[place]) for place in codes} == {place: set(kind) for place, kind in codes.items()}
    assert HEADINGS["rated_at"] == "评价时间", "what is said of a call was not answered as a call is"
    for place in set(VALUES) - set(codes):
        assert set(VALUES[place]) == {"True", "False"}


def test_a_copy_without_a_file_that_is_lost_says_so(site: RecordingSite, settings: Settings) -> None:
    (site.store / site.row("old").path).unlink()
    target = io.BytesIO()
    privacy_export.export(
        site.storage,
        site.files,
        FileClips(site.files),
        settings,
        ask(site, settings, RequestKind.COPY),
        target,
        LI,
        NOW,
    )
    with zipfile.ZipFile(target) as copy:
        files = [each["recordings"][0]["file"] for each in json.loads(copy.read("data.json"))["calls"]]
    assert files[0] and files[1] is None


def test_g3_deletion_takes_what_no_rule_keeps_and_nothing_else(site: RecordingSite, settings: Settings) -> None:
    wang = known(site)
    old, new = write(site, "old", wang.id, OLD), write(site, "new", wang.id, NEW)
    with site.storage.writing() as tx:
        case = CaseStore(tx).add(
            ServiceCase(
                "", CaseKind.REQUEST, "王芳要退货", "王芳说", "1001", "1001", OLD, old.id, wang.id, Number(NUMBER)
            ),
            OLD.date(),
        )
        CaseStore(tx).close(case.id or 0, "1001", "王芳同意", OLD + timedelta(hours=1))
    request_id = ask(site, settings, RequestKind.DELETION)
    erased = erase(site, settings, request_id)
    assert erased == privacy_erasure.Erased(
        {"customers": 1, "calls": 1, "records": 1, "cases": 1}, recordings=1, calls_kept=1
    )
    assert site.row("old").state is RecordingState.DELETED and site.row("new").state is RecordingState.READY
    with site.storage.reading() as tx:
        customer = CustomerStore(tx).by_id(wang.id or 0)
        gone, stays = CallStore(tx).get("node1", "old"), CallStore(tx).get("node1", "new")
        form, kept = FormStore(tx).by_id(old.id or 0), FormStore(tx).by_id(new.id or 0)
        register = DeletionStore(tx).of(site.row("old").id or 0)
        assert CustomerStore(tx).of_number(NUMBER) == [] and FormStore(tx).changes(old.id or 0) == []
    assert customer is not None and (customer.name, customer.mail, customer.note, customer.numbers) == ("", "", "", ())
    assert gone is not None and gone.caller.number == "" and "138" not in str(gone)
    assert gone.talk_seconds == 60 and stays is not None and stays.caller.number == NUMBER
    assert form is not None and (form.content, form.caller_name, form.category) == ("", "", "consult")
    assert kept is not None and kept.content == new.content
    assert "退货" not in everything(site) and "王芳说" not in everything(site)
    assert register is not None and register.why.values["request"] == request_id
    assert erase(site, settings, request_id).calls == 0, "doing it again takes nothing more"
    privacy.close(site.storage, request_id, RequestState.DONE, "其余依法保存至2032年", LI, NOW)
    with pytest.raises(Conflict):
        erase(site, settings, request_id)


def test_what_was_of_a_merged_customer_goes_too(site: RecordingSite, settings: Settings) -> None:
    wang, other = known(site), customers.create(site.storage, Customer(name="旧名", note="旧事"), LI, OLD)
    customer_merging.merge(site.storage, wang.id or 0, other.id or 0, LI, OLD)
    erase(site, settings, ask(site, settings, RequestKind.DELETION))
    left = everything(site)
    assert "旧" not in left and "王芳" not in left and "急脾气" not in left
    with pytest.raises(NotFound):
        customer_merging.undo_merge(site.storage, wang.id or 0, other.id or 0, LI, NOW)


@pytest.mark.parametrize("will", [{"do_not_call": True}, {"preferred_way": PreferredWay.NONE}])
def test_e10_who_does_not_want_to_be_called_is_still_not_called(
    site: RecordingSite, settings: Settings, will: dict[str, object]
) -> None:
    known(site, **will)
    assert erase(site, settings, ask(site, settings, RequestKind.DELETION)).numbers_kept
    with site.storage.reading() as tx:
        [left] = CustomerStore(tx).of_number(NUMBER)
    assert left.name == "" and (left.do_not_call or left.preferred_way is PreferredWay.NONE)


def test_e10_of_a_number_that_stays_what_was_written_beside_it_goes(site: RecordingSite, settings: Settings) -> None:
    wang = known(site, do_not_call=True)
    customers.add_number(site.storage, wang.id or 0, "021-55556666 转 12", "女儿家", LI, OLD)
    erase(site, settings, ask(site, settings, RequestKind.DELETION))
    with site.storage.reading() as tx:
        [left] = CustomerStore(tx).of_number(NUMBER)
    assert [(each.extension, each.label) for each in left.numbers] == [("", ""), ("12", "")]


def test_a15_only_a_block_that_holds_stays(site: RecordingSite, settings: Settings) -> None:
    with site.storage.writing() as tx:
        for reason, ends in (("从前骂人", NOW), ("还在骂人", NOW + timedelta(seconds=1))):
            BlocklistStore(tx).add(BlockedNumber(Number(NUMBER), reason, "li", OLD, ends))
    assert erase(site, settings, ask(site, settings, RequestKind.DELETION)).took["blocks"] == 1
    with site.storage.reading() as tx:
        [left] = BlocklistStore(tx).list(NOW)
    assert (left.number, left.reason) == (NUMBER, "还在骂人")
    assert "从前骂人" not in everything(site)


def test_a_callback_of_a_call_that_the_ledger_lost_goes_by_its_own_end(site: RecordingSite, settings: Settings) -> None:
    for linkedid, closed_at in (("lost", OLD), ("lost2", NEW), ("lost3", None)):
        with site.storage.writing() as tx:
            CallbackStore(tx).open(Callback("node1", linkedid, "main", Number(NUMBER), CallbackReason.MISSED, OLD, OLD))
            if closed_at is not None:
                [owed] = (each for each in CallbackStore(tx).list() if each.linkedid == linkedid)
                CallbackStore(tx).close(owed.id or 0, "li", f"回了{linkedid}", closed_at)
    assert erase(site, settings, ask(site, settings, RequestKind.DELETION)).took["callbacks"] == 1
    with site.storage.reading() as tx:
        owed_still = {each.linkedid for each in CallbackStore(tx).list(include_closed=True) if each.number == NUMBER}
    assert owed_still == {"lost2", "lost3"}


def test_whoever_is_owed_a_callback_can_be_called_still_and_goes_once_it_is_long_done(
    site: RecordingSite, settings: Settings
) -> None:
    """E2, G3: what is open keeps the call that it follows from, the number with it; a deletion takes nothing of it."""
    old = Callback("node1", "old", "main", Number(NUMBER), CallbackReason.MISSED, OLD, OLD)
    with site.storage.writing() as tx:
        CallbackStore(tx).open(old)
    assert erase(site, settings, ask(site, settings, RequestKind.DELETION)).took.get("callbacks", 0) == 0
    with site.storage.writing() as tx:
        [owed] = CallbackStore(tx).owed_to(NUMBER)
        assert owed.number == NUMBER and site.row("old").state is RecordingState.READY
        CallbackStore(tx).close(owed.id or 0, "li", "回了", OLD)
    assert erase(site, settings, ask(site, settings, RequestKind.DELETION)).took["callbacks"] == 1
    with site.storage.reading() as tx:
        assert [each.number for each in CallbackStore(tx).list(include_closed=True)] == [""]


def test_a_hold_keeps_from_a_persons_deletion_too(site: RecordingSite, settings: Settings) -> None:
    with site.storage.reading() as tx:
        call_id = CallStore(tx).id_of("node1", "old") or 0
    holds.set_hold(site.storage, call_id, "诉讼", None, LI, NOW)
    assert erase(site, settings, ask(site, settings, RequestKind.DELETION)).calls_kept == 2
    assert site.row("old").state is RecordingState.READY


def test_a_hold_keeps_the_case_of_the_call_too(site: RecordingSite, settings: Settings) -> None:
    """G3: the case's own time is over, but it was opened from the record of a call that must stay."""
    wang = known(site)
    old = write(site, "old", wang.id, OLD)
    with site.storage.writing() as tx:
        case = CaseStore(tx).add(
            ServiceCase(
                "", CaseKind.COMPLAINT, "漏水", "地板泡了", "1001", "1001", OLD, old.id, wang.id, Number(NUMBER)
            ),
            OLD.date(),
        )
        CaseStore(tx).close(case.id or 0, "1001", "已赔", OLD + timedelta(hours=1))
        call_id = CallStore(tx).id_of("node1", "old") or 0
    holds.set_hold(site.storage, call_id, "诉讼", None, LI, NOW)
    assert erase(site, settings, ask(site, settings, RequestKind.DELETION)).took.get("cases", 0) == 0
    assert "地板泡了" in everything(site)


def leave_message(site: RecordingSite, linkedid: str, text: str, number: str = NUMBER, passed_on: bool = True) -> None:
    with site.storage.writing() as tx:
        left = MessageStore(tx).add(
            DirectoryMessage(1, text, "1001", OLD, "node1" if linkedid else "", linkedid, "王芳", Number(number))
        )
        if passed_on:
            MessageStore(tx).pass_on(left.id or 0, "1001", f"已告知{text}", OLD)


def test_g3_messages_left_for_others_are_copied_and_go_with_their_call(site: RecordingSite, settings: Settings) -> None:
    """What was not passed on yet stays, and what was left in a call that the law keeps."""
    for linkedid, text, passed_on in (
        ("old", "想退货", True),
        ("new", "想换货", True),
        ("", "想维修", True),
        ("old", "等回话", False),
    ):
        leave_message(site, linkedid, text, passed_on=passed_on)
    leave_message(site, "", "别人的话", OTHER)
    target = io.BytesIO()
    privacy_export.export(
        site.storage,
        site.files,
        FileClips(site.files),
        settings,
        ask(site, settings, RequestKind.COPY),
        target,
        LI,
        NOW,
    )
    with zipfile.ZipFile(target) as copy:
        texts = {each["text"] for each in json.loads(copy.read("data.json"))["messages"]}
    assert texts == {"想退货", "想换货", "想维修", "等回话"}
    assert erase(site, settings, ask(site, settings, RequestKind.DELETION)).took["messages"] == 2
    left = everything(site)
    assert "想退货" not in left and "想维修" not in left
    assert "想换货" in left and "等回话" in left and "别人的话" in left


def test_who_has_the_same_number_gets_no_others_requests(site: RecordingSite, settings: Settings) -> None:
    """They say how somebody proved who they are."""
    wang, other = known(site), known(site)
    for customer, nobody in ((wang, False), (other, False), (None, True)):
        customer_id = customer.id if customer else None
        request_id = ask(site, settings, RequestKind.COPY, customer_id=customer_id, nobody_known=nobody)
        seen = privacy.look(site.storage, settings, request_id, LI, NOW)
        assert [each.id for each in seen.person.found["requests"]] == [request_id]


def test_another_customers_callbacks_from_the_same_number_are_not_given_out(
    site: RecordingSite, settings: Settings
) -> None:
    """A household's number: what is to be said to one is nothing for the other's copy (E4)."""
    wang, other = known(site), known(site)
    write(site, "new", other.id, NEW)
    with site.storage.writing() as tx:
        CallbackStore(tx).open(Callback("node1", "new", "main", Number(NUMBER), CallbackReason.PROMISED, NEW, NEW))
    for customer, expected in ((wang, 0), (other, 1)):
        request_id = ask(site, settings, RequestKind.COPY, customer_id=customer.id)
        seen = privacy.look(site.storage, settings, request_id, LI, NOW)
        assert len(seen.person.found["callbacks"]) == expected


def test_a_record_that_was_just_changed_is_not_said_to_be_deleted(site: RecordingSite) -> None:
    form = write(site, "old", None, OLD)
    with pytest.raises(Outdated), site.storage.writing() as tx:
        PersonFormStore(tx).forget(replace(form, version=form.version + 7))
    assert "问价" in everything(site)


def test_only_a_deletion_deletes(site: RecordingSite, settings: Settings) -> None:
    known(site)
    with pytest.raises(Refused):
        erase(site, settings, ask(site, settings, RequestKind.COPY))
    assert "王芳" in everything(site)


def test_a_request_is_refused_with_its_reason_once(site: RecordingSite, settings: Settings) -> None:
    request_id = ask(site, settings, RequestKind.CORRECTION)
    with pytest.raises(Refused):
        privacy.close(site.storage, request_id, RequestState.REFUSED, " \n", LI, NOW)
    closed = privacy.close(site.storage, request_id, RequestState.REFUSED, "不是本人", LI, NOW)
    assert (closed.state, closed.answer, closed.closed_by) == (RequestState.REFUSED, "不是本人", "li")
    with pytest.raises(Conflict):
        privacy.close(site.storage, request_id, RequestState.DONE, "x", LI, NOW)


@pytest.mark.parametrize(
    ("number", "customer_id", "asked_by"),
    [("", None, "x"), ("abc", None, "x"), ("13800138000", None, " "), ("13800138000", None, "x" * 201)],
)
def test_a_request_needs_somebody_it_is_about_and_who_asks(
    site: RecordingSite, settings: Settings, number: str, customer_id: int | None, asked_by: str
) -> None:
    with pytest.raises(Refused):
        privacy.take(site.storage, settings, RequestKind.COPY, number, customer_id, asked_by, "", LI, NOW)


def test_requests_are_the_supervisors_business(site: RecordingSite, settings: Settings) -> None:
    request_id = ask(site, settings, RequestKind.COPY)
    examiner = Actor("e", (Role.EXAMINER,), "E")
    with pytest.raises(Forbidden):
        privacy.look(site.storage, settings, request_id, examiner, NOW)
    with pytest.raises(Forbidden):
        privacy_export.export(
            site.storage, site.files, FileClips(site.files), settings, request_id, io.BytesIO(), examiner, NOW
        )
    with pytest.raises(NotFound):
        privacy.look(site.storage, settings, 2**40, LI, NOW)


def test_g3_an_overdue_request_is_an_alert_until_it_is_answered(site: RecordingSite, settings: Settings) -> None:
    request_id = ask(site, settings, RequestKind.COPY)
    edge = at("2029-06-17 00:00:00")
    privacy.watch(site.storage, edge - timedelta(seconds=1))
    assert ("privacy_requests", "") not in site.alerts()
    privacy.watch(site.storage, edge)
    assert site.alerts()["privacy_requests", ""] == "1 not yet answered, the earliest due 2029-06-17 00:00"
    privacy.close(site.storage, request_id, RequestState.DONE, "已寄出", LI, edge)
    assert ("privacy_requests", "") not in site.alerts()
