import lxml.html
import pytest

from pipeline.reading.blocks import to_text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<div><p>One  <b>and</b> one.</p><p>Two</p></div>", "One and one.\n\nTwo"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<table><tr><td>a</td><td><p>b</p>c</td></tr><tr><td>d</td></tr></table>", "a | b c\nd"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<div>a<script>no</script> b<!-- no --> c</div>", "a b c"),
        ("<div></div>", ""),
    ],
)
def test_a_tree_becomes_text(page, text):
    assert to_text(lxml.html.fragment_fromstring(page)) == text


def test_what_stands_behind_the_tree_is_not_read():
    tree = lxml.html.fragment_fromstring("<div><p>in</p> behind</div>")

    assert to_text(tree[0]) == "in"
