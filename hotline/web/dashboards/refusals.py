"""What is said of dashboards that cannot be kept."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "dashboards.changed": _("Somebody else has changed this dashboard meanwhile. Please look at it again."),
    "dashboards.no_axis": _("“%(title)s” cannot be narrowed so. Please choose another figure, or all."),
    "dashboards.no_tile": _("There is nothing called %(name)s to be shown on a tile."),
    "dashboards.period": _("Please choose one of the times that are offered."),
    "dashboards.person_on_wall": _("The wallboard is read by everybody: it shows no figures of one person."),
    "dashboards.too_many": _("At most %(most)s tiles were expected."),
    "dashboards.twice": _("This tile is there already."),
}
