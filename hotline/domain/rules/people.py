"""F: reports, appraisal, people."""

from __future__ import annotations

from hotline.domain.rules.make import rule
from hotline.domain.rules.rule import Regulation as R

RULES = (
    rule(
        "F1",
        "E",
        "日报、周报、月报",
        "Daily, weekly and monthly reports",
        (R.GROUP_400, "三.3"),
        (R.DUTIES, "五.4、六.6"),
        (R.SERVICE_3, "四"),
        (R.SERVICE_5, "五.1"),
        said="负责做好工作日志、周报、月报，及时反馈信息的统计、分析和汇报。",
        figure=("周报周五 12:00 前", "the weekly one by Friday 12:00"),
        ours=True,
    ),
    rule(
        "F2",
        "E",
        "每月分发通话明细",
        "Call details are given out monthly",
        (R.BUSINESS_PHONES, "11"),
        said="公司每月均会定期分发通话记录明细，员工应认真核对并妥善保存。",
        by="services.calls.ledger.export_calls",
    ),
    rule(
        "F3",
        "EM",
        "每月考核评分",
        "A monthly score of 100",
        (R.KPI, ""),
        said="当月考评分得分≧90分的DCC团队才能入围评选电网销达人奖。数据刻意隐瞒弄虚作假零分，交集团处理。",
        figure=("90、80、70、60 分", "90, 80, 70, 60 points"),
        settings="appraisal",
        given="appraisal.award_from appraisal.awards appraisal.low_at appraisal.low_months appraisal.low_fine"
        " appraisal.bad_at appraisal.bad_fine appraisal.worst_at appraisal.worst_fine",
        by="services.appraisal.cards.month_cards",
    ),
    rule(
        "F4",
        "M",
        "重复投诉加倍处罚",
        "Penalties double on a repeated complaint",
        (R.COMPLAINTS, "一.3、一.4、二.1"),
        (R.SERVICE_5, "三.5"),
        said="由于投诉处理不得当，造成客户二次进行投诉，按照投诉处理细则给予双倍负激励。",
        figure=(
            "30 元，第二次翻倍，第三次开除；媒体 10 万元；派单不响应 20 万元",
            "30 yuan, then twice, then dismissal; media 100,000 yuan; unanswered dispatch 200,000",
        ),
        settings="breaches.service_complaint_yuan breaches.service_complaint_dismissal breaches.public_complaint_yuan"
        " breaches.unanswered_dispatch_yuan breaches.again_days",
        given="breaches.service_complaint_yuan breaches.service_complaint_dismissal breaches.public_complaint_yuan"
        " breaches.unanswered_dispatch_yuan",
        by="domain.breaches.breach.weighed",
    ),
    rule(
        "F5",
        "EW",
        "服务与监督两条线",
        "Service and supervision are separate",
        (R.SERVICE_3, "一"),
        said="实现服务、监督两条线管理，业务部每月对技术服务执行部门的服务受理、主动维护情景等各项服务工作进行考核，月底编制《服务监督报告》并上报公司总经理。",
        by="domain.examination.sample.may_examine domain.rights.hearing.may_hear",
    ),
    rule(
        "F6",
        "WE",
        "排班、交接、换班",
        "Shifts, hand-over and swaps",
        (R.SERVICE_5, "四"),
        said="上下班时，必须做好交接工作、交接本记录。原则上允许换班，换班需提前向店长报备。每月换班不得超过2次。",
        figure=("每月最多换班 2 次", "no more than 2 swaps a month"),
        settings="shifts.swaps_a_month handover.due_minutes adherence.grace_minutes adherence.empty_consequence"
        " breaches.empty_shift_yuan breaches.botched_swap_yuan",
        given="adherence.empty_consequence breaches.empty_shift_yuan breaches.botched_swap_yuan",
        by="services.shifts.swap_rules.problems services.handover.handover.hand_over"
        " services.adherence.watching.find_missed_starts",
    ),
    rule(
        "F7",
        "M",
        "月度评估",
        "The month's assessment",
        (R.AFTER_SALES, "四.1"),
        said="每月对售后服务进行一次全面评估，确保服务质量达到既定标准。",
    ),
    rule(
        "F8",
        "E",
        "使用记录备查",
        "Use records are kept for examination",
        (R.OFFICE_PHONES, "10"),
        said="办公电话的使用记录必须保存一段时间，以备审查或调查需要。",
        by="services.looks.note_look",
    ),
    rule(
        "F9",
        "W",
        "培训和话术随手可得",
        "Training and the phrases are at hand",
        (R.HOTLINE_USE, "附表二"),
        (R.TERMS_400, "二.3"),
        said="对400电话客服人员进行专业培训，提升服务技能和沟通能力，确保服务水平。",
    ),
    rule(
        "F10",
        "M",
        "收集客户意见和有效处理率",
        "Customer opinions are collected, and the share handled is known",
        (R.AFTER_SALES, "四.2"),
        said="监控体系还设立了一个专门的客户服务热线，用于收集和处理客户的意见和建议。",
        by="services.satisfaction.handled.opinions_handled",
    ),
    rule(
        "F11",
        "WE",
        "先培训考核再上岗",
        "People are trained and tested before they serve",
        (R.AFTER_SALES, "三.1、四.3"),
        (R.SERVICE_5, "四.2、五.2"),
        (R.TERMS_400, "二.3"),
        said="售后服务人员规范要求所有员工必须通过专业培训，掌握产品知识和服务技巧。",
        settings="trainings.needed_to_be_ready trainings.runs_out_days",
        by="services.ready_guard.require_may_be_ready services.bulletins.bulletins.post",
    ),
    rule(
        "F12",
        "WEM",
        "违规登记，离职交还",
        "Breaches are listed; who leaves hands over",
        (R.BUSINESS_PHONES, "11、12、14"),
        said="离职员工需将公司业务电话交还公司，并清除所有通话记录和个人信息。",
        settings="breaches.often breaches.often_days breaches.kept_days",
        by="services.breaches.declaring.declare services.scheduled_reports.confirming.answer_details"
        " services.hiring.leaving.leave",
    ),
)
