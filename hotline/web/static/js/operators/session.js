// The session on the server has ended while the page goes on: nothing that was typed is lost, and the call is not cut.

import { thrown } from "./api.js";
import { t } from "./words.js";

/** @import { App } from "./app.js" */

const CHANNEL = "hotline-console";

export class Session {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.ended = false;
    // The tab in which somebody signs in again lands on this very page, and tells us.
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : null;
    this.channel?.addEventListener("message", () => this.ended && this.recover());
    window.addEventListener("focus", () => this.ended && this.recover());
  }

  /** Tell other consoles of this browser that somebody is signed in. */
  announce() {
    this.channel?.postMessage("signed-in");
  }

  /**
   * `why`: signed_out, ended, deactivated, expired … as the server says.
   * @param {string} why
   */
  end(why) {
    if (this.ended) return;
    this.ended = true;
    this.app.link.stream.stop();
    this.app.link.connected("ended");
    const talk = this.app.isSpeaking();
    this.app.notices.set("session", "bad", t(talk ? "session.ended_in_call" : "session.ended"), {
      actions: [{ text: t("session.sign_in"), href: "/sign-in?next=/console" }, { text: t("session.try"), run: () => this.recover() }],
    });
    this.app.saying.sayNow(t(talk ? "session.ended_in_call" : "session.ended"));
    this.why = why;
    this.quieten();
    this.app.update();
  }

  /** No further calls; the one that goes on is left alone. */
  quieten() {
    if (this.ended && !this.app.phone?.call && this.app.phone?.registration.state !== "stopped") this.app.phone?.stop();
  }

  async recover() {
    if (this.recovering) return;
    this.recovering = true;
    try {
      /** @type {Page.Summary} */
      const summary = await this.app.api.page("/console/summary");
      if (summary.extension !== this.app.extension) {
        window.location.reload(); // somebody else sits here now
        return;
      }
      this.app.api.csrfToken = summary.csrf_token;
      this.ended = false;
      this.app.notices.clear("session");
      await this.app.link.resume();
    } catch (error) {
      if (!thrown(error).signedOut && !thrown(error).away) throw error;
    } finally {
      this.recovering = false;
    }
  }
}
