/** Tells when elements have another size, of one set of them after the other. */
export class ElementSizes {
  /** @type {Set<Element>} */
  #observed = new Set();

  /** @param {(entries: ResizeObserverEntry[]) => void} resized also called once for each that is new */
  constructor(resized) {
    this.observer = new ResizeObserver(resized);
  }

  /** From now on of these alone. @param {Set<Element>} now */
  observe(now) {
    this.#observed.forEach(element => now.has(element) || this.observer.unobserve(element));
    now.forEach(element => this.#observed.has(element) || this.observer.observe(element));
    this.#observed = now;
  }

  disconnect() {
    this.observer.disconnect();
    this.#observed = new Set();
  }
}
