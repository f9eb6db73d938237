"""What `hotline check` says."""

from __future__ import annotations

from hotline.web.kit.refusals.marking import msgid as _

WORDS = {
    "checks.add_shifts": _(
        "Add shifts with `hotline roster add` or in [[roster]]; until then callers get no further than voicemail."
    ),
    "checks.add_shifts_meanwhile": _(
        "Add shifts with `hotline roster add` or in [[roster]]; until then %(people)s (duty.always) is rung."
    ),
    "checks.always_on_duty": _("no shifts; %(people)s (duty.always) is rung at all times"),
    "checks.answers": _("%(where)s answers"),
    "checks.answers_as_ours": _("%(where)s answers as ours"),
    "checks.answers_otherwise": _("%(where)s does not answer as ours"),
    "checks.asterisk": _("%(version)s, in %(path)s"),
    "checks.asterisk_of_site": _("the site's own, by AMI at %(host)s (asterisk.private = false)"),
    "checks.booted": _("fully booted, up since %(started)s, %(calls)s calls now"),
    "checks.build_prompts": _("`hotline greetings build`, or mend the reference."),
    "checks.cards": _("%(count)s script cards"),
    "checks.certificate_ended": _("the certificate ended on %(day)s: neither carrier nor phones accept it"),
    "checks.certificate_ends": _("the certificate ends on %(day)s"),
    "checks.certificate_valid": _("the certificate is valid until %(day)s"),
    "checks.check_again": _("Check again in a moment."),
    "checks.choose_port": _("Set %(key)s or %(variable)s to a free one."),
    "checks.database_at": _("at revision %(revision)s"),
    "checks.database_lacks": _("at revision %(revision)s, it lacks %(revisions)s"),
    "checks.enter_holidays": _("Enter them on the page of holidays (/calendar), or in [calendar] of hotline.toml."),
    "checks.folder_writable": _("%(folder)s must be a folder that this user may write, on a disk with room."),
    "checks.holidays_known": _("holidays known until %(day)s"),
    "checks.home_open": _(
        "Others on this machine may read %(count)s files and folders of the home, such as %(example)s."
    ),
    "checks.home_private": _("nobody else can read the home"),
    "checks.home_unusable": _("%(folder)s cannot be used: %(why)s"),
    "checks.home_writable": _("HOTLINE_HOME must be a folder that this user may write."),
    "checks.install": _("scripts/setup, or apt-get install %(package)s"),
    "checks.level_failed": _("FAILED"),
    "checks.level_ok": _("ok"),
    "checks.level_warning": _("warning"),
    "checks.list_prompts": _("`hotline greetings missing` lists them all."),
    "checks.listened_on": _("%(place)s is listened on"),
    "checks.logged_in": _("logged in as %(user)s"),
    "checks.make_bucket": _("Make it, or mend store.url; the hotline makes no buckets."),
    "checks.make_room": _("Make room where %(folder)s lies (recording.min_free_megabytes)."),
    "checks.mend_prompts": _("Mend the manifest or the sound file it names."),
    "checks.more_prompts_missing": _("%(count)s more prompts have no sound"),
    "checks.narrow_home": _("`hotline db upgrade` narrows them; chmod -R go-rwx does so at once."),
    "checks.never_asked": _("by address, %(where)s; not asked whether it answers (trunk.qualify_seconds = 0)"),
    "checks.no_answer": _("%(where)s does not answer"),
    "checks.no_bucket": _("there is no bucket %(bucket)s"),
    "checks.no_database": _("%(file)s does not exist"),
    "checks.no_espeak": _("It is not installed; prompts without a recording are spoken by it."),
    "checks.no_ffmpeg": _("It is not installed; recordings and uploaded prompts are converted by it."),
    "checks.not_asked_yet": _("%(where)s: not asked yet (%(state)s)"),
    "checks.not_booted": _("Asterisk has not fully booted"),
    "checks.not_registered": _("not registered with %(where)s: %(state)s"),
    "checks.nothing_listens": _("nothing listens on %(place)s"),
    "checks.port_free": _("%(place)s is free"),
    "checks.port_taken": _("%(place)s cannot be had: %(why)s"),
    "checks.program_there": _("found as %(path)s"),
    "checks.prompts_there": _("every prompt has its sound"),
    "checks.registered": _("registered with %(where)s as %(user)s"),
    "checks.renew_certificate": _("Renew it, then restart the hotline (docs/ways-in.md)."),
    "checks.restart": _("Restart the hotline: its configuration is older."),
    "checks.roster_gaps": _(
        "Nobody is on duty when the line is closed, %(count)s × in %(days)s days, first %(since_at)s to %(until_at)s."
    ),
    "checks.roster_whole": _("somebody is on duty whenever the line is closed, for %(days)s days"),
    "checks.run_setup": _("Run scripts/setup."),
    "checks.see_asterisk_log": _("Look into Asterisk's log (asterisk/log/messages in HOTLINE_HOME)."),
    "checks.see_log": _("log/ in HOTLINE_HOME says why."),
    "checks.see_registration": _(
        "Check trunk.host, trunk.username and trunk.password, and that the carrier can be reached."
    ),
    "checks.see_setting": _("See %(key)s in hotline.toml."),
    "checks.see_store": _("Check [store] in hotline.toml: url, endpoint, region, addressing."),
    "checks.see_store_endpoint": _("Check store.endpoint, and that this machine reaches it."),
    "checks.see_store_keys": _(
        "Check store.key and store.secret, and that this key may put, get, list and delete in the bucket."
    ),
    "checks.see_store_network": _("Check that this machine reaches Amazon's S3, or set store.endpoint."),
    "checks.see_to_it": _("See to it; it ends by itself when mended."),
    "checks.see_trunk": _("Check trunk.host and trunk.port; ask the carrier."),
    "checks.settings_default": _("all settings have their defaults"),
    "checks.settings_of_file": _("read from %(file)s"),
    "checks.kinds_fit": _("%(count)s files of kinds of cases can be used"),
    "checks.mend_kind": _("mend the file, or take it away: the hotline does not start with it"),
    "checks.shifts_over": _("every shift is over, the last since %(last_at)s"),
    "checks.start_hotline": _("Start the hotline; for an Asterisk of your own see [asterisk]."),
    "checks.start_or_see_log": _(
        "Start the hotline; if it runs, log/%(service)s.log says why, or another program has the port (%(key)s)."
    ),
    "checks.store_works": _("%(where)s: written to, read back, removed from"),
    "checks.trunk_not_configured": _("Asterisk has no registration with %(where)s configured"),
    "checks.trunk_unknown": _("Asterisk knows no trunk to %(where)s"),
    "checks.upgrade": _("`hotline db upgrade` brings it there."),
    "checks.upgrade_or_run": _("`hotline db upgrade` makes it, and so does scripts/run."),
    "checks.wait_for_boot": _("Wait; if it stays so, look into its log."),
    "checks.written_and_gone": _("%(where)s: what was written is not there"),
    "checks.wrong_setting": _("This setting is wrong: %(place)s"),
}
