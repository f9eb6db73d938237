"""What may be given with the acts of every kind, besides the kind's own fields."""

from __future__ import annotations

#: Why: of every step back, of a pause, of a refusal.
REASON = "reason"
NOTE = "note"
#: The id of a department; a user name; a moment in ISO 8601.
DEPARTMENT = "department"
TO = "to"
DUE_AT = "due_at"
#: What came of it, once it is closed.
RESULT = "result"
#: A solution in words; the number of the one that is chosen, from 1.
SOLUTION = "solution"
CHOSEN = "chosen"
#: How the customer agreed (phone, link, signature), and by what: "<node>/<linkedid>", a link's or an attachment's id.
WAY = "way"
CALL = "call"
PROOF = "proof"
#: When the customer hears from us next; a moment.
NEXT_WORD_AT = "next_word_at"
#: Which clock, and by how many of its hours or days.
CLOCK = "clock"
MORE = "more"
#: What is asked for, the customer's loss, how far it spreads: 1 to 3 (D6).
DEMAND, LOSS, SPREAD = "demand", "loss", "spread"
PRIORITY, COMPLEXITY = "priority", "complexity"
#: Another case's id.
CASE = "case"
#: Which item of the kind's checklist, from 1.
CHECK_ITEM = "check_item"

BUILT_IN = frozenset(
    {
        REASON,
        NOTE,
        DEPARTMENT,
        TO,
        DUE_AT,
        RESULT,
        SOLUTION,
        CHOSEN,
        WAY,
        CALL,
        PROOF,
        NEXT_WORD_AT,
        CLOCK,
        MORE,
        DEMAND,
        LOSS,
        SPREAD,
        PRIORITY,
        COMPLEXITY,
        CASE,
        CHECK_ITEM,
    }
)

#: How a customer agrees to a solution.
BY_PHONE, BY_LINK, BY_SIGNATURE = "phone", "link", "signature"
WAYS_TO_AGREE = (BY_PHONE, BY_LINK, BY_SIGNATURE)
