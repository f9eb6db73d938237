// Building the page. Text goes in as text, never as markup.

const SPRITE = document.documentElement.dataset.icons || document.body?.dataset.icons || "";

/**
 * An element: properties (on…: listeners; class, data-…, aria-…: attributes; else properties) and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Dom.Properties} [properties]
 * @param {...Dom.Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name in element && name !== "list") Object.assign(element, { [name]: value });
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...nodes(children));
  return element;
}

/**
 * What is to be appended; numbers as the browser writes them.
 * @param {Dom.Child} children
 * @returns {(Node | string)[]}
 */
function nodes(children) {
  if (Array.isArray(children)) return children.flatMap(nodes);
  if (children === null || children === undefined || children === false) return [];
  return [typeof children === "number" ? String(children) : children];
}

/** @param {string} name @param {string} [more] */
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
  return SPRITE || $("[data-icons]")?.dataset.icons || "";
}

/**
 * The element; the caller knows of which kind it is, and asks by `?.` where a page may lack it.
 * @param {string} selector
 * @param {ParentNode} [within]
 */
export const $ = (selector, within = document) => /** @type {HTMLElement} */ (within.querySelector(selector));

/**
 * @param {string} selector
 * @param {ParentNode} [within]
 */
export const $$ = (selector, within = document) => /** @type {HTMLElement[]} */ (Array.from(within.querySelectorAll(selector)));

/**
 * A field, or what can be disabled like one.
 * @type {(selector: string, within?: ParentNode) => HTMLInputElement}
 */
export const $input = /** @type {typeof $input} */ ($);

/** @type {(selector: string, within?: ParentNode) => HTMLDialogElement} */
export const $dialog = /** @type {typeof $dialog} */ ($);

/**
 * Where something happened, as the element that it is.
 * @param {Event} event
 */
export const targetOf = (event) => /** @type {HTMLInputElement} */ (event.target);

/**
 * What the template gave its script, as JSON in the element of that id.
 * @template Data
 * @param {string} id
 * @returns {Data}
 */
export const pageData = (id) => JSON.parse($(`#${id}`).textContent ?? "");

/**
 * A copy of the element that a template holds.
 * @param {string} id
 */
export function templateCopy(id) {
  const template = /** @type {HTMLTemplateElement} */ (/** @type {Element} */ ($(`#${id}`)));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/**
 * Change a text only where it differs, so that screen readers and selections are left alone.
 * @param {Element | null | undefined} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** @param {HTMLElement | null | undefined} element @param {boolean} visible */
export function show(element, visible) {
  if (element && element.hidden === visible) element.hidden = !visible;
}

/** @param {Element} element @param {string} prefix @param {string | undefined} value */
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
 * @param {HTMLElement} element
 * @param {unknown} mark
 * @param {() => Dom.Child} make
 */
export function fill(element, mark, make) {
  const key = JSON.stringify(mark);
  if (element.dataset.mark === key) return;
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const focused = element.contains(active) ? active?.dataset.key : undefined;
  element.replaceChildren(...nodes(make()).filter(Boolean));
  element.dataset.mark = key;
  if (focused) $$("[data-key]", element).find((each) => each.dataset.key === focused)?.focus();
}

/** @param {Dom.Child} text @param {Dom.Properties} [properties] */
export function bdi(text, properties = {}) {
  return h("bdi", properties, text);
}

/** @param {Dom.Child} text @param {string} tone @param {Dom.Properties} [properties] */
export function badge(text, tone, properties = {}) {
  return h("span", { class: `badge tone-${tone}`, ...properties }, text);
}

/** @param {string} id @param {string} title */
export function rule(id, title) {
  return h("abbr", { class: "rule", title }, id);
}
