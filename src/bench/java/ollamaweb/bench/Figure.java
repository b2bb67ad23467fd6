package ollamaweb.bench;

/**
 * One line of the report.
 *
 * @param value    what was measured at the server
 * @param baseline what it is compared with, measured in the same run, or null
 * @param ratio    the median of the ratios of the two, or null
 * @param note     what the baseline is, or whatever else has to be known, or null
 */
record Figure(String scenario, String name, String unit, Double value, Double baseline, Double ratio, String note) {}
