// What parts/call_form.html brings: words in the person's language, and the tree of subjects.

import { pageData } from "../operators/dom.js";

/** @type {Page.CallFormData | null} */
let known = null;

/** @returns {Page.CallFormData} */
export function data() {
  known ??= /** @type {Page.CallFormData} */ (pageData("call-form-data"));
  return known;
}

/**
 * The words of `key`; "%(n)s" is filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  const text = data().words[key] ?? key;
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** @param {string} key */
export function fieldName(key) {
  if (!key.startsWith("fields.")) return data().names[key] ?? key;
  const id = key.slice("fields.".length);
  const extras = data().categories.flatMap((category) => category.fields);
  return extras.find((extra) => extra.id === id)?.label ?? id;
}
