// Whose part of the pop says what is to be done for the caller: of each feature that has one, in the order in which they
// are shown. Each gives the items of a list.

import { pageData } from "./dom.js";

/** @typedef {{ popItems: (pop: Wire.Pop) => HTMLElement[] }} PopPart */

/** @type {Page.ConsoleData} */
const data = pageData("console-data");

/** @type {PopPart[]} */
const parts = await Promise.all(data.pop_parts.map((address) => import(address)));

export const POP_PARTS = parts.map((part) => part.popItems);
