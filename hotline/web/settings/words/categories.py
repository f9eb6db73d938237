"""Words of the settings: categories and customers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from hotline.web.settings.words.key_words import KeyWords

WORDS = {
    "categories": KeyWords(_("Categories"), _("The tree of what calls are about.")),
    "categories.#": KeyWords(_("Id of the category"), _("Small letters, digits, _ and -; records keep it.")),
    "categories.*.name": KeyWords(_("Name shown"), _("As the form and reports show it.")),
    "categories.*.parent": KeyWords(_("Below"), _("The category that it stands below; none: at the top.")),
    "categories.*.way": KeyWords(_("What is done with it"), _("What is done with such an enquiry.")),
    "categories.*.subject": KeyWords(
        _("Subject in the directory"), _("By which the person to pass the caller on to is found.")
    ),
    "categories.*.required": KeyWords(_("Required fields"), _("Without them the form is not done.")),
    "categories.*.fields": KeyWords(_("Further fields"), _("Fields of the form that only this category has.")),
    "categories.*.fields.#": KeyWords(_("Id of the field"), _("Small letters, digits, _ and -.")),
    "categories.*.fields.*.label": KeyWords(_("Label of the field"), _("As the form shows it.")),
    "categories.*.fields.*.kind": KeyWords(_("Kind of the field"), _("What is typed or chosen.")),
    "categories.*.fields.*.choices": KeyWords(_("Choices"), _("Of a field from which one is chosen.")),
    "categories.*.fields.*.required": KeyWords(_("Required"), _("The form is not done without it.")),
    "categories.*.menu_subjects": KeyWords(
        _("Chosen for menu subjects"), _("Callers who came by these subjects get this category.")
    ),
    "categories.*.retired": KeyWords(
        _("Retired"), _("It is chosen for nothing new; records that have it keep it, and reports count it.")
    ),
    "customers.levels": KeyWords(
        _("Levels of customers"), _("Beside the usual customers; their callbacks come first.")
    ),
    "customers.levels.#": KeyWords(_("Id of the level"), _("Small letters, digits, _ and -.")),
    "customers.levels.*.name": KeyWords(_("Name shown"), _("As pages show it.")),
    "customers.levels.*.queue_priority": KeyWords(
        _("Priority in queues"), _("0 to 9: how far before others they wait.")
    ),
    "customers.levels.*.queue": KeyWords(
        _("Queue of their own"), _("In place of the one that they chose; none: that one.")
    ),
    "owners.share_out": KeyWords(_("New customers are shared out"), _("Evenly, by number and potential.")),
    "owners.first_contact_days": KeyWords(
        _("Days until the first contact"), _("A new customer is visited within them; 0: not.")
    ),
    "owners.potential": KeyWords(_("Potential of a level"), _("How much a customer counts against a usual one.")),
    "owners.potential.#": KeyWords(_("Level of the customer"), _("The id of a level.")),
    "owners.potential.*": KeyWords(_("Counts as"), _("Usual customers.")),
}
