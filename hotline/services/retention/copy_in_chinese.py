"""G3: the tables of a person's copy as a Chinese reader has them; data.json keeps its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hotline.settings import Settings

HEADINGS = {
    "address": "地址",
    "answer": "答复",
    "answered by": "接听人",
    "answered_at": "接通时间",
    "asked_at": "申请时间",
    "asked_by": "申请人",
    "at": "时间",
    "began": "开始时间",
    "call": "通话编号",
    "callback_number": "回电号码",
    "called_at": "来电时间",
    "caller_name": "来电人姓名",
    "caller_number": "来电号码",
    "category": "业务分类",
    "closed": "办结时间",
    "closed_at": "办结时间",
    "company": "单位",
    "complaint": "是否投诉",
    "consent_at": "同意时间",
    "content": "内容",
    "created_at": "建立时间",
    "decided_at": "审批时间",
    "decision": "审批结果",
    "do_not_call": "不得回访",
    "due": "期限",
    "due_at": "期限",
    "ended": "结束时间",
    "extensions and labels": "分机与备注",
    "further": "其他字段",
    "granted": "是否批准",
    "handling": "处理情况",
    "kept until": "保存至",
    "kind": "类型",
    "left": "留言时间",
    "level": "客户等级",
    "lifted": "解除时间",
    "lifted_at": "解除时间",
    "mail": "电子邮箱",
    "name": "姓名或名称",
    "name as sent": "来电显示姓名",
    "note": "备注",
    "number": "号码",
    "number as sent": "来电显示号码",
    "number to call back": "要求回电的号码",
    "number withheld": "是否隐藏号码",
    "numbers": "号码",
    "opened_at": "建立时间",
    "outcome": "结果",
    "parameters": "短信参数",
    "passed on": "转达时间",
    "preferred_way": "希望的联系方式",
    "promise": "承诺事项",
    "promise_due_at": "承诺期限",
    "reason": "原因",
    "region": "地区",
    "result": "处理结果",
    "sent_at": "发送时间",
    "set_at": "设置时间",
    "sha256": "SHA-256",
    "since": "开始时间",
    "size_bytes": "大小（字节）",
    "solved": "是否解决",
    "state": "状态",
    "talk seconds": "通话时长（秒）",
    "template": "短信模板",
    "text": "内容",
    "title": "标题",
    "to": "转接对象",
    "tries": "回电经过",
    "type": "文件类型",
    "until": "截止时间",
    "updated_at": "更新时间",
    "used_at": "使用时间",
}

_YES_NO = {"True": "是", "False": "否"}

#: Of columns that hold codes, by table and heading.
VALUES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("customers", "preferred_way"): {"phone": "电话", "sms": "短信", "mail": "电子邮件", "none": "未指定"},
    ("customers", "do_not_call"): _YES_NO,
    ("calls", "outcome"): {
        "answered": "已接听",
        "forwarded_answered": "值班手机接听",
        "voicemail": "语音留言",
        "callback_requested": "预约回电",
        "abandoned_ivr": "菜单中挂断",
        "abandoned_queue": "排队中放弃",
        "no_answer": "无人接听",
        "forwarded_unanswered": "值班手机未接",
        "blocked": "已拦截",
        "failed": "失败",
    },
    ("calls", "number withheld"): _YES_NO,
    ("records", "solved"): _YES_NO,
    ("records", "complaint"): _YES_NO,
    ("cases", "kind"): {"complaint": "投诉", "request": "诉求"},
    ("cases", "state"): {"open": "处理中", "closed": "已办结"},
    ("dials", "outcome"): {
        "operator_gone": "坐席话机未接",
        "trunk_down": "回拨中继中断",
        "congested": "线路全忙",
        "invalid": "空号",
        "unreachable": "关机或不在服务区",
        "busy": "占线",
        "no_answer": "无人接听",
        "declined": "拒接",
        "wrong_number": "打错（非本人）",
        "machine": "语音信箱或机器应答",
        "cancelled": "接通前挂断",
        "reached": "已接通",
    },
    ("dial_approvals", "granted"): _YES_NO,
    ("text_messages", "state"): {
        "waiting": "等待发送",
        "sending": "发送中",
        "sent": "已提交",
        "delivered": "已送达",
        "undelivered": "未送达",
        "failed": "失败",
        "unclear": "是否发出不明",
        "held_back": "未发送",
    },
    ("block_requests", "decision"): {"approved": "同意", "refused": "不同意"},
    ("requests", "kind"): {"copy": "查阅、复制", "correction": "更正", "deletion": "删除"},
    ("requests", "state"): {"open": "处理中", "done": "已办结", "refused": "已拒绝"},
}


def in_chinese(
    part: str, header: Sequence[str], lines: Sequence[Sequence[str]], settings: Settings
) -> tuple[list[str], list[list[str]]]:
    """The table of this part with Chinese headings, and values for codes; what people wrote stays as it is."""
    categories = {code: category.name for code, category in settings.categories.items()}
    said = [categories if (part, each) == ("records", "category") else VALUES.get((part, each), {}) for each in header]
    return (
        [HEADINGS.get(each, each) for each in header],
        [[words.get(cell, cell) for words, cell in zip(said, line, strict=True)] for line in lines],
    )
