"""What a kind of table holds: its fields, and the words by which their headings are known. One list for all tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

#: Headings as offices write them, English first. Blanks, marks and what stands in brackets do not count.
PHONE = (
    "number",
    "numbers",
    "phone",
    "mobile",
    "tel",
    "telephone",
    "phone number",
    "mobile number",
    "cell phone",
    "电话",
    "手机",
    "号码",
    "电话号码",
    "手机号码",
    "手机号",
    "联系电话",
    "联系方式",
    "联系手机",
    "联系号码",
    "移动电话",
    "固定电话",
    "固话",
    "座机",
    "座机号码",
    "办公电话",
    "单位电话",
    "公司电话",
    "家庭电话",
    "住宅电话",
    "值班电话",
    "值班手机",
    "来电号码",
    "主叫号码",
    "電話",
    "手機",
    "號碼",
    "電話號碼",
    "手機號碼",
    "聯絡電話",
    "聯繫電話",
)
NAME = ("name", "full name", "姓名", "名字", "人员", "人员姓名", "联系人", "联系人姓名")
CUSTOMER = (
    *NAME,
    "contact",
    "customer",
    "customer name",
    "客户",
    "客户名称",
    "客户姓名",
    "顾客",
    "顾客姓名",
    "用户姓名",
    "客戶",
    "客戶姓名",
    "聯絡人",
)
PERSON = (*NAME, "person", "值班人", "值班人员", "值班员", "值班", "值班者", "值班人姓名", "值班員")
EMPLOYEE = (*NAME, "员工", "员工姓名", "负责人", "同事", "職員")
COMPANY = (
    "company",
    "company name",
    "organisation",
    "organization",
    "公司",
    "单位",
    "公司名称",
    "单位名称",
    "企业",
    "企业名称",
    "工作单位",
    "所属公司",
    "公司名",
    "公司名稱",
    "單位",
)
REGION = ("region", "area", "地区", "省市", "区域", "省份", "城市", "所在地", "所在地区", "归属地", "地區")
REGIONS = (*REGION, "regions", "负责地区", "负责区域", "服务地区", "服务区域")
ADDRESS = ("address", "地址", "联系地址", "通讯地址", "详细地址", "住址", "公司地址", "单位地址")
MAIL = (
    "mail",
    "email",
    "e-mail",
    "email address",
    "邮箱",
    "电子邮箱",
    "电子邮件",
    "邮箱地址",
    "邮件",
    "电邮",
    "郵箱",
    "電子郵件",
)
NOTE = ("note", "notes", "remark", "remarks", "comment", "备注", "说明", "附注", "备注信息", "備註", "备考")
WAY = ("preferred_way", "preferred way", "回访方式")
LEVEL = ("level", "customer level", "客户级别", "级别", "客户等级", "等级")
DO_NOT_CALL = ("do_not_call", "do not call", "不再去电", "免打扰", "勿扰", "勿打", "请勿来电")
EXTENSION = ("extension", "ext", "分机", "分机号", "工号")
DEPARTMENT = ("department", "部门", "所属部门", "科室", "部門")
JOB = ("job_title", "job title", "position", "title", "职务", "岗位", "职位", "职称", "職務")
SUBJECTS = ("subjects", "subject", "业务", "负责业务", "事项", "负责事项", "业务范围", "負責業務")
ACTIVE = ("active", "在用", "启用", "是否启用", "是否在用", "接听")
DATE = ("date", "day", "日期", "值班日期", "日子")
SPAN = ("time", "hours", "shift", "时间", "时段", "值班时间", "值班时段", "班次时间", "起止时间", "时间段", "時間")
START = (
    "starts_at",
    "from",
    "start",
    "start time",
    "begin",
    "开始",
    "开始时间",
    "起始时间",
    "上班时间",
    "起",
    "開始時間",
)
END = ("ends_at", "to", "end", "end time", "until", "结束", "结束时间", "截止时间", "下班时间", "止", "結束時間")
LINES = ("lines", "line", "线路", "所属线路", "值班线路", "热线", "热线号码", "線路")
BACKUPS = ("backups", "backup", "备用", "备班", "备班人", "备用人员", "備班")

#: Running numbers: they say nothing of a row, so their column is left out.
RUNNING = ("no", "serial", "index", "序号", "行号", "序號")

#: Mapped to this, a column is left out, expressly.
LEFT_OUT = "-"

_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_PASSED_OVER = re.compile(r"[\s_\-*:.、#]+")


class Kind(Enum):
    """How the cells of a field are made plain: a number and a time bear marks that spreadsheets put there."""

    TEXT = auto()
    PHONE = auto()
    TIME = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """`words`: headings by which it is known. `several`: more than one column may hold it."""

    words: tuple[str, ...]
    kind: Kind = Kind.TEXT
    several: bool = False


@dataclass(frozen=True)
class Shape:
    """`needs`: of each group of fields, one column at least. `most`: rows."""

    fields: Mapping[str, Field]
    needs: tuple[tuple[str, ...], ...]
    most: int

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        named = {key(word): name for name, field in self.fields.items() for word in (name, *field.words)}
        return {**{key(word): LEFT_OUT for word in RUNNING}, **named}

    def field_of(self, heading: str) -> str:
        """The field that a heading means, LEFT_OUT for running numbers; "" for none."""
        return self._by_key.get(key(heading), "") or self._by_key.get(key(_BRACKETS.sub("", heading)), "")

    def expected(self) -> str:
        """The headings, for people: each field once, in Chinese where it has a Chinese word."""
        return "、".join(self.headings(chinese=True))

    def headings(self, chinese: bool) -> tuple[str, ...]:
        """Each field's first word in that language, its name where it has none."""
        return tuple(
            next((word for word in field.words if word.isascii() is not chinese), name)
            for name, field in self.fields.items()
        )


def key(heading: str) -> str:
    """What two writings of a heading share: no invisible marks, blanks, stars or colons, and small letters."""
    wide = unicodedata.normalize("NFKC", heading[:200])
    seen = "".join(c for c in wide if unicodedata.category(c) not in ("Cf", "Cc"))
    return _PASSED_OVER.sub("", seen).casefold()
