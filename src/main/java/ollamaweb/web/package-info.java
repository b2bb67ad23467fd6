/**
 * Serves the page, whose sources are in {@code src/main/web}.
 *
 * <ul>
 * <li>{@code index.html} is plain HTML: its style sheets and plain scripts become part of the document, other relative
 *     addresses are rewritten into the folder of assets, whose name is a hash of all that lies in it, and the comments
 *     {@code import map} and {@code preloads} become the import map and the preloads of the main module.
 * <li>The module that each {@code preloads} comment names is served with all that it imports in one file.
 * <li>Modules import each other by relative paths and libraries by the names in {@link ollamaweb.web.Libraries}. A new
 *     library is a webjar in the pom, its files in the shade filters there, and a line in that class.
 * <li>An address that the page shows something under is a line in {@link ollamaweb.web.WebRoutes}.
 * <li>The policy allows no inline script or style but those of the document, by their hashes, no image from elsewhere, and HTML only through the Trusted Types
 *     policies of Lit and DOMPurify.
 * <li>{@code -Dollamaweb.web=src/main/web} reads the files from that folder again with each load of the document.
 * </ul>
 */
package ollamaweb.web;
