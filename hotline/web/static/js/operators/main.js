// Starts the console, and what goes on in the page around it.

import { App } from "./app.js";
import { drawStateMenu } from "./bar.js";
import { bindControls } from "./controls.js";
import { $, $$, pageData } from "./dom.js";
import { actionOf, isTyping } from "./keys.js";
import { loadCounts, showCounts } from "./records.js";
import { learn } from "./words.js";
import { OwnDay } from "../own_day/day.js";

const TICK_MS = 500;
const COUNTS_EVERY_MS = 60000;
const TALKS_EVERY_MS = 30000;

/** @type {Page.ConsoleData} */
const data = pageData("console-data");
learn(data.words);
const app = new App(data);

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
for (const link of /** @type {HTMLAnchorElement[]} */ ($$("header a[href], .banner a[href]"))) {
  if (new URL(link.href).pathname !== window.location.pathname) Object.assign(link, { target: "_blank", rel: "noopener" });
}
window.addEventListener("beforeunload", (event) => (app.isSpeaking() || app.dialling.lasts) && !app.sessionEnded && event.preventDefault());
window.addEventListener("online", () => app.sessionEnded || app.link.stream.again());
setInterval(() => app.update(), TICK_MS);
setInterval(() => app.isSpeaking() && document.dispatchEvent(new Event("talking")), TALKS_EVERY_MS); // nobody is signed out in mid-talk
setInterval(() => app.sessionEnded || loadCounts(app).catch(() => {}), COUNTS_EVERY_MS); // the count stays as it was
app.day = new OwnDay($("#own-day"), "/my-day/tiles", { beside: true });
setInterval(() => app.sessionEnded || app.dayChanged(), COUNTS_EVERY_MS); // what is late by now
app.session.announce();
showCounts(app, data);
app.people.start();
app.link.start();
