"""Papers read the project's own files and nothing else, and stand on one page."""

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from portal.web.papers import VERIFY, html_of
from portal.web.pdf import OutsideError, laid_out, on_one_page, only_static
from tests.pages import plain
from tests.people import NOW
from tests.support.contents import LONGEST, paper_saying
from tests.support.papers import sheets_of

WITHDRAWN = {"withdrawn_at": NOW, "withdrawn_reason": "un paiement a été rejeté par la banque"}
OUTSIDE = ("file:///etc/hostname", "http://127.0.0.1:1/x.png", "file://host/x", "data:text/css,a{}")


@pytest.mark.parametrize("url", OUTSIDE)
def test_a_paper_cannot_reach_outside(app, url):
    with pytest.raises(OutsideError):
        only_static(Path(app.static_folder)).fetch(url)


def inside_the_window(document) -> bool:
    """Say whether the last line of the address stands in the window of the envelope."""
    [address] = [box for box in document.pages[0]._page_box.descendants() if box.element_tag == "address"]
    last = list(address.descendants())[-1]
    return last.position_y + last.height <= address.position_y + address.height


def bare(words: str) -> str:
    """Return words without their spaces: a line may be cut at a hyphen."""
    return plain(words).replace(" ", "")


def test_a_paper_cannot_climb_out_of_the_static_folder(app):
    static = Path(app.static_folder)
    with pytest.raises(OutsideError):
        only_static(static).fetch(f"{static.as_uri()}/../config.py")


@pytest.mark.parametrize("kind", ["receipt", "notice", "slip"])
@pytest.mark.parametrize(("lines", "marked"), [(1, True), (14, False)])
def test_all_that_is_written_is_drawn_on_one_page_even_four_holders_and_fourteen_lines(app, kind, lines, marked):
    content = LONGEST[kind]
    groups = tuple(replace(group, lines=group.lines[:lines]) for group in content.groups)
    paper = paper_saying(replace(content, groups=groups), **(WITHDRAWN if marked else {}))
    with app.test_request_context("/"):
        html = html_of(paper, duplicate_on=NOW.date() if marked else None)
    drawn = on_one_page(html, Path(app.static_folder))
    [sheet] = sheets_of(drawn.write_pdf())
    assert inside_the_window(drawn)
    written = BeautifulSoup(html, "html.parser").body.stripped_strings
    assert [words for words in written if words != VERIFY and bare(words) not in bare(sheet)] == []


def test_more_names_than_the_window_shows_are_all_on_the_paper(app):
    content = LONGEST["receipt"]
    crowd = replace(content.recipient, names=content.recipient.names * 2)
    with app.test_request_context("/"):
        html = html_of(paper_saying(replace(content, recipient=crowd)))
    assert inside_the_window(laid_out(html, Path(app.static_folder)))
    assert "M. Kévin N’DIAYE" in html
