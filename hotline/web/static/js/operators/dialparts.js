// What can be done after a dial with what it was for: each feature's script tells it for its own kind of thing.

/** @import { App } from "./app.js" */
/** @typedef {{ key: string, text: string, run: () => Promise<unknown>, main?: boolean }} DialAction */
/** @typedef {(app: App, dial: Wire.DialView) => DialAction[]} DialPart */

/** @type {Map<string, DialPart>} */
export const DIAL_PARTS = new Map();

/** @param {string} kind @param {DialPart} part */
export function addDialPart(kind, part) {
  DIAL_PARTS.set(kind, part);
}
