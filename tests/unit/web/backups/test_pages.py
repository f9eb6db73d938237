"""The pages of backups and jobs (E4, F8): what people see, ask for, and are refused."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from hotline.bootstrap.jobs import make_jobs
from hotline.domain.job_runs.outcome import JobOutcome
from hotline.domain.people import Role
from hotline.domain.reasons import because, several
from hotline.services.backups import making
from hotline.services.backups.place import Place
from hotline.services.job_runs.book import JobBook
from hotline.services.sign_in.outside import expect
from tests.support.web import NOW, PASSWORD, Web, a_web, csrf_of, post, sign_in
from tests.unit.web.accounts.test_second_factor_pages import set_up


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    return a_web(tmp_path_factory.mktemp("backups"))


def place_of(site: Web) -> Place:
    return Place(site.hotline.home, site.hotline.storage, site.hotline.in_force, site.hotline.secrets)


def work(site: Web) -> None:
    [job] = [each for each in make_jobs(site.hotline) if each.name == "backups"]
    job.run(NOW)


def test_a_backup_is_asked_for_fetched_and_brought_back(site: Web) -> None:
    chen = site.signed_in(Role.ADMINISTRATOR, username="chen")
    assert "还没有备份" in chen.get("/admin/backups").text
    assert post(chen, "/admin/backups").status_code == 302
    waiting = chen.get("/admin/backups").text
    assert "等待处理" in waiting and 'hx-trigger="every 5s"' in waiting
    post(chen, "/admin/backups")
    assert "备份任务正在进行" in chen.get("/admin/backups").text
    looks = site.audit()
    part = chen.get("/admin/backups", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="backups"') and site.audit() == looks
    work(site)
    done = chen.get("/admin/backups").text
    assert "演练确认完好" in done and "every 5s" not in done
    name, _of_the_night = sorted(each.name for each in site.hotline.home.backups.iterdir())
    place = f"/admin/backups/{name}/file"
    for wrong_one, told in (("", "请输入密码"), ("not mine", "当前密码不正确")):
        refused = post(chen, place, place, password=wrong_one)
        assert refused.status_code == 422 and told in refused.text and "not mine" not in refused.text
    assert not any(action == "backup.fetch" for _who, action, _object in site.audit())
    fetched = post(chen, place, place, password=PASSWORD)
    assert fetched.headers["Cache-Control"] == "no-store"
    content = fetched.data
    fetched.close()
    assert ("chen", "backup.fetch", f"backup:{name}") in site.audit()
    asking = chen.get(f"/admin/backups/{name}/restore").text
    company = site.hotline.settings.site.company
    assert company in asking and "须重新办理" in asking
    wrong = post(chen, f"/admin/backups/{name}/restore", site="<b>another</b>")
    assert wrong.status_code == 200 and "请完整输入所示的公司名称" in wrong.text
    assert "&lt;b&gt;another&lt;/b&gt;" in wrong.text and "<b>another" not in wrong.text
    site.add_user("lost", Role.OPERATOR)
    assert post(chen, f"/admin/backups/{name}/restore", site=company).status_code == 302
    work(site)
    back = chen.get("/admin/backups").text
    assert "恢复前自动备份" in back and "恢复" in back
    token = csrf_of(chen.get("/admin/backups"))
    again = chen.post(
        "/admin/backups/upload",
        data={"csrf_token": token, "file": (io.BytesIO(content), "x.tar")},
        content_type="multipart/form-data",
    )
    assert again.status_code == 302 and again.location.endswith("-uploaded.tar/restore")


def test_e4_whoever_has_no_password_here_shows_a_code(tmp_path: Path) -> None:
    """Of a second factor from before this session: whoever finds a browser open sets one up in it."""
    site = a_web(tmp_path)
    wei = site.signed_in(Role.ADMINISTRATOR, username="wei")
    expect(site.hotline.storage, "wei", "https://login.example.com", "subject-1", "root", site.now)
    place = f"/admin/backups/{making.make(place_of(site), 'wei', site.now)}/file"
    assert "两步验证" in wei.get(place).text
    secret, _codes = set_up(site, wei)
    site.clock.advance(minutes=2)
    early = post(wei, place, place, password=pyotp.TOTP(secret).at(site.now))
    assert early.status_code == 422 and "本次登录之前" in early.text
    site.clock.advance(minutes=2)
    again = site.client()
    sign_in(again, "wei", PASSWORD)
    assert (
        post(again, "/sign-in/code", form_page="/sign-in/code", code=pyotp.TOTP(secret).at(site.now)).status_code == 302
    )
    site.clock.advance(minutes=2)
    wrong = post(again, place, place, password="000000")
    assert wrong.status_code == 422 and not any(action == "backup.fetch" for _who, action, _object in site.audit())
    code = pyotp.TOTP(secret).at(site.now)
    fetched = post(again, place, place, password=code)
    assert fetched.status_code == 200 and fetched.mimetype == "application/x-tar"
    fetched.close()
    assert post(again, place, place, password=code).status_code == 422, "a code counts once"


def test_e4_a_code_is_no_password_of_somebody_who_has_one(tmp_path: Path) -> None:
    site = a_web(tmp_path)
    chen = site.signed_in(Role.ADMINISTRATOR, username="chen")
    place = f"/admin/backups/{making.make(place_of(site), 'chen', site.now)}/file"
    secret, _codes = set_up(site, chen)
    site.clock.advance(minutes=2)
    again = site.client()
    sign_in(again, "chen", PASSWORD)
    post(again, "/sign-in/code", form_page="/sign-in/code", code=pyotp.TOTP(secret).at(site.now))
    site.clock.advance(minutes=2)
    refused = post(again, place, place, password=pyotp.TOTP(secret).at(site.now))
    assert refused.status_code == 422 and "当前密码不正确" in refused.text


@pytest.mark.parametrize("content", [b"", b"\x00" * 3000, b"PK\x03\x04 no tar"])
def test_hostile_uploads(site: Web, content: bytes) -> None:
    chen = site.signed_in(Role.ADMINISTRATOR, username=f"up{len(content)}")
    data = {"csrf_token": csrf_of(chen.get("/admin/backups")), "file": (io.BytesIO(content), "../../x.tar")}
    answer = chen.post("/admin/backups/upload", data=data, content_type="multipart/form-data")
    assert answer.status_code == 302 and "这不是热线的备份文件" in chen.get("/admin/backups").text


@pytest.mark.parametrize("name", ["hotline.db", "..%2Fsecrets.toml", "hotline-20200101-000000.tar", "%00", "x" * 500])
def test_only_backups_are_given_out(site: Web, name: str) -> None:
    chen = site.signed_in(Role.ADMINISTRATOR, username=f"names{len(name)}")
    assert chen.get(f"/admin/backups/{name}/file").status_code == 404
    assert chen.get(f"/admin/backups/{name}/restore").status_code in (302, 404)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR, Role.OPERATOR])
def test_others_see_no_backup(site: Web, role: Role) -> None:
    client = site.signed_in(role, username=f"b{role.value}")
    assert client.get("/admin/backups").status_code == 403
    assert client.get("/admin/backups/hotline-20200101-000000.tar/file").status_code == 403


def test_what_a_job_did_is_said_in_the_readers_language(site: Web) -> None:
    book = JobBook(site.hotline.storage, patience=0)
    book.begin({"cases": 60, "leaving": 5}, NOW)
    book.keep(JobOutcome("cases", NOW, NOW, said=because("cases.went_up", n=3)))
    gone = because("hiring.have_left", operators=["1002 <b>"])
    out = because("hiring.signed_out", places=["service 1003"])
    book.keep(JobOutcome("leaving", NOW, NOW, said=several(gone, out)))
    chen = site.signed_in(Role.ADMINISTRATOR, username="readers")
    page = chen.get("/admin/jobs").text
    assert "升级工单 3 件" in page and "已离职：1002 &lt;b&gt;" in page and "cases.went_up" not in page
    assert "升级工单 3 件" in chen.get("/admin/jobs/cases").text
    assert "已失去权限，签出队列：service 1003" in chen.get("/admin/jobs/leaving").text
    chen.set_cookie("language", "en")
    assert "Cases sent up: 3" in chen.get("/admin/jobs").text
    assert "Have left: 1002" in chen.get("/admin/jobs/leaving").text


def test_jobs_are_seen_and_run(site: Web) -> None:
    book = JobBook(site.hotline.storage)
    book.begin({"sms": 15, "no_words<b>": 60}, NOW)
    book.still_running("sms", NOW - timedelta(hours=2))
    chen = site.signed_in(Role.ADMINISTRATOR, username="jobs")
    page = chen.get("/admin/jobs").text
    assert "发送短信" in page and "卡住" in page and "no_words&lt;b&gt;" in page
    assert post(chen, "/admin/jobs/sms/run", "/admin/jobs").status_code == 302
    assert "待运行" in chen.get("/admin/jobs").text
    assert ("jobs", "job.run", "job:sms") in site.audit()
    assert "进行中" in chen.get("/admin/jobs/sms").text
    assert chen.get("/admin/jobs/none").status_code == 404
    assert chen.get("/admin/jobs/sms?page=-1").status_code in (200, 400, 404)
    li = site.signed_in(Role.SUPERVISOR, username="lijobs")
    assert "立即运行" not in li.get("/admin/jobs").text
    assert li.post("/admin/jobs/sms/run").status_code in (400, 403)
