// Puts the console together and starts it.

import { sources } from "../stream/source.js";
import { Api } from "./api.js";
import { App } from "./app.js";
import { drawStateMenu } from "./bar.js";
import { Cards } from "./cards.js";
import { Consult } from "./consult.js";
import { bindControls } from "./controls.js";
import { Keypad, Message } from "./dialogs.js";
import { $, $$ } from "./dom.js";
import { FormPlace } from "./formplace.js";
import { actionOf, isTyping } from "./keys.js";
import { Notices } from "./notices.js";
import { Notifier } from "./notify.js";
import { People } from "./people.js";
import { PhoneBox } from "./phonebox.js";
import { loadCounts } from "./records.js";
import { Session } from "./session.js";
import { NAMES, Stream } from "./stream.js";
import { Transfer } from "./transfer.js";
import { learn } from "./words.js";

const TICK_MS = 500;
const COUNTS_EVERY_MS = 60000;
const PROBE_TIMEOUT_MS = 5000;

const data = JSON.parse($("#console-data").textContent);
learn(data.words);
const app = new App(data);
app.notices = new Notices();
app.session = new Session(app);
app.api = new Api(data.csrf_token, () => app.session.end("signed_out"));
app.notifier = new Notifier();
app.formPlace = new FormPlace(app);
app.people = new People(app);
app.cards = new Cards(app);
app.transfer = new Transfer(app);
app.consult = new Consult(app);
app.message = new Message(app);
app.keypad = new Keypad(app);
app.stream = new Stream({
  url: "/api/v1/events",
  source: sources(NAMES, data.reader),
  connection: (state) => app.connected(state),
  probe: () => app.api.post("/console/seen", {}, PROBE_TIMEOUT_MS),
  handlers: {
    hello: (hello) => greeted(hello),
    reset: () => app.load().catch(unreachable),
    session: ({ ended, why }) => ended && app.session.end(why),
    ...Object.fromEntries(["call", "operator", "form"].map((name) => [name, (pushed) => app.pushed(name, pushed)])),
  },
});

/** Present state, phone, push. Tried again by a button, and by itself as soon as the push gets through. */
app.boot = async () => {
  try {
    const me = await app.load();
    startPhone(me);
    app.consult.resume();
    app.stream.again();
  } catch (error) {
    unreachable(error);
  }
};

/** Signed in again: whatever happened in the meantime is fetched. */
app.resume = async () => {
  if (app.phone?.registration.state === "stopped") app.phone = null; // else a call still goes on in it
  await app.boot();
  // The first may meet a saving that was on its way without the session. What is not saved then the record itself says.
  await app.formPlace.save().catch(() => app.formPlace.save()).catch(() => {});
};

function greeted(hello) {
  app.clock.sync(hello.server_time);
  if (!hello.resumed || app.problem) app.load().then(startPhone).catch(unreachable);
}

function startPhone(me) {
  if (app.phone || app.sessionEnded) return;
  app.phone = new PhoneBox(app, { ...me.phone, extension: me.phone.extension ?? app.extension, reachable: me.operator.phone?.reachable });
  app.phone.start();
  const talk = app.talk();
  if (talk) app.phone.rejoin(talk.call);
  drawStateMenu(app, (state, reason) => app.chooseState(state, reason));
  app.update();
}

function unreachable(error) {
  if (error.signedOut) return;
  app.problem = app.problemText(error);
  app.update();
}

document.addEventListener("keydown", (event) => {
  const action = actionOf(event, isTyping(event.target));
  if (!action) return;
  event.preventDefault();
  app.run(action);
});
$("#wrapup-done").addEventListener("click", () => app.run("done"));
$("#help-button").addEventListener("click", () => app.run("help"));
bindControls(app);
drawStateMenu(app, (state, reason) => app.chooseState(state, reason));

// Other pages open beside the console: leaving it would take the phone away from a caller.
for (const link of $$("header a[href], .banner a[href]")) {
  if (new URL(link.href).pathname !== window.location.pathname) Object.assign(link, { target: "_blank", rel: "noopener" });
}
window.addEventListener("beforeunload", (event) => app.hasTalk() && !app.sessionEnded && event.preventDefault());
window.addEventListener("online", () => app.sessionEnded || app.stream.again());
setInterval(() => app.update(), TICK_MS);
setInterval(() => app.sessionEnded || loadCounts(app).catch(() => {}), COUNTS_EVERY_MS); // the count stays as it was
app.session.announce();
app.people.start();
app.boot();
app.stream.start();
