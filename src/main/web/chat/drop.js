/** Takes files that are dropped anywhere on an element. While some are held over it, it has the class {@code dropping}. */
export class Drop {
  #depth = 0;

  /** @param {HTMLElement} element @param {(files: File[]) => void} take */
  constructor(element, take) {
    this.element = element;
    this.take = take;
    element.addEventListener('dragenter', event => this.#over(event, 1));
    element.addEventListener('dragleave', event => this.#over(event, -1));
    element.addEventListener('dragover', event => holdsFiles(event) && event.preventDefault());
    element.addEventListener('drop', event => this.#drop(event));
  }

  /** @param {DragEvent} event @param {1|-1} step */
  #over(event, step) {
    if (holdsFiles(event)) {
      event.preventDefault();
      this.#depth = Math.max(0, this.#depth + step);
      this.element.classList.toggle('dropping', this.#depth > 0);
    }
  }

  /** @param {DragEvent} event */
  #drop(event) {
    if (holdsFiles(event)) {
      event.preventDefault();
      this.#depth = 0;
      this.element.classList.remove('dropping');
      this.take([...event.dataTransfer?.files ?? []]);
    }
  }
}

/** @param {DragEvent} event */
function holdsFiles(event) {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
