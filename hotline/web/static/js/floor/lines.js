// The lines: open or closed, what comes next, who has the duty mobile.

import { h, setClass, setText, show } from "../operators/dom.js";
import { listed, t } from "../operators/words.js";

/** @import { Floor } from "./main.js" */

/**
 * Who declared it, in words where it is none of our people, whose name the server gives.
 * @param {string} by
 */
function whoSaid(by) {
  const [kind, ...parts] = by.split(":");
  const name = parts.join(":");
  if (name && kind === "cli") return t("by.command_line", { name });
  if (name && kind === "token") return t("by.program", { name });
  return by === "simulation" ? t("by.simulation") : by;
}

export class LineRow {
  /** @param {Floor} app */
  constructor(app) {
    this.app = app;
    this.lamp = h("span", { class: "f-lamp", "aria-hidden": "true" });
    this.name = h("span", { class: "number" });
    this.state = h("strong", {});
    this.note = h("span", { class: "text-secondary" });
    this.element = h("li", { class: "f-line" }, this.lamp, this.name, this.state, this.note);
  }

  /** @param {Wire.LineNow} line */
  update(line) {
    show(this.name, this.app.picture.lines.length > 1);
    setText(this.name, line.name);
    setText(this.state, t(line.open ? "line.open" : "line.closed"));
    setText(this.note, this.#note(line).join(" · "));
    setClass(this.lamp, "lamp-", line.open ? "open" : "closed");
  }

  /** @param {Wire.LineNow} line */
  #note(line) {
    const parts = [];
    if (line.declared) parts.push(t("line.declared", { name: whoSaid(line.declared.by), time: this.app.time(line.declared.until), reason: line.declared.reason }));
    else if (line.until) parts.push(t(line.open ? "line.closes" : "line.opens", { time: this.app.time(line.until) }));
    if (line.duty.length) parts.push(t("line.duty", { names: listed(line.duty) }));
    else if (!line.open) parts.push(t("line.nobody"));
    return parts;
  }
}
