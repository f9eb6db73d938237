// The words of the screens in the person's language, given by the page; "%(n)s" is filled in.

/** @type {Page.Words} */
let known = {};

/** @param {Page.Words} words */
export function learn(words) {
  known = words;
}

/**
 * Names one after the other, parted as the reader's language parts them.
 * @param {readonly string[]} names
 */
export function listed(names) {
  return names.join(document.documentElement.lang.startsWith("zh") ? "、" : ", ");
}

/**
 * What a dial is for: by its code, else as somebody wrote it.
 * @param {string} reason
 */
export function dialledFor(reason) {
  return known[`dialled_for.${reason}`] ?? reason;
}

/** @param {string} key @param {Record<string, string | number>} [values] */
export function t(key, values = {}) {
  const text = known[key];
  if (text === undefined) return key;
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
