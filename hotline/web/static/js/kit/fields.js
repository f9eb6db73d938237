// Fields in the language of the page. A browser shows days and times, and says what is wrong with a field, in its own
// language, which no page can choose: 03/04/2026 is a day in March to one and in April to another. So where browser and
// page differ the day stands below its field in words; and what is wrong with a field is always said by the page.

/** @typedef {Record<string, string>} Words */

/** The parts of a value as the browser gives it, in whatever format it is shown: 2026-03-04, 09:30, 2026-03-04T09:30. */
const VALUE = /^(?:(\d{4,6})-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d))?/;

/**
 * A day, a time or both in words, with the day of the week; "" for none.
 * @param {string} value
 * @param {string} language
 */
export function momentWords(value, language) {
  const [, year, month, day, hour, minute] = VALUE.exec(value) ?? [];
  if (!year && !hour) return "";
  const moment = Date.UTC(Number(year ?? 2000), Number(month ?? 1) - 1, Number(day ?? 1), Number(hour ?? 0), Number(minute ?? 0));
  /** @type {Intl.DateTimeFormatOptions} */
  const options = {
    timeZone: "UTC",
    ...(year ? { year: "numeric", month: "long", day: "numeric", weekday: "short" } : {}),
    ...(hour ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : {}),
  };
  return new Intl.DateTimeFormat(language, options).format(moment);
}

/**
 * Whether days as the browser shows them are in another language than the page.
 * @param {string} page
 * @param {string} browser
 */
export const differ = (page, browser) => page.split("-")[0].toLowerCase() !== browser.split("-")[0].toLowerCase();

/**
 * What is wrong with a field, in the page's words; "" for what they have none of.
 * @param {{ validity: Partial<ValidityState>, min?: string, max?: string, maxLength?: number, minLength?: number, title?: string, type?: string }} field
 * @param {Words} words
 * @param {(value: string) => string} [shown] how a bound is shown
 */
export function faultWords(field, words, shown = String) {
  const { validity } = field;
  const kinds = /** @type {(keyof ValidityState)[]} */ (["badInput", "valueMissing", "typeMismatch", "patternMismatch", "rangeUnderflow", "rangeOverflow", "stepMismatch", "tooLong", "tooShort"]);
  const kind = kinds.find((each) => validity[each]);
  const found = kind ? words[`${kind}.${field.type}`] ?? words[kind] ?? "" : "";
  /** @type {Record<string, string>} */
  const values = { min: shown(field.min ?? ""), max: shown(field.max ?? ""), most: String(field.maxLength ?? ""), least: String(field.minLength ?? ""), title: field.title ?? "" };
  return found.replace(/\{(\w+)\}/g, (_whole, name) => values[name] ?? "").trim();
}

const MOMENTS = "input[type=date], input[type=time], input[type=datetime-local]";
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/** @param {Words} words */
function start(words) {
  const language = document.documentElement.lang;
  /** @param {string} value */
  const shown = (value) => momentWords(value, language) || value;

  let made = 0;
  /** @param {HTMLInputElement} field */
  function putInWords(field) {
    const said = momentWords(field.value, language);
    const { nextElementSibling: beside } = field;
    const place = beside?.matches(".moment-words") ? /** @type {HTMLElement} */ (beside) : null;
    if (place) place.textContent = said;
    else if (said) {
      const text = Object.assign(document.createElement("small"), { className: "moment-words", textContent: said, id: `moment-words-${(made += 1)}` });
      field.after(text);
      if (!field.hasAttribute("aria-describedby")) field.setAttribute("aria-describedby", text.id);
    }
  }
  const putAllInWords = () => /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(MOMENTS)).forEach(putInWords);
  if (differ(language, navigator.language)) {
    putAllInWords();
    // A value may be filled in by a click elsewhere, a dialog may bring fields of its own.
    for (const kind of ["input", "change", "click", "focusin", "htmx:afterSwap"]) document.addEventListener(kind, () => setTimeout(putAllInWords), { passive: true });
  }

  document.addEventListener("invalid", (event) => {
    const field = /** @type {Field} */ (event.target);
    const said = field.validity.customError ? "" : faultWords(/** @type {HTMLInputElement} */ (field), words, shown);
    if (!said) return;
    field.setCustomValidity(said);
    field.dataset.said = "";
  }, { capture: true });
  /** What we said stays an error until it is taken back: before each try, of all fields, since one choice may mend others. */
  /** @param {Event} event */
  function takeBack(event) {
    const form = /** @type {Element} */ (event.target).closest("form");
    for (const field of /** @type {NodeListOf<Field>} */ (form?.querySelectorAll("[data-said]") ?? [])) {
      field.setCustomValidity("");
      delete field.dataset.said;
    }
  }
  for (const kind of ["input", "change", "click"]) document.addEventListener(kind, takeBack, { capture: true, passive: true });
}

if (typeof document !== "undefined") {
  const words = document.querySelector("#field-words");
  if (words?.textContent) start(JSON.parse(words.textContent));
}
