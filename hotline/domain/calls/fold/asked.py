"""The caller, handed over at the end of the talk, is asked how the call was."""

from __future__ import annotations

from hotline.domain.calls.call import Asked, HandedBy
from hotline.domain.calls.fold.story import Story

#: User events of the dialplan: the question begins, a key of the scale was pressed, the dialplan is done with it.
OFFERED, RATED, OVER = "HL_RATING_OFFERED", "HL_RATED", "HL_RATING_OVER"

#: What may be pressed.
SCALE = frozenset({1, 2, 3, 4, 5})


def asked_of(story: Story) -> Asked | None:
    """None while nobody was asked."""
    offered = story.of(OFFERED)
    if not offered:
        return None
    at, said = offered[0]
    by = HandedBy.HANDED_OVER if said.get("by") == HandedBy.HANDED_OVER.value else HandedBy.HUNG_UP
    over = bool(story.of(OVER))
    for answered_at, rated in story.of(RATED)[:1]:
        key = rated.get("answer", "")
        if key.isdecimal() and int(key) in SCALE:
            return Asked(at, by, int(key), answered_at, over)
    return Asked(at, by, over=over)
