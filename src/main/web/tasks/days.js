/**
 * @param {string|null} instant
 * @param {string} [zone] an IANA name
 * @returns {string} the day there, as in {@code 2026-11-03}; '' for none
 */
export function dayOf(instant, zone = 'UTC') {
  return instant === null ? '' : new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant));
}
