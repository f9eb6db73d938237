"""What may be done to a case of any kind without leading it to another stage."""

from __future__ import annotations

from hotline.domain.cases.given import (
    CALL,
    CASE,
    CHECK_ITEM,
    CLOCK,
    COMPLEXITY,
    DEMAND,
    DUE_AT,
    LOSS,
    MORE,
    NEXT_WORD_AT,
    NOTE,
    PRIORITY,
    REASON,
    SPREAD,
    TO,
)
from hotline.domain.cases.kind import CaseAct, Words
from hotline.domain.rights.acts import Act

REMARK = "remark"
CONTACT = "contact"
CUSTOMER_ASKS = "customer_asks"
#: They wrote, or heard how it stands, in the time in which they were promised word.
CUSTOMER_SAYS = "customer_says"
WAIT = "wait"
GO_ON = "go_on"
WEIGH = "weigh"
#: An item of the checklist that a grave case begins with (002 二.3) is done.
CHECK_OFF = "check_off"
URGE = "urge"
SUPERVISE = "supervise"
OFFER = "offer"
ACCEPT_OFFER = "accept_offer"
DECLINE_OFFER = "decline_offer"
GIVE = "give"
ASK_EXTENSION = "ask_extension"
GRANT_EXTENSION = "grant_extension"
REFUSE_EXTENSION = "refuse_extension"
DISPUTE = "dispute"
RULE = "rule"
ATTACH_CALL = "attach_call"
DETACH_CALL = "detach_call"
MERGE = "merge"
#: Written to the one in which another goes on.
MERGED_IN = "merged_in"
UNMERGE = "unmerge"


def _act(
    name: str,
    zh: str,
    en: str,
    right: Act,
    needs: tuple[str, ...] = (),
    takes: tuple[str, ...] = (),
    tells: bool = False,
) -> CaseAct:
    return CaseAct(name, Words(zh, en), frozenset(), None, right, needs, takes, tells=tells)


#: Done while it is open; `before` is empty, which means any stage.
COMMON = (
    _act(REMARK, "备注", "Remark", Act.ADD_TO_CASE, (NOTE,)),
    _act(CONTACT, "联系客户", "Customer told", Act.TELL_CUSTOMER, (NOTE,), (CALL, NEXT_WORD_AT), tells=True),
    _act(CUSTOMER_ASKS, "客户来询", "Customer asks first", Act.ADD_TO_CASE, (), (NOTE, CALL, NEXT_WORD_AT)),
    _act(CUSTOMER_SAYS, "客户留言或查询", "Customer wrote or asked", Act.ADD_TO_CASE, (), (NOTE, CALL)),
    _act(WAIT, "等待客户", "Wait for the customer", Act.TELL_CUSTOMER, (REASON,), (CALL,)),
    _act(GO_ON, "继续办理", "Go on", Act.ADD_TO_CASE, (), (NOTE,)),
    _act(WEIGH, "定级", "Weigh", Act.JUDGE_CASE, (DEMAND, LOSS, SPREAD), (PRIORITY, COMPLEXITY)),
    _act(CHECK_OFF, "启动应急事项", "Emergency measure begun", Act.ADD_TO_CASE, (CHECK_ITEM,), (NOTE,)),
    _act(URGE, "催办", "Urge", Act.URGE_CASE, (NOTE,)),
    _act(SUPERVISE, "督办", "Supervise", Act.SUPERVISE_CASE, (NOTE,), (DUE_AT,)),
    _act(OFFER, "移交", "Hand over", Act.HAND_OVER_CASE, (TO, REASON)),
    _act(ACCEPT_OFFER, "接受移交", "Accept the hand-over", Act.TAKE_CASE),
    _act(DECLINE_OFFER, "拒绝移交", "Decline the hand-over", Act.TAKE_CASE, (REASON,)),
    _act(GIVE, "指派负责人", "Give to somebody", Act.GIVE_CASE, (TO,), (REASON,)),
    _act(ASK_EXTENSION, "申请延期", "Ask for an extension", Act.ASK_EXTENSION, (CLOCK, MORE, REASON)),
    _act(GRANT_EXTENSION, "批准延期", "Grant the extension", Act.EXTEND_CASE, (), (NOTE,)),
    _act(REFUSE_EXTENSION, "不予延期", "Refuse the extension", Act.EXTEND_CASE, (REASON,)),
    _act(DISPUTE, "提请裁决", "Dispute", Act.WORK_ON_CASE, (REASON,)),
    _act(RULE, "裁决", "Rule", Act.RULE_CASE, ("department", REASON)),
    _act(ATTACH_CALL, "关联通话", "Attach a call", Act.ADD_TO_CASE, (CALL,)),
    _act(DETACH_CALL, "取消关联通话", "Detach a call", Act.ADD_TO_CASE, (CALL, REASON)),
    _act(MERGE, "并单", "Merge", Act.MERGE_CASES, (CASE, REASON)),
    _act(UNMERGE, "撤销并单", "Undo the merge", Act.MERGE_CASES, (REASON,)),
)

_BY_ID = {each.id: each for each in COMMON}


def common_act(act_id: str) -> CaseAct | None:
    return _BY_ID.get(act_id)
