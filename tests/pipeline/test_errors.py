import inspect
import re

import pytest

from pipeline import errors

CLASSES = [kind for kind in vars(errors).values() if inspect.isclass(kind) and issubclass(kind, errors.EntenteError)]
LINE = re.compile(r"^ *(?P<branch>[│├└─ ]*?)(?P<name>[A-Z]\w+Error)(?P<rest>.*)$")


def drawn():
    """Name -> (parent's name, rest of the line), as the module's docstring draws the tree."""
    rows, path = {}, {}
    for line in inspect.cleandoc(errors.__doc__).splitlines():
        if found := LINE.match(line):
            depth = len(found["branch"].replace(" ", "x")) // 4
            path[depth] = found["name"]
            rows[found["name"]] = (path.get(depth - 1), found["rest"])
    return rows


def test_the_drawing_is_the_tree():
    tree = {kind.__name__: kind.__base__.__name__ for kind in CLASSES}
    tree["EntenteError"] = None
    assert {name: parent for name, (parent, _) in drawn().items()} == tree


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_the_drawing_has_the_exit_codes_and_stages(kind):
    rest = drawn()[kind.__name__][1]
    if "exit code" in rest:
        assert f"exit code {kind.exit_code}" in rest
    else:
        assert kind.exit_code == kind.__base__.exit_code
    if "stage " in rest and kind is not errors.ArticleError:
        assert f"stage {kind.stage}" in rest


def test_every_exit_code_is_of_one_branch():
    own = [kind.exit_code for kind in CLASSES if kind.__base__ in (Exception, errors.EntenteError)]
    assert sorted(own) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if issubclass(kind, errors.ArticleError)])
def test_an_articles_error_keeps_its_address_and_bytes(kind):
    error = kind("what, where and what to do", address="/a.txt", raw=b"x")
    assert (str(error), error.address, error.raw) == ("what, where and what to do", "/a.txt", b"x")
    assert kind("m", address="/a.txt").raw is None
