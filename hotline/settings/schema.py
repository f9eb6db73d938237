"""The typed shape of config/hotline.toml. Meaning, unit and rule of each key stand in that file, beside the default.

Unknown keys, wrong types and references to what does not exist (a menu, a queue, an operator) are refused.
Whether a prompt exists is checked where the prompts are known (`greetings`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from hotline.domain.numbers import dialled_forms
from hotline.settings.appraisal import AppraisalSettings, BreachSettings
from hotline.settings.attachments import AttachmentSettings
from hotline.settings.backups import BackupSettings
from hotline.settings.base import Extension, Identifier, Section, UnitId
from hotline.settings.calls import (
    BlocklistSettings,
    CallbackSettings,
    LineSettings,
    LineTestSettings,
    LostPhoneSettings,
    Menu,
    Numbers,
    Operator,
    Queue,
    ReturningCaller,
    Voicemail,
)
from hotline.settings.case_links import CaseLinkSettings
from hotline.settings.cases import CaseSettings
from hotline.settings.change import ChangeSettings
from hotline.settings.console import Category, Console, FloorSettings, FormSettings
from hotline.settings.customers import CustomerSettings
from hotline.settings.deadlines import Deadlines
from hotline.settings.dialling import DiallingSettings
from hotline.settings.hours import Calendar, DepartmentSettings, Duty, HoursSettings, RosterEntry
from hotline.settings.notifications import Mail, NoticeSettings
from hotline.settings.people import (
    AdherenceSettings,
    BulletinSettings,
    HandoverSettings,
    StaffingSettings,
    TrainingSettings,
)
from hotline.settings.projects import CampaignSettings, OwnerSettings, ProjectSettings
from hotline.settings.quality import ExaminationSettings, Speech
from hotline.settings.reports import ReportsSettings
from hotline.settings.rule_limits import RuleLimit
from hotline.settings.rules import RulesSection
from hotline.settings.satisfaction import SatisfactionSettings
from hotline.settings.services import AsteriskSettings, Database, Listen, Log, Site, Web
from hotline.settings.shifts import ShiftSettings
from hotline.settings.sign_in import SignInSettings
from hotline.settings.sip import CallbackTrunk, Carrier, Phones, ShutOut, Tls, Trunk
from hotline.settings.sms import SmsSettings
from hotline.settings.spoken import SpokenSettings
from hotline.settings.store import Privacy, Reconciliation, Recording, Retention, Store
from hotline.settings.visits import VisitSettings
from hotline.settings.webhooks import WebhookSettings


class Settings(Section):
    site: Site
    listen: Listen
    database: Database
    asterisk: AsteriskSettings
    trunk: Trunk
    callback_trunk: CallbackTrunk
    lost: LostPhoneSettings
    phones: Phones
    tls: Tls
    shut_out: ShutOut
    lines: Annotated[dict[Identifier, LineSettings], Field(min_length=1)]
    hours: HoursSettings
    calendar: Calendar
    departments: dict[UnitId, DepartmentSettings]
    roster: tuple[RosterEntry, ...]
    duty: Duty
    shifts: ShiftSettings
    queues: Annotated[dict[Identifier, Queue], Field(min_length=1)]
    operators: dict[Extension, Operator]
    menus: Annotated[dict[Identifier, Menu], Field(min_length=1)]
    spoken: SpokenSettings
    voicemail: Voicemail
    recording: Recording
    store: Store
    reconciliation: Reconciliation
    backups: BackupSettings
    retention: Retention
    attachments: AttachmentSettings
    privacy: Privacy
    returning_caller: ReturningCaller
    blocklist: BlocklistSettings
    line_test: LineTestSettings
    callbacks: CallbackSettings
    dialling: DiallingSettings
    case_links: CaseLinkSettings
    customers: CustomerSettings
    cases: CaseSettings
    visits: VisitSettings
    projects: ProjectSettings
    campaigns: CampaignSettings
    owners: OwnerSettings
    deadlines: Deadlines
    numbers: Numbers
    web: Web
    sign_in: SignInSettings
    console: Console
    form: FormSettings
    categories: Annotated[dict[Identifier, Category], Field(min_length=1)]
    floor: FloorSettings
    bulletins: BulletinSettings
    trainings: TrainingSettings
    handover: HandoverSettings
    adherence: AdherenceSettings
    staffing: StaffingSettings
    mail: Mail
    notices: NoticeSettings
    sms: SmsSettings
    webhooks: WebhookSettings
    rules: RulesSection
    rule_limits: dict[str, RuleLimit]
    speech: Speech
    examination: ExaminationSettings
    satisfaction: SatisfactionSettings
    reports: ReportsSettings
    appraisal: AppraisalSettings
    breaches: BreachSettings
    settings: ChangeSettings
    log: Log

    @property
    def line_numbers(self) -> dict[str, str]:
        """Line ids by every way in which a carrier may write the line's number or an alias of it, in digits alone."""
        return {
            written: line_id
            for line_id, line in reversed(self.lines.items())
            for number in (*reversed(line.aliases), line.number)
            for written in dialled_forms(number)
        }

    def company_of(self, line_id: str) -> str:
        """The company's name as that line says it."""
        return self.lines[line_id].company or self.site.company

    def duty_of(self, line_id: str) -> Duty:
        """What holds for the duty mobiles of this line; the site's for a line that there is not."""
        line = self.lines.get(line_id)
        return line.duty.over(self.duty) if line else self.duty

    def satisfaction_of(self, line_id: str) -> SatisfactionSettings:
        """How callers of this line are asked how the call was; the site's for a line that there is not."""
        line = self.lines.get(line_id)
        return line.satisfaction.over(self.satisfaction) if line else self.satisfaction

    @property
    def carriers(self) -> tuple[Carrier, ...]:
        """Whoever carries our calls: the line's, and of customers called back."""
        return (self.trunk, self.callback_trunk) if self.callback_trunk.is_there else (self.trunk,)

    @property
    def callback_numbers(self) -> dict[str, str]:
        """The first line that each number is shown for over the callback trunk, by every writing in digits alone."""
        shown = [(self.callback_trunk.shown(line_id), line_id) for line_id in self.lines]
        return {written: line for number, line in reversed(shown) if number for written in dialled_forms(number)}

    @property
    def numbers_of_other_trunks(self) -> frozenset[str]:
        """By which callers come in over another trunk than the 400 line's, by every writing in digits alone."""
        return frozenset(self.callback_numbers) if self.callback_trunk.is_there else frozenset()

    @property
    def sip_transports(self) -> tuple[str, ...]:
        """What SIP is listened for besides the browsers' WebSocket: of udp, tcp and tls."""
        return tuple(sorted({self.phones.transport, *(carrier.transport for carrier in self.carriers)}))

    @property
    def ring_cycle(self) -> timedelta:
        return timedelta(seconds=self.asterisk.ring_cycle_seconds)
