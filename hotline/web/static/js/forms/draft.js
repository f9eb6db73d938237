// A record as the server has it, and what has been written into it here since. No page, no network: what is typed here
// and elsewhere meets here, and nothing of either is lost unseen.

export const FIELDS = [
  "customer_id", "caller_name", "callback_number", "region", "address", "category", "content", "handling", "solved",
  "promise", "promise_due_at", "follow_up_person", "complaint",
];

const EXTRA = "fields.";

/**
 * The value of a field, of a further one by "fields.<id>".
 * @param {Form.View} view
 * @param {string} key
 * @returns {Form.Value}
 */
export function valueOf(view, key) {
  return key.startsWith(EXTRA) ? view.fields[key.slice(EXTRA.length)] ?? "" : /** @type {Record<string, Form.Value>} */ (/** @type {unknown} */ (view))[key];
}

/** @param {Form.Value} one @param {Form.Value} other */
function same(one, other) {
  if (one === other) return true;
  const times = typeof one === "string" && typeof other === "string" && /^\d{4}-\d\d-\d\dT/.test(one) && /^\d{4}-\d\d-\d\dT/.test(other);
  return times && Date.parse(one) === Date.parse(other);
}

export class Draft {
  /** @param {Form.View} view */
  constructor(view) {
    this.base = view;
    /** @type {Map<string, Form.Value>} By field: what was written here and is not in `base`. */
    this.mine = new Map();
    /** @type {Map<string, string>} By field: why the server does not take it as it is. */
    this.refused = new Map();
    /** @type {Map<string, Form.Conflict>} By field that both have written, and nobody has chosen yet. */
    this.conflicts = new Map();
  }

  /** @param {string} key */
  value(key) {
    return this.mine.has(key) ? this.mine.get(key) : valueOf(this.base, key);
  }

  /** @param {string} key @param {Form.Value} value */
  write(key, value) {
    this.refused.delete(key);
    if (same(value, valueOf(this.base, key)) && !this.conflicts.has(key)) this.mine.delete(key);
    else this.mine.set(key, value);
  }

  /** What is to be sent: neither what was refused as it is, nor what must be chosen first. */
  get pending() {
    return [...this.mine.keys()].filter((key) => !this.refused.has(key) && !this.conflicts.has(key));
  }

  get isClean() {
    return this.mine.size === 0;
  }

  /** The pending fields as the API takes them, at most so many characters at once. */
  body(limit = 60000) {
    /** @type {Record<string, Form.Value>} */
    const fields = {};
    /** @type {Record<string, unknown>} */
    const body = { version: this.base.version };
    /** @type {Map<string, Form.Value>} */
    const sent = new Map();
    let size = 0;
    for (const key of this.pending) {
      const value = this.mine.get(key);
      size += String(value ?? "").length;
      if (sent.size && size > limit) break;
      sent.set(key, value);
      if (key.startsWith(EXTRA)) fields[key.slice(EXTRA.length)] = value;
      else body[key] = value;
    }
    if (Object.keys(fields).length) body.fields = fields;
    return { body, sent };
  }

  /**
   * The server has written `sent`; what was typed meanwhile stays unsaved.
   * @param {Form.View} view
   * @param {Map<string, Form.Value>} sent
   */
  accepted(view, sent) {
    for (const [key, value] of sent) {
      if (same(this.mine.get(key), value)) this.mine.delete(key);
    }
    this.base = view;
  }

  /**
   * Some fields do not fit. True when one of them was among what is pending.
   * @param {Wire.WrongInput[]} errors
   */
  refuse(errors) {
    let any = false;
    for (const { field, message } of errors) {
      if (!this.mine.has(field)) continue;
      this.refused.set(field, message);
      any = true;
    }
    return any;
  }

  /**
   * The record was changed elsewhere: where only one of both has written, that counts; the rest is to be chosen.
   * @param {Wire.FormView} current
   */
  meet(current) {
    for (const [key, value] of this.mine) {
      const theirs = valueOf(current, key);
      if (same(theirs, value)) this.mine.delete(key);
      else if (!same(theirs, valueOf(this.base, key))) this.conflicts.set(key, { theirs, by: current.updated_by_name });
    }
    this.base = current;
    for (const key of [...this.conflicts.keys()]) {
      if (!this.mine.has(key)) this.conflicts.delete(key);
    }
  }

  /**
   * Of a field that both have written: keep what stands here, or take the other.
   * @param {string} key
   * @param {boolean} mine
   */
  choose(key, mine) {
    this.conflicts.delete(key);
    if (!mine) this.mine.delete(key);
  }
}
