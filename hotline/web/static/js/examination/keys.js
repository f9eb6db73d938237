// Which key means what on the examiner's page. Pure. No key acts while somebody types or chooses in a dialog.

/** By their order in the help. `shown`: as the help names them; `scores`: only for who gives points. */
/** @type {{ action: string, shown: string[], keys: string[], repeats?: boolean, scores?: boolean }[]} */
export const KEYS = [
  { action: "play", shown: ["Space"], keys: [" "] },
  { action: "back", shown: ["←"], keys: ["ArrowLeft"], repeats: true },
  { action: "on", shown: ["→"], keys: ["ArrowRight"], repeats: true },
  { action: "slower", shown: ["["], keys: ["["] },
  { action: "faster", shown: ["]"], keys: ["]"] },
  { action: "next", shown: ["J"], keys: ["j"], repeats: true, scores: true },
  { action: "previous", shown: ["K"], keys: ["k"], repeats: true, scores: true },
  { action: "digit", shown: ["0", "9"], keys: [..."0123456789"], scores: true },
  { action: "more", shown: ["↑"], keys: ["ArrowUp"], repeats: true, scores: true },
  { action: "less", shown: ["↓"], keys: ["ArrowDown"], repeats: true, scores: true },
  { action: "full", shown: ["M"], keys: ["m"], scores: true },
  { action: "not_applying", shown: ["N"], keys: ["n"], scores: true },
  { action: "clear", shown: ["Backspace"], keys: ["Backspace", "Delete"], scores: true },
  { action: "next_open", shown: ["Enter"], keys: ["Enter"], scores: true },
  { action: "comment", shown: ["C"], keys: ["c"] },
  { action: "example", shown: ["E"], keys: ["e"] },
  { action: "finish", shown: ["F"], keys: ["f"], scores: true },
  { action: "help", shown: ["?"], keys: ["?"] },
];

/** Keys that a focused control has a use for itself. */
const OF_CONTROLS = [" ", "Enter", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/**
 * The action of a pressed key, or null. `typing`: it was pressed in a field. `control`: the focus is on a button, link
 * or slider, which uses some keys itself. `dialog`: a dialog is open.
 * @param {Exam.Pressed} event
 * @param {{typing?: boolean, control?: boolean, dialog?: boolean}} [given]
 */
export function actionOf(event, { typing = false, control = false, dialog = false } = {}) {
  if (typing || dialog || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (control && OF_CONTROLS.includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const found = KEYS.find((known) => known.keys.includes(key));
  return found && (!event.repeat || found.repeats) ? found.action : null;
}

/**
 * Whether an element uses keys itself beside typing.
 * @param {EventTarget | null} target
 */
export function isControl(target) {
  const element = /** @type {Element | null} */ (target);
  return Boolean(element?.closest?.("a[href], button, summary, input[type=range], input[type=checkbox], input[type=radio], audio"));
}
