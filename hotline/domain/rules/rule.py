"""What is known of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Regulation(StrEnum):
    """Where a rule stands, as people call it."""

    SERVICE_PLEDGE = "客户服务规范及保证书"
    SERVICE_PLEDGE_1 = "客户服务规范及保证书（1）"
    DUTIES = "客服工作职责"
    SERVICE_2 = "客户服务管理制度（第二篇）"
    SERVICE_3 = "客户服务管理制度（第三篇）"
    SERVICE_5 = "客户服务管理制度（第五篇）"
    AFTER_SALES = "家用电器售后服务标准与操作流程"
    HOTLINE_USE = "400客服热线使用管理规定"
    OFFICE_PHONES = "办公电话管理规定"
    ETIQUETTE = "400接线礼节用语"
    HOTLINE_DETAIL = "400热线操作细则"
    COMPANY_400 = "企业400客户服务电话使用管理制度"
    TERMS_400 = "400电话管理制度术语"
    BUSINESS_PHONES = "业务电话使用管理制度"
    MARKETING_DEPARTMENT = "市场事业部对内联络管理规范细则"
    KPI = "DCC KPI考核方案"
    TELEMARKETING = "电话营销管理规章制度"
    GROUP_400 = "公司400电话管理规定"
    VISITS = "客户回访管理规定（试行版）"
    NATIONAL_400 = "公司全国400客户服务电话使用管理制度"
    COMPLAINTS = "客户投诉处理管理规定"
    DETAIL_400 = "紫金400电话管理细则"
    PIPL = "个人信息保护法"
    PCI_DSS = "PCI DSS"
    GOVERNMENT_HOTLINES = "GB/T 33358-2016"
    CUSTOM = "行业惯例"


class Kind(StrEnum):
    """What the system does about a rule."""

    ENFORCED = "E"
    MEASURED = "M"
    WORKED = "W"  # a form, a list or a report through which people do it


@dataclass(frozen=True, slots=True)
class Text:
    """In both languages of the product."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """`clause`: chapter and number within the regulation."""

    regulation: Regulation
    clause: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`sentence`: the regulation's own words; "" where the rule is ours or a norm's. `figure`: by what it is decided
    where no setting says otherwise; `ours`: that figure is chosen here, and pages never quote a regulation for it.
    `settings`: which keys hold the figure, and `by_regulation` those of them whose
    usual value stands in the regulation or norm. `decided_by`: the functions that enforce or measure it, by their full
    names; () where people do."""

    id: str
    kinds: frozenset[Kind]
    title: Text
    sources: tuple[Source, ...]
    sentence: str = ""
    figure: Text | None = None
    ours: bool = False
    settings: tuple[str, ...] = ()
    by_regulation: frozenset[str] = frozenset()
    decided_by: tuple[str, ...] = ()

    @property
    def chapter(self) -> str:
        """The letter of its id."""
        return self.id[0]

    @property
    def number(self) -> int:
        return int(self.id[1:])
