import en from './en.js';

/** @typedef {Record<string, string | ((values: any) => string)>} Dictionary */
/** @typedef {'clock'|'moment'|'day'|'month'} Moment */

/** @type {Record<Moment, Intl.DateTimeFormatOptions>} */
const MOMENTS = {
  clock: { hour: '2-digit', minute: '2-digit' },
  moment: { dateStyle: 'long', timeStyle: 'short' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
};

/** The page's words and figures in the reader's language. */
export class Words {
  constructor(language = chosenLanguage()) {
    this.language = language;
    /** @type {Dictionary} */
    this.dictionary = en;
    document.documentElement.lang = language;
  }

  /** Formats are made when they are first needed: each takes milliseconds, and the first screen needs hardly any. @type {Map<Moment, Intl.DateTimeFormat>} */
  #formats = new Map();
  /** @type {Intl.NumberFormat[]} by fraction digits */
  #numbers = [];

  /** Makes what every message needs, so that the first one need not wait for it. */
  prepare() {
    this.time(new Date().toISOString());
    this.number(0);
    this.number(0, 1);
  }

  /** @returns {Promise<void>} once the language's words are there */
  async load() {
    if (this.language === 'de') {
      this.dictionary = (await import('./de.js')).default;
    }
  }

  /** The reader's own conventions for dates and figures, where they fit the language. */
  get locale() {
    return navigator.languages?.find(each => each.startsWith(this.language)) ?? this.language;
  }

  /** @param {string} key @param {Record<string, unknown>} [values] @returns {string} */
  say(key, values = {}) {
    const entry = this.dictionary[key] ?? /** @type {Dictionary} */ (en)[key] ?? key;
    return typeof entry === 'function' ? entry(values) : entry;
  }

  /** @param {string} message that the server answered, in English @returns {string} the same in the reader's language, where it is a usual one */
  wrong(message) {
    const number = /\d+/.exec(message)?.[0];
    const key = 'wrong.' + message.replace(/\d+/, '#');
    return key in en ? this.say(key, { number }) : message;
  }

  /** @param {number} value @param {number} [digits] */
  number(value, digits = 0) {
    this.#numbers[digits] ??= new Intl.NumberFormat(this.locale, { maximumFractionDigits: digits });
    return this.#numbers[digits].format(value);
  }

  /** @param {number} part of 1, as in "40%" */
  percent(part) {
    return part.toLocaleString(this.locale, { style: 'percent' });
  }

  /** @param {number} bytes as in "1.3 GB" */
  size(bytes) {
    const [unit, size] = bytes >= 1e9 ? ['gigabyte', 1e9] : bytes >= 1e6 ? ['megabyte', 1e6] : bytes >= 1e3 ? ['kilobyte', 1e3] : ['byte', 1];
    const value = bytes / size;
    return value.toLocaleString(this.locale, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 });
  }

  /** @param {string} instant as in "14:02" */
  time(instant) {
    return this.#format('clock', new Date(instant));
  }

  /** @param {string} instant in full */
  moment(instant) {
    return this.#format('moment', new Date(instant));
  }

  /** @param {string} instant as in "3 Nov 2026" */
  day(instant) {
    return this.#format('day', new Date(instant));
  }

  /** @param {Date} date as in "November 2026" */
  month(date) {
    return this.#format('month', date);
  }

  /** @param {Moment} name @param {Date} date */
  #format(name, date) {
    let format = this.#formats.get(name);
    if (!format) {
      format = new Intl.DateTimeFormat(this.locale, MOMENTS[name]);
      this.#formats.set(name, format);
    }
    return format.format(date);
  }
}

/** @returns {'en'|'de'} */
export function chosenLanguage() {
  const chosen = readChoice();
  const wanted = chosen ?? navigator.languages?.map(each => each.slice(0, 2)).find(each => each === 'de' || each === 'en');
  return wanted === 'de' ? 'de' : 'en';
}

/** @param {'en'|'de'|null} language null: the browser's */
export function chooseLanguage(language) {
  if (language === null) {
    localStorage.removeItem('language');
  } else {
    localStorage.setItem('language', language);
  }
}

/** @returns {string|null} */
export function readChoice() {
  try {
    return localStorage.getItem('language');
  } catch {
    return null;
  }
}
