// Which key means what. Pure. Keys with a name (F2) or with Ctrl or Alt work everywhere; "/" and "?" only where nobody
// is typing.

/** action, key as shown, and how it is recognised. Browsers let pages have all of these. */
/** @type {Desk.KnownKey[]} */
export const KEYS = [
  { action: "answer", shown: "F2", key: "F2" },
  { action: "hold", shown: "F4", key: "F4" },
  { action: "state", shown: "F6", key: "F6" },
  { action: "ready", shown: "Shift+F6", key: "F6", shift: true },
  { action: "transfer", shown: "F7", key: "F7" },
  { action: "mute", shown: "F8", key: "F8" },
  { action: "hand", shown: "Alt+H", code: "KeyH", alt: true },
  { action: "pause_recording", shown: "Shift+F8", key: "F8", shift: true },
  { action: "hang_up", shown: "F9", key: "F9" },
  { action: "rate", shown: "F10", key: "F10" },
  { action: "save", shown: "Ctrl+S", code: "KeyS", ctrl: true },
  { action: "done", shown: "Ctrl+Enter", key: "Enter", ctrl: true },
  { action: "next_record", shown: "Alt+N", code: "KeyN", alt: true },
  { action: "form", shown: "Alt+R", code: "KeyR", alt: true },
  { action: "directory", shown: "Alt+P", code: "KeyP", alt: true },
  { action: "dial", shown: "Alt+C", code: "KeyC", alt: true },
  { action: "cards", shown: "Ctrl+K", code: "KeyK", ctrl: true },
  { action: "cards", shown: "/", key: "/", unlessTyping: true },
  { action: "help", shown: "?", key: "?", unlessTyping: true, anyShift: true },
];

/**
 * The action of a pressed key, or null. `typing`: whether it was pressed in a field.
 * @param {Desk.Pressed} event
 * @param {boolean} typing
 */
export function actionOf(event, typing) {
  if (event.isComposing || event.repeat) return null; // 输入法: the key belongs to the characters being chosen
  const found = KEYS.find((known) => matches(known, event) && !(known.unlessTyping && typing));
  return found ? found.action : null;
}

/** @param {Desk.KnownKey} known @param {Desk.Pressed} event */
function matches(known, event) {
  const ctrl = event.ctrlKey || event.metaKey;
  const rightModifiers =
    ctrl === Boolean(known.ctrl) &&
    event.altKey === Boolean(known.alt) &&
    (known.anyShift || event.shiftKey === Boolean(known.shift));
  return rightModifiers && (known.code ? event.code === known.code : event.key === known.key);
}

/**
 * Whether keys pressed in this element become text.
 * @param {EventTarget | null} target
 */
export function isTyping(target) {
  if (!target) return false;
  const element = /** @type {HTMLInputElement} */ (target);
  if (element.isContentEditable) return true;
  const name = element.tagName;
  if (name === "TEXTAREA" || name === "SELECT") return true;
  const still = ["button", "checkbox", "radio", "range", "submit", "reset", "file", "color"];
  return name === "INPUT" && !still.includes(element.type);
}
