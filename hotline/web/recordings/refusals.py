"""What is said of recordings, their store, speech models."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "recordings.archive_differs": _("%(file)s has another SHA-256: %(expected)s was expected, %(found)s was found."),
    "recordings.checksum_of_folder": _("A checksum is of an archive; a folder has none."),
    "recordings.download_cut_off": _("%(url)s ended after %(done)s of %(total)s bytes."),
    "recordings.file_gone": _("The recording's file is not in the store."),
    "recordings.model_lacks": _("%(folder)s is no speech model: it lacks %(files)s."),
    "recordings.model_name": _("A plain name for the model was expected, not “%(got)s”."),
    "recordings.model_there": _("A model %(model)s is installed already."),
    "recordings.no_ffmpeg": _("ffmpeg is not installed; recordings are converted by it."),
    "recordings.no_folder": _("%(folder)s is no folder."),
    "recordings.no_model": _(
        "There is no speech model %(model)s. There are: %(known)s. `hotline model install` brings one."
    ),
    "recordings.no_model_chosen": _("No speech model is chosen: `hotline model install`, then `hotline model use`."),
    "recordings.no_model_in_archive": _("%(file)s holds no speech model."),
    "recordings.no_outline": _("The outline of this recording is not made yet."),
    "recordings.no_room_to_convert": _("There is no room to convert recordings: %(free)s MB are free."),
    "recordings.no_source": _("There is no folder, archive or URL %(source)s."),
    "recordings.none_of_call": _("No recording of a call %(linkedid)s is known."),
    "recordings.not_fetched": _("%(url)s cannot be fetched: %(why)s"),
    "recordings.not_read_back": _("%(file)s cannot be read back: %(why)s"),
    "recordings.not_ready": _("There is no such recording, or it is not ready yet."),
    "recordings.not_removed": _("%(file)s cannot be removed: %(why)s"),
    "recordings.not_stored": _("Recordings cannot be stored: %(why)s"),
    "recordings.not_unpacked": _("%(file)s cannot be unpacked: %(why)s"),
    "recordings.reads_back_wrong": _("%(file)s does not read back as it was written. Is the disk sound?"),
    "recordings.store_failed": _("The recordings' store does not do its work: %(why)s"),
    "recordings.store_lost_content": _("What was written was not there to be deleted."),
    "recordings.store_other_content": _("Something else came back than was written."),
    "recordings.store_step_failed": _("%(where)s: the step “%(step)s” failed: %(why)s"),
    "recordings.unknown_archive": _("%(file)s is no archive that is known (%(kinds)s)."),
    "recordings.unreadable": _("The recording cannot be read: %(why)s"),
    "recordings.waiting": _("%(why)s %(count)s recordings wait."),
}
