import gzip
import hashlib

import pytest

from pipeline.review.static import find_digest, load_files, static_url


def test_a_file_is_kept_for_good_under_its_digest(plain):
    answer = plain.get(static_url("review.css"))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.text == load_files()["review.css"].body.decode()


def test_an_older_pages_address_still_works_and_is_not_kept(plain):
    answer = plain.get("/static/000000000000/review.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "nothing.js", "", "review.css/"])
def test_nothing_else_is_a_file(plain, name):
    assert plain.get(f"/static/{find_digest()}/{name}").status_code == 404


def test_a_page_cannot_name_a_file_that_is_not_there():
    with pytest.raises(KeyError):
        static_url("nothing.js")


@pytest.mark.parametrize("name", sorted(load_files()))
def test_every_kind_of_file_has_its_type(name):
    assert load_files()[name].media_type in {
        "text/css",
        "text/javascript",
        "application/javascript",
        "image/svg+xml",
        "text/plain",
    }


def test_all_scripts_together_are_small():
    scripts = [file.body for name, file in load_files().items() if name.endswith(".js")]
    assert sum(len(gzip.compress(body, 6)) for body in scripts) < 60 * 1024


def test_htmx_is_the_one_that_was_published():
    """4.0.1, as the npm package htmx.org has it in dist/htmx.min.js; its licence lies beside it."""
    digest = hashlib.sha256(load_files()["htmx.min.js"].body).hexdigest()
    assert digest == "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
    assert b"Zero-Clause BSD" in load_files()["htmx.LICENSE.txt"].body
