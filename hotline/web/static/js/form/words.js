// What parts/call_form.html brings: words in the person's language, and the tree of subjects.

let known = null;

export function data() {
  known ??= JSON.parse(document.getElementById("call-form-data").textContent);
  return known;
}

/** The words of `key`; "%(n)s" is filled in. */
export function say(key, values = {}) {
  const text = data().words[key] ?? key;
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function fieldName(key) {
  if (!key.startsWith("fields.")) return data().names[key] ?? key;
  const id = key.slice("fields.".length);
  const extras = data().categories.flatMap((category) => category.fields);
  return extras.find((extra) => extra.id === id)?.label ?? id;
}
