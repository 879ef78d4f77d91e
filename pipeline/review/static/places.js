// Places in the text of an article: offsets in code points, as the server counts them, to and from the page.

/** The paragraph that a node of the page is in, or null. */
function paragraphOf(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest("#text .para") ?? null;
}

/** Where a point of the page is in the text; null outside of it. */
export function offsetOf(node, offset) {
  const paragraph = paragraphOf(node);
  if (!paragraph) return null;
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  return Number(paragraph.dataset.s) + [...range.toString()].length;
}

/** The marked words as {start, end}; null where nothing of the text is marked. */
export function chosen() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start || !range.toString().trim() ? null : { start, end };
}

/** A range of the page for a place of the text; null where it is not on this page. */
export function rangeOf(start, end) {
  const from = pointOf(start, false);
  const to = pointOf(end, true);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

function pointOf(offset, isEnd) {
  const paragraphs = [...document.querySelectorAll("#text .para")];
  const found = paragraphs.findLast((each) => (isEnd ? Number(each.dataset.s) < offset : Number(each.dataset.s) <= offset));
  if (!found) return null;
  let left = offset - Number(found.dataset.s);
  const walker = document.createTreeWalker(found, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const points = [...node.data];
    if (left < points.length || (isEnd && left === points.length)) return [node, points.slice(0, left).join("").length];
    left -= points.length;
  }
  return null;
}

/** The words of the page's text, each as {start, end}. */
export function words() {
  const found = [];
  for (const paragraph of document.querySelectorAll("#text .para")) {
    const start = Number(paragraph.dataset.s);
    for (const each of paragraph.textContent.matchAll(/[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}]/gu)) {
      const at = start + [...paragraph.textContent.slice(0, each.index)].length;
      found.push({ start: at, end: at + [...each[0]].length });
    }
  }
  return found;
}

/** A place with its first and last word whole: a mouse seldom stops between two letters on purpose. */
export function wholeWords({ start, end }) {
  const all = words();
  const first = all.find((each) => each.end > start);
  const last = all.findLast((each) => each.start < end);
  if (!first || !last || first.start > last.start) return { start, end, words: "" };
  const found = { start: Math.min(first.start, end), end: Math.max(last.end, start) };
  return { ...found, words: rangeOf(found.start, found.end)?.toString() ?? "" };
}

/** Show a place without marking it for copying, and bring it into view; false where it is not on this page. */
export function point(start, end) {
  const range = rangeOf(start, end);
  if (!range) return false;
  if (window.CSS?.highlights) CSS.highlights.set("words", new Highlight(range));
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  return true;
}
