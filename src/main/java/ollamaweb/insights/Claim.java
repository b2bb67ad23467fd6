package ollamaweb.insights;

import java.util.List;

/**
 * Something that a text says.
 *
 * @param text      without its citations
 * @param supported whether it cites something, and nothing that was not given
 * @param sources   what it cites of what was given
 */
record Claim(String text, boolean supported, List<Source> sources) {}
