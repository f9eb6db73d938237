"""A hotline full of other people's callers: one thing of each kind, each with a number of its own, so that a number
that shows in an answer tells by which way it came."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from flask.testing import FlaskClient

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.cases.block_request import BlockRequest
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.customers.customer import Customer, read_number
from hotline.domain.dialling.approval import DialApproval
from hotline.domain.directory.directory import DirectoryMessage, DirectoryPerson
from hotline.domain.examination.records import Example
from hotline.domain.examination.sample import Why
from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.recordings.transcript import Side, TranscriptState, Word
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.visit import Origin as VisitOrigin
from hotline.services.examination.examinations import choose_call
from hotline.services.visits.planning import plan
from hotline.storage.accounts.users import UserStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.cases.block_requests import BlockRequestStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.dialling.approvals import DialApprovalStore
from hotline.storage.directory.store import DirectoryStore, MessageStore
from hotline.storage.examination.corrective_actions import ExampleStore
from hotline.storage.forms.store import FormStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from recordings.sound import write_wav
from tests.support.recording_site import expected_sound
from tests.support.sample_calls import DUTY, ZHAO, abandoned_call, answered_call, duty_call, talking_call
from tests.support.web import NOW, Web

#: By what they are the number of. In E.164.
NUMBERS = {
    "answered": "+8613811110001",
    "talking": "+8613811110002",
    "abandoned": "+8613811110003",
    "duty": "+8613811110004",
    "call back elsewhere": "+8613811110005",
    "customer's second": "+8613811110006",
    "message": "+8613811110007",
    "directory person": "+8613811110008",
    "visited": "+8613811110009",
    "duty mobile": "+8613900000001",
}
CALLED = NOW - timedelta(hours=1)
_WU = Actor("wu", (Role.EXAMINER,), "Wu")
#: Words of the transcript and of nothing else.
SAID = "叶片发黄"


@dataclass(frozen=True)
class Strangers:
    """What belongs to 1001, an operator called zhao; ids as the database gave them."""

    answered: int
    talking: int
    abandoned: int
    form: int
    duty_form: int
    customer: int
    callback: int
    case: int
    visit: int
    message: int
    recording: int
    example: int
    examination: int


def strangers(web: Web) -> Strangers:
    answered = replace(answered_call("s-1", CALLED, NUMBERS["answered"]), talks=(), transfers=(), answered_by=ZHAO)
    answered = replace(answered, talks=(replace(talking_call().talks[0], ended_at=answered.ended_at),), rings=())
    web.keep(
        answered,
        talking_call("s-2", CALLED, NUMBERS["talking"]),
        replace(abandoned_call("s-3", CALLED, NUMBERS["abandoned"]), rings=()),
        duty_call("s-4", CALLED, NUMBERS["duty"]),
    )
    _recorded(web, "s-1.raw")
    with web.hotline.storage.writing() as tx:
        forms = dict(FormStore(tx).of_calls("node1", ["s-1", "s-4"]))
        form, duty = forms["s-1"], forms["s-4"]
        assert duty.origin is Origin.DUTY and duty.owner == DUTY.id
        FormStore(tx).update(replace(form, callback_number=NUMBERS["call back elsewhere"], version=2), 1)
        second = read_number(NUMBERS["customer's second"])
        customer = CustomerStore(tx).add(
            Customer(name="陌生人", numbers=(read_number(NUMBERS["answered"]), second), updated_at=NOW, created_at=NOW)
        )
        CallbackStore(tx).open(
            Callback("node1", "s-3", "main", Number(NUMBERS["abandoned"]), CallbackReason.ABANDONED, CALLED, NOW)
        )
        case = CaseStore(tx).add(
            ServiceCase(
                "",
                CaseKind.COMPLAINT,
                "漏电",
                "",
                "zhao",
                "zhao",
                NOW,
                form.id,
                customer.id,
                Number(NUMBERS["answered"]),
            ),
            NOW.date(),
        )
        owed = NewVisit(VisitOrigin.CASE, NOW, case.id, "漏电", number=Number(NUMBERS["visited"]))
        visit = plan(tx, web.hotline.settings, owed, "zhao", NOW)
        assert visit is not None
        BlockRequestStore(tx).add(
            BlockRequest(Number(NUMBERS["answered"]), "骚扰", "zhao", NOW, node="node1", linkedid="s-1")
        )
        DialApprovalStore(tx).add(
            DialApproval(Number(NUMBERS["answered"]), "main", "长途", "zhao", NOW, NOW + timedelta(days=1))
        )
        person = DirectoryStore(tx).add(DirectoryPerson("孙经理", Number(NUMBERS["directory person"]), updated_at=NOW))
        message = MessageStore(tx).add(
            DirectoryMessage(
                person.id or 0, "请回电", "zhao", NOW, "node1", "s-1", "陌生人", Number(NUMBERS["message"])
            )
        )
        example = ExampleStore(tx).add(Example("node1", "s-1", "道别", "要点", "zhou", NOW, 0.5, 2.0))
        [entry] = RecordingStore(tx).of_sources("node1", ["s-1.raw"])
        [callback] = CallbackStore(tx).list()
    examined = choose_call(web.hotline.storage, web.hotline.settings, web.call_id("s-1"), Why.CHOSEN, "", _WU, NOW)
    return Strangers(
        answered=web.call_id("s-1"),
        talking=web.call_id("s-2"),
        abandoned=web.call_id("s-3"),
        form=form.id or 0,
        duty_form=duty.id or 0,
        customer=customer.id or 0,
        callback=callback.id or 0,
        case=case.id or 0,
        visit=visit.id or 0,
        message=message.id or 0,
        recording=entry.id or 0,
        example=example.id or 0,
        examination=examined.id or 0,
    )


def _recorded(web: Web, source: str) -> None:
    """Three seconds of two tones, kept, with an outline and what was said on both sides."""
    store = web.hotline.home.recordings
    store.mkdir(parents=True, exist_ok=True)
    with (store / "s-1.wav").open("wb") as file:
        write_wav(file, expected_sound(3.0))
    (store / "s-1.json").write_text('{"peaks": []}')
    with web.hotline.storage.writing() as tx:
        [entry] = RecordingStore(tx).of_sources("node1", [source])
        RecordingStore(tx).update(
            replace(
                entry,
                state=RecordingState.READY,
                path="s-1.wav",
                seconds=3.0,
                kept_at=NOW,
                peaks_path="s-1.json",
                sha256="ab" * 32,
                size_bytes=1000,
            )
        )
        TranscriptStore(tx).ask([entry.id or 0], list(Side), 5, NOW)
        for asked in TranscriptStore(tx).of(entry.id or 0):
            TranscriptStore(tx).update(
                replace(
                    asked, state=TranscriptState.DONE, words=(Word(SAID, 1.0, 1.6, 0.9),), text=SAID, finished_at=NOW
                )
            )


def somebody(web: Web, username: str, *roles: Role, extension: str | None = None) -> FlaskClient:
    """A browser of somebody with these roles who sits at that phone."""
    client = web.signed_in(*roles, username=username)
    if extension:
        with web.hotline.storage.writing() as tx:
            user = UserStore(tx).by_username(username)
            assert user is not None
            UserStore(tx).update(replace(user, extension=extension))
    return client


def shown_in(text: str) -> set[str]:
    """Whose numbers stand whole in it, in whatever writing."""
    digits = re.sub(r"(?<=\d)[\s().\-\u2010-\u2015]+(?=\d)", "", text)
    return {whose for whose, number in NUMBERS.items() if number.removeprefix("+86") in digits}


def form_of(web: Web, linkedid: str) -> CallForm:
    with web.hotline.storage.reading() as tx:
        return FormStore(tx).of_calls("node1", [linkedid])[linkedid]
