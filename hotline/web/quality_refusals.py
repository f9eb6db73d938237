"""What the services of examination refuse, in the reader's language, above the form that was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from hotline.domain.errors import Conflict, Forbidden, HotlineError, NotFound, Refused

#: A part of the services' message -> what is said. The first that fits.
_WORDS: tuple[tuple[str, LazyString], ...] = (
    ("F5, E5", _("Nobody examines their own calls, nor those of a case that they handled (F5, E5).")),
    ("F5: nobody orders", _("Nobody orders themselves to mend something (F5).")),
    ("F5: nobody checks", _("Nobody checks their own order (F5).")),
    ("the call is not over yet", _("The call is not over yet.")),
    ("no operator had this call", _("No operator had this call.")),
    ("by the same examiner already", _("This examiner has the call on their list already.")),
    ("somebody who examines was expected", _("There is no such examiner.")),
    ("examiners take what nobody has", _("Examiners take what nobody has; all else is for supervisors.")),
    ("who takes part in a calibration", _("Who takes part in a calibration is said when it begins.")),
    ("this examination is done", _("This examination is done: its points stay.")),
    ("has changed meanwhile", _("Somebody else was faster: this has changed meanwhile. Look at it again.")),
    ("is not over yet", _("This week is not over yet.")),
    ("was drawn already", _("This week was drawn already.")),
    ("a week like", _("A week like 2026-W47 was expected.")),
    ("no version of the score form", _("No version of the score form that the settings name is active.")),
    ("somebody else has just made version", _("Somebody else has just made this version. Look at the forms again.")),
    ("another examiner decides", _("Another examiner decides than the one whose result it is.")),
    ("a decision needs its reasons", _("Please write why it is decided so.")),
    ("an appeal needs a reason", _("Please write why the result should be another.")),
    ("appeals are made within", _("The time for an appeal is over.")),
    ("an appeal against this result", _("There is an appeal against this result already.")),
    ("operators appeal against", _("Operators appeal against results of their own calls.")),
    ("a changed result needs", _("Change at least one item's points, or let the result stay.")),
    ("this appeal was decided", _("Somebody else has decided this already.")),
    ("a calibration needs", _("A calibration needs a title and at least two examiners.")),
    ("two examiners at least are done", _("It can be closed when at least two examiners are done.")),
    ("calibration is closed by", _("Whoever called it or a supervisor closes a calibration.")),
    ("calibration is closed", _("The calibration is closed already.")),
    ("a due date in the future", _("A due date in the future was expected.")),
    ("an order needs words", _("Please write what is to be mended.")),
    ("what was done must be said", _("Please write what was done.")),
    ("an order that is repeated", _("An order that is repeated needs words and a new due date.")),
    ("this order is done already", _("This order is done already.")),
    ("this order waits for no check", _("This order waits for no check.")),
    ("the operator whom it was issued to", _("The operator whom it was issued to says that it is done.")),
    ("of another operator's call", _("The examination is of another operator's call.")),
    ("there is no operator", _("There is no such operator.")),
    ("there is no call", _("There is no such call.")),
    ("there is no rectification", _("There is no such order.")),
    ("there is no appeal", _("There is no such appeal.")),
    ("there is no calibration", _("There is no such calibration.")),
    ("there is no examination", _("There is no such examination.")),
)


def words_for(error: HotlineError) -> str:
    """In the reader's language, as far as it is known."""
    return next((str(words) for part, words in _WORDS if part in str(error)), str(error))


@dataclass(frozen=True, slots=True)
class told:
    """What is refused within is said at the top of the page that follows; `otherwise` is done then."""

    # A class, since what may swallow an error says so by the type of __exit__, and no generator can.
    otherwise: Callable[[], object] | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, Refused | Conflict | Forbidden | NotFound):
            return False
        flash(words_for(error), "bad")
        if self.otherwise is not None:
            self.otherwise()
        return True
