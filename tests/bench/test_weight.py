"""What travels is what is weighed."""

import gzip

import pytest

from bench.server import Answer
from bench.weight import compressed, files_of

PAGE = b"""<!doctype html><link rel="stylesheet" href="/static/css/a.css?v=1">
<link rel="apple-touch-icon" href="/static/b.png">
<svg><use href="/static/icons.svg?v=2#mail"></use></svg><svg><use href="/static/icons.svg?v=2#tool"></use></svg>"""
SHEET = b".a { color: red }\n" * 100


@pytest.mark.parametrize(
    "page", [Answer(PAGE, ""), Answer(gzip.compress(PAGE), "gzip")], ids=["as it is", "compressed"]
)
def test_each_file_of_a_first_visit_counts_once(page):
    assert files_of(page) == {"/static/css/a.css?v=1", "/static/icons.svg?v=2"}


@pytest.mark.parametrize(
    ("url", "encoding", "travels"),
    [
        ("/static/css/a.css?v=1", "", len(gzip.compress(SHEET, 1))),  # the web server in front compresses it
        ("/static/css/a.css?v=1", "gzip", len(SHEET)),  # the portal did
        ("/static/fonts/a.woff2", "", len(SHEET)),
    ],
)
def test_a_file_weighs_what_travels(url, encoding, travels):
    assert compressed(url, Answer(SHEET, encoding)) == travels
