"""What is said of what is kept and until when: holds, requests, discs."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "retention.agreed_by_another": _("Who asked for it does not agree to it: that is for a second person."),
    "retention.answer": _("Please write what the person was told."),
    "retention.asked_already": _("All of this is asked for already, and waits for a second person."),
    "retention.calls_unrecorded": _("calls without a recording: %(count)s"),
    "retention.deleted_already": _("The recordings of this call have been deleted already."),
    "retention.discs_being_written": _("Discs are being written already: wait until they are done."),
    "retention.discs_until": _("A day that is not in the future was expected."),
    "retention.disc_differs": _(
        "%(path)s on disc %(disc)s is not what the ledger has: the SHA-256 was %(expected)s, %(found)s is "
        "read. Nothing was restored."
    ),
    "retention.disc_not_registered": _(
        "It is not in this hotline's register: of another one, or written in the moment of a crash. Its files "
        "are compared with its own sums only."
    ),
    "retention.disc_sealed": _("Disc %(disc)s is sealed: name its key file with --key-file."),
    "retention.disc_too_small": _(
        "The recordings of call %(linkedid)s need %(needed)s bytes, and a disc has %(capacity)s: take a larger medium."
    ),
    "retention.disk_full": _("the disk will be full about %(day)s"),
    "retention.file_there": _("%(file)s is there already; it is not overwritten."),
    "retention.files_changed": _("changed files: %(count)s"),
    "retention.files_missing": _("entries without a file: %(count)s"),
    "retention.files_unknown": _("files without an entry: %(count)s"),
    "retention.folder_in_use": _("Another archive is being written into %(folder)s."),
    "retention.foreign_disc": _("“%(label)s” is no disc of a hotline's archive."),
    "retention.hold_lifted": _("This legal hold is lifted already."),
    "retention.hold_reason": _("Please write why, in at most %(most)s characters."),
    "retention.hold_until": _("A day in the future was expected."),
    "retention.image_cut_off": _("%(why)s Was it cut off?"),
    "retention.image_differs": _(
        "Every file is as it was written, but something beside them is not: SHA-256 of the image %(expected)s "
        "was written, %(found)s is read."
    ),
    "retention.image_empty": _("It is empty."),
    "retention.image_gone": _(
        "The image of %(disc)s is not at %(file)s any more: put the disc in and name the drive, e.g. "
        "/dev/sr0, or the file."
    ),
    "retention.image_of_size": _("%(bytes)s bytes are there, %(written)s were written."),
    "retention.image_too_large": _("The image has %(bytes)s bytes, the medium %(most)s: this is a fault of ours."),
    "retention.image_unreadable": _("%(image)s cannot be read or copied: %(why)s"),
    "retention.key_not_written": _("No key was written to %(file)s: %(why)s"),
    "retention.key_of_another": _("The key file is not the one of this disc."),
    "retention.key_unreadable": _("The key file %(file)s cannot be read: %(why)s"),
    "retention.least_years": _("Recordings are kept for at least %(years)s years (E2)."),
    "retention.left_out": _("left out: %(file)s: %(why)s"),
    "retention.no_deletion_waits": _(
        "Nothing waits here any more: it was answered already, or its seven days are over."
    ),
    "retention.nobody_else": _("There is nobody else who could agree to a deletion."),
    "retention.no_deletion_asked": _("Nobody asked for deletion here."),
    "retention.no_disc": _("No disc %(disc)s is in the register."),
    "retention.no_hold": _("There is no legal hold %(id)s."),
    "retention.no_image": _("This is no disc image, or its directories are damaged (%(why)s)."),
    "retention.no_key": _(
        "%(file)s is no key: one line of %(digits)s hexadecimal digits was expected (`hotline archive key "
        "FILE` makes one)."
    ),
    "retention.no_recording_of": _(
        "No recording of %(wanted)s is known: give a call's number or linkedid, or recording:NUMBER."
    ),
    "retention.no_request": _("There is no request %(id)s."),
    "retention.no_room": _(
        "There is no room for the image in %(folder)s: %(free)s MB are free, %(needed)s MB are needed. Choose "
        "another folder with --out."
    ),
    "retention.nobody_wrote": _("Nobody wrote this file."),
    "retention.not_in_sums": _("The register has it on this disc, the disc's sums do not."),
    "retention.not_kept": _("Recording %(id)s is %(state)s: only what is kept by the ledger comes back."),
    "retention.not_on_disc": _("%(path)s is not on %(file)s: is it disc %(disc)s?"),
    "retention.not_on_this_disc": _("There is no such file; SHA-256 %(expected)s was written."),
    "retention.not_sealed": _("%(file)s is not sealed, or its begin is damaged."),
    "retention.not_written": _("%(file)s cannot be written: %(why)s"),
    "retention.number_of_customer": _("A number of this customer was expected."),
    "retention.of_call": _("call %(call)s"),
    "retention.on_hold": _("This call has a legal hold already."),
    "retention.on_no_disc": _("Recording %(id)s is on no disc of the register."),
    "retention.nothing_to_archive": _(
        "Every recording of that time is on a disc already. Still to be converted: %(count)s."
    ),
    "retention.nothing_due": _("Nothing may be deleted at the moment"),
    "retention.other_due": _(
        "The list has changed meanwhile: %(count)s recordings may go now. Look at it again; nothing was deleted."
    ),
    "retention.other_disc": _("%(image)s is disc %(disc)s; recording %(id)s is on %(discs)s."),
    "retention.other_sha256": _("The file in the store is not the one that was kept (SHA-256)."),
    "retention.other_size": _("%(bytes)s bytes are in the store, %(kept)s were kept."),
    "retention.path_leads_out": _("%(path)s leads out of the folder."),
    "retention.read_otherwise": _("SHA-256 %(expected)s was written, %(found)s is read."),
    "retention.record_changed_meanwhile": _("Somebody else was faster: this has changed meanwhile. Look at it again."),
    "retention.recordings_not_final": _("recordings not converted yet: %(count)s"),
    "retention.recordings_without_call": _("recordings without a call: %(count)s"),
    "retention.registered_otherwise": _("The register has SHA-256 %(expected)s, here is %(found)s."),
    "retention.request_closed": _("This request is closed already."),
    "retention.request_of_whom": _("Please give a number or a customer."),
    "retention.request_state": _("Only “done” or “refused” was expected."),
    "retention.requests_overdue": _("%(count)s not yet answered, the earliest due %(earliest_at)s"),
    "retention.seal_broken": _("%(file)s was changed, cut off or renamed after it was sealed."),
    "retention.several_people": _("Several people have this number: say whose request it is."),
    "retention.store_differs": _("%(count)s differences between the store and the ledger.\n%(kinds)s"),
    "retention.store_is_sound": _("Recording %(id)s: what is in the store is sound, it is not overwritten."),
    "retention.talked": _("%(seconds)s s of talk"),
    "retention.time_over": _("E2: its time was over on %(day)s"),
    "retention.time_over_and_asked": _("E2: its time was over on %(day)s; G3: request no. %(request)s"),
    "retention.time_over_of_category": _("E2: its time was over on %(day)s (%(category)s)"),
    "retention.time_over_of_category_and_asked": _(
        "E2: its time was over on %(day)s (%(category)s); G3: request no. %(request)s"
    ),
    "retention.words_needed": _("Please fill this in."),
    "retention.words_too_long": _("This is too long: at most %(most)s characters."),
    "retention.wrong_key": _("%(file)s was sealed with another key."),
    "retention.compared": _("Recordings compared: %(entries)s, read: %(read)s, differences: %(differences)s"),
    "retention.discs_failed": _("Discs written: %(discs)s, then it failed: %(why)s"),
    "retention.discs_written": _("Discs written: %(discs)s, recordings left out: %(left_out)s"),
    "retention.listed": _("Recordings that may go: %(due)s, deleted: %(deleted)s"),
}
