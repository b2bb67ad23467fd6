/**
 * Makes one row of nodes into another and touches only what differs, so that a selection in the rest survives.
 *
 * @param {Node} parent
 * @param {ChildNode[]} old the last children of the parent
 * @param {ChildNode[]} fresh
 * @returns {ChildNode[]} what stands there now
 */
export function patch(parent, old, fresh) {
  const now = fresh.map((node, i) => {
    const before = old[i];
    if (!before || before.parentNode !== parent) {
      parent.appendChild(node);
      return node;
    }
    return patchNode(before, node);
  });
  old.slice(fresh.length).forEach(node => node.remove());
  return now;
}

/** @param {ChildNode} before @param {ChildNode} after @returns {ChildNode} */
function patchNode(before, after) {
  if (before.isEqualNode(after)) {
    return before;
  }
  if (before instanceof Text && after instanceof Text) {
    if (after.data.startsWith(before.data)) {
      before.appendData(after.data.slice(before.data.length));
    } else {
      before.data = after.data;
    }
    return before;
  }
  if (isSimilar(before, after)) {
    patch(before, [...before.childNodes], [...after.childNodes]);
    return before;
  }
  before.replaceWith(after);
  return after;
}

/** Drawn formulas and coloured code are never taken apart. @param {ChildNode} before @param {ChildNode} after */
function isSimilar(before, after) {
  return before instanceof Element && after instanceof Element
    && before.tagName === after.tagName
    && before.className === after.className
    && !before.classList.contains('math')
    && before.getAttributeNames().length === after.getAttributeNames().length
    && before.getAttributeNames().every(name => before.getAttribute(name) === after.getAttribute(name));
}
