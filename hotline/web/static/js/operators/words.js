// The words of the screens in the person's language, given by the page; "%(n)s" is filled in.

/** @type {Page.Words} */
let known = {};

/** @param {Page.Words} words */
export function learn(words) {
  known = words;
}

/** @param {string} key @param {Record<string, string | number>} [values] */
export function t(key, values = {}) {
  const text = known[key];
  if (text === undefined) return key;
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
