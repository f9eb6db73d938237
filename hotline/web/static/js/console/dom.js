// Building the page. Text goes in as text, never as markup.

const SPRITE = document.documentElement.dataset.icons || document.body?.dataset.icons || "";

/** An element: properties (on…: listeners; class, data-…, aria-…: attributes; else properties) and children. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name, more = "") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `icon ${more}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${iconSprite()}#${name}`);
  svg.append(use);
  return svg;
}

function iconSprite() {
  return SPRITE || document.querySelector("[data-icons]")?.dataset.icons || "";
}

export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => Array.from(within.querySelectorAll(selector));

/** Change a text only where it differs, so that screen readers and selections are left alone. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

export function show(element, visible) {
  if (element && element.hidden === visible) element.hidden = !visible;
}

export function setClass(element, prefix, value) {
  const wanted = value ? `${prefix}${value}` : "";
  for (const name of Array.from(element.classList)) {
    if (name.startsWith(prefix) && name !== wanted) element.classList.remove(name);
  }
  if (wanted) element.classList.add(wanted);
}

/**
 * Put `children` in place of what the element holds; the focus stays on the element of the same data-key. Nothing is
 * touched while `mark` (what the children were made from) is as it was.
 */
export function fill(element, mark, make) {
  const key = JSON.stringify(mark);
  if (element.dataset.mark === key) return;
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  element.replaceChildren(...[make()].flat(Infinity).filter(Boolean));
  element.dataset.mark = key;
  if (focused) Array.from(element.querySelectorAll("[data-key]")).find((e) => e.dataset.key === focused)?.focus();
}

export function bdi(text, properties = {}) {
  return h("bdi", properties, text);
}

export function badge(text, tone, properties = {}) {
  return h("span", { class: `badge tone-${tone}`, ...properties }, text);
}

export function rule(id, title) {
  return h("abbr", { class: "rule", title }, id);
}
