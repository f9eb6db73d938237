"""What is said of tables that are brought in."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "tables.at_cell": _("Line %(line)s, column %(column)s: %(what)s"),
    "tables.at_column": _("Column %(column)s: %(what)s"),
    "tables.at_line": _("Line %(line)s: %(what)s"),
    "tables.both_times": _("The times stand here and in other columns too. Leave one of them out."),
    "tables.damaged": _("This workbook is damaged. Open it, save it as xlsx once more, and try again."),
    "tables.digits_lost": _(
        "The spreadsheet has shortened the number to %(got)s; its last digits are lost. Make the column text "
        "and enter the number again."
    ),
    "tables.empty": _("The file is empty."),
    "tables.encoding": _("The characters of this file can't be told for certain. Save it as xlsx, or as CSV in UTF-8."),
    "tables.error_cell": _("The cell shows %(got)s in place of a value."),
    "tables.faults": _("Nothing was taken from the table:\n%(faults)s"),
    "tables.footer": _("This line tells of the table and is no row of it. Take it out of the file: %(got)s"),
    "tables.headings": _("Headings were expected here: %(got)s"),
    "tables.kind": _("This is no table but a file of the kind %(got)s. Open it and save it as xlsx or CSV."),
    "tables.mail": _("An address like name@example.com was expected."),
    "tables.map": _("COLUMN=FIELD was expected, as in 手机号码=number."),
    "tables.missing": _("No column holds what is needed: %(got)s"),
    "tables.more": _("… and %(count)s more."),
    "tables.name": _("A name of usual length was expected."),
    "tables.no_column": _("The table has no column %(got)s."),
    "tables.no_field": _("A field of this table was expected: %(got)s"),
    "tables.no_heading": _("A value without a heading. Say what the column means, or leave it out."),
    "tables.no_rows": _("There are headings, but no row below them."),
    "tables.no_sheet": _("There is no such sheet. There are: %(got)s"),
    "tables.nobody": _("A name, a company or a number was expected."),
    "tables.not_calculated": _("This formula was never calculated. Open the file in a spreadsheet and save it."),
    "tables.note_bad_byte": _("A character could not be read and is shown as �."),
    "tables.note_banner": _("Taken for a title, not for a row: %(got)s"),
    "tables.note_big5": _("The file was read as Big5 (traditional characters)."),
    "tables.note_hidden_rows": _("%(got)s hidden rows count too."),
    "tables.note_left_out": _("Running numbers are left out."),
    "tables.note_merged": _("Merged down to line %(got)s: the value holds for each line."),
    "tables.note_other_sheets": _("Other sheets are not read: %(got)s"),
    "tables.old_workbook": _(
        "This is a workbook of an old kind (xls, et) or one with a password. Save it as xlsx without a "
        "password, or as CSV."
    ),
    "tables.only_hidden": _("Its visible sheets are empty. Hidden ones: %(got)s"),
    "tables.phone": _("A telephone number was expected, a landline with its area code, not %(got)s."),
    "tables.quote": _("A quotation mark is misplaced or not closed."),
    "tables.same_number": _("Line %(got)s holds the same person already."),
    "tables.separator": _("This line is parted by %(got)s, the headings are not."),
    "tables.sheets": _("There are several sheets: %(got)s. Say which."),
    "tables.too_large": _("This table is too large. Split it into several."),
    "tables.too_long": _("This is too long: at most %(got)s."),
    "tables.too_many": _("At most %(got)s numbers were expected."),
    "tables.too_many_columns": _("At most %(got)s columns are taken."),
    "tables.too_many_megabytes": _("At most %(most)s MB were expected."),
    "tables.too_many_merged": _("There are too many merged cells. Save the sheet as CSV."),
    "tables.too_many_rows": _("At most %(got)s rows are taken here. Split the table, or use the command."),
    "tables.twice": _("These columns mean the same. Choose one, and leave the others out."),
    "tables.unknown_column": _("Say what this column means, or leave it out."),
    "tables.way": _("Telephone, SMS, mail or not at all was expected, not %(got)s."),
    "tables.way_mail": _("To be asked by mail, an address is needed."),
    "tables.yes_no": _("Yes or no was expected, not %(got)s."),
}
