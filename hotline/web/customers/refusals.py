"""What is said of customers and their numbers."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "customers.level": _("A level is one of those of the settings (customers.levels)."),
    "customers.changed_meanwhile": _(
        "Somebody else was faster: this customer has changed in the meantime. Look at it again."
    ),
    "customers.import_broke_off": _(
        "It broke off: %(done)s of %(all)s rows are in, the others are not. %(why)s What is in is known when "
        "the table is read again."
    ),
    "customers.mail": _("An address like name@example.com was expected."),
    "customers.merge_same": _("Choose another customer: this is the same one."),
    "customers.merge_undone": _("This merge has been undone in the meantime."),
    "customers.merge_undone_by": _("Only the person who merged two customers, or a supervisor, undoes it."),
    "customers.no_customer": _("There is no customer %(id)s."),
    "customers.no_number": _("This customer has no number %(id)s."),
    "customers.nobody": _("A name, a company or a number was expected."),
    "customers.not_merged": _("Customer %(id)s was not merged into customer %(into)s."),
    "customers.number": _("A telephone number was expected; a landline with its area code."),
    "customers.number_must_stay": _("At least one number has to stay."),
    "customers.number_there": _("This customer has this number already."),
    "customers.numbers_of_this": _("Choose numbers of this customer."),
    "customers.this_number": _("“%(got)s” is no telephone number; a landline needs its area code."),
    "customers.too_long": _("This is too long: at most %(most)s characters."),
    "customers.too_many_numbers": _("At most %(most)s numbers were expected."),
    "customers.too_many_together": _("%(name)s would have too many numbers: at most %(most)s."),
    "customers.way_needs_mail": _("To be asked by mail, an address is needed."),
}
