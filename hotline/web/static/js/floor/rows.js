// Lists that change while somebody looks at them: an element stays the same for as long as what it shows is there, so
// that focus, open menus and selections stay too.

/**
 * @template {string | number} Key
 * @template Item
 */
export class Rows {
  /**
   * `make(key)` gives { element, update(item, now) }.
   * @param {Element} container
   * @param {(key: Key) => Page.Row<Item>} make
   */
  constructor(container, make) {
    this.container = container;
    this.make = make;
    /** @type {Map<Key, Page.Row<Item>>} */
    this.rows = new Map();
  }

  /**
   * `items`: [key, item] in the order in which they are to stand.
   * @param {[Key, Item][]} items
   * @param {number} now
   */
  show(items, now) {
    const wanted = new Set(items.map(([key]) => key));
    for (const [key, row] of this.rows) {
      if (wanted.has(key)) continue;
      row.element.remove();
      this.rows.delete(key);
    }
    let place = this.container.firstElementChild;
    for (const [key, item] of items) {
      let row = this.rows.get(key);
      if (!row) {
        row = this.make(key);
        this.rows.set(key, row);
      }
      if (place && row.element === place) place = place.nextElementSibling;
      else this.container.insertBefore(row.element, place);
      row.update(item, now);
    }
  }
}
