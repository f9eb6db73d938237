// Whose part of the pop says what is to be done for the caller: each feature's script adds its own, in the order in which
// the page names these scripts. Each gives the items of a list.

/** @typedef {(pop: Wire.Pop) => HTMLElement[]} PopPart */

/** @type {PopPart[]} */
export const POP_PARTS = [];

/** @param {PopPart} part */
export function addPopPart(part) {
  POP_PARTS.push(part);
}
