"""What stands in the tables of a report, in both languages: the same on the page, in the workbook and on paper."""

from __future__ import annotations

from hotline.domain.floor.figures import CountsAs
from hotline.domain.rules.rule import Text
from hotline.domain.scheduled_reports.schedule import ReportKind

KINDS: dict[ReportKind, Text] = {
    ReportKind.DAILY: Text("每日台账", "Daily ledger"),
    ReportKind.WEEKLY: Text("周报", "Weekly report"),
    ReportKind.PERSON_WEEK: Text("个人周报", "A person's week"),
    ReportKind.MONTHLY: Text("月报", "Monthly report"),
    ReportKind.CALL_DETAILS: Text("通话明细", "Call details"),
    ReportKind.PROBLEMS: Text("产品问题通报", "Problems by product"),
}

FIGURES = Text("指标", "Figures")
FIGURE_HEADER = (Text("指标", "Figure"), Text("数值", "Value"), Text("样本数", "Of"))
CALLS = Text("通话", "Calls")
CALL_HEADER = (
    Text("时间", "Time"),
    Text("方向", "Direction"),
    Text("号码", "Number"),
    Text("结果", "Outcome"),
    Text("接听人", "Taken by"),
    Text("通话时长", "Talk"),
    Text("分类", "Subject"),
    Text("来电人", "Caller"),
    Text("内容", "Content"),
    Text("处理", "Handling"),
    Text("承诺", "Promise"),
    Text("已解决", "Solved"),
)
DETAIL_HEADER = (*CALL_HEADER[:4], Text("等待", "Wait"), CALL_HEADER[5])
OPEN = Text("未结事项", "Open matters")
OPEN_HEADER = (
    Text("事项", "Matter"),
    Text("编号", "Number"),
    Text("时间", "Time"),
    Text("责任人", "Whose"),
    Text("期限", "Due"),
)
MATTERS: dict[str, Text] = {
    "records": Text("未填写的记录（B1）", "Record to be written (B1)"),
    "answers": Text("待答复（B5）", "Answer owed (B5)"),
    "promises": Text("待履行的承诺（B6）", "Promise to be kept (B6)"),
    "callbacks": Text("待回电（A9）", "Callback owed (A9)"),
    "cases": Text("未结工单（D1）", "Open case (D1)"),
}
PROBLEMS = Text("问题", "Problems")
PROBLEM_HEADER = (
    Text("产品", "Product"),
    Text("分类", "Subject"),
    Text("记录数", "Records"),
    Text("其中投诉", "Of them complaints"),
)
OWN_WORDS = Text("本人总结", "In their own words")
OWN_HEADER = (Text("项目", "What"), Text("内容", "Words"))
OWN_PARTS = {"work": Text("工作", "Work"), "problems": Text("问题", "Problems"), "better": Text("改进", "To be better")}

INCOMING, DIALLED = Text("呼入", "Incoming"), Text("呼出", "Dialled by us")
YES, NO = Text("是", "Yes"), Text("否", "No")

OUTCOMES: dict[str, Text] = {
    CountsAs.MENU: Text("菜单中", "In the menu"),
    CountsAs.WAITING: Text("等待中", "Waiting"),
    CountsAs.ANSWERED: Text("已接通", "Answered"),
    CountsAs.LEFT_IVR: Text("菜单中放弃", "Left in the menu"),
    CountsAs.LEFT_QUEUE: Text("排队中放弃", "Left in the queue"),
    CountsAs.LEFT_RINGING: Text("振铃时放弃", "Left while it rang"),
    CountsAs.UNANSWERED: Text("无人接听", "Not answered"),
    CountsAs.CALLBACK: Text("要求回电", "Asked to be called back"),
    CountsAs.VOICEMAIL: Text("留言", "Left a message"),
    CountsAs.SELF_SERVED: Text("自助完成", "Served by the menu"),
    CountsAs.FAILED: Text("系统中断", "Broken off by us"),
    "": Text("未接通", "Not reached"),
}
REACHED = Text("已接通", "Reached")


def said(text: Text, language: str) -> str:
    """In this language: "zh", else English."""
    return text.zh if language == "zh" else text.en
