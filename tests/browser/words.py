"""Marking words of an article's text as a hand with a mouse does."""

from playwright.sync_api import Page

_FIND = """
(words) => {
  for (const part of document.querySelectorAll("#text .para")) {
    const at = part.textContent.indexOf(words);
    if (at < 0) continue;
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const point = (offset) => {
      walker.currentNode = part;
      for (let node = walker.nextNode(), left = offset; node; left -= node.length, node = walker.nextNode())
        if (left < node.length || (left === node.length)) return [node, left];
    };
    part.scrollIntoView({ block: "center" });
    const range = document.createRange();
    range.setStart(...point(at));
    range.setEnd(...point(at + words.length));
    const boxes = [...range.getClientRects()].filter((each) => each.width > 0);
    const [first, last] = [boxes[0], boxes.at(-1)];
    return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
  }
}
"""


def drag_over(page: Page, words: str) -> None:
    """Mark words with the mouse; the bar of what they can be comes up."""
    left, top, right, bottom = page.evaluate(_FIND, words)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2)
    page.mouse.move(right, bottom)
    page.mouse.up()
    page.locator("#tools").wait_for(state="visible")
