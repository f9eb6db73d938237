// What weights make together, and the names of a new row's fields. Pure.

/** @param {string[]} typed weights as typed; what is no number counts as nothing. */
export function sumOf(typed) {
  const total = typed.map((each) => each.trim()).filter((each) => /^[0-9]{1,4}([.][0-9]{1,3})?$/.test(each))
    .reduce((sum, each) => sum + Number(each), 0);
  return Math.round(total * 1000) / 1000;
}

/** @param {number} total */
export function isFull(total) {
  return Math.abs(total - 100) <= 0.01;
}

/**
 * item-N-name, 7 -> item-7-name
 * @param {string} name
 * @param {number} number
 */
export function numbered(name, number) {
  return name.replace(/^item-N-/, `item-${number}-`);
}
