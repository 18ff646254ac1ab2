"""Papers read the project's own files and nothing else, and stand on one page."""

from dataclasses import replace
from pathlib import Path

import pytest

from portal.web.papers import html_of
from portal.web.pdf import OutsideError, draw, laid_out, only_static
from tests.support.contents import LONGEST, paper_saying
from tests.support.papers import sheets_of

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


def test_a_paper_cannot_climb_out_of_the_static_folder(app):
    static = Path(app.static_folder)
    with pytest.raises(OutsideError):
        only_static(static).fetch(f"{static.as_uri()}/../config.py")


@pytest.mark.parametrize("kind", ["receipt", "notice", "slip"])
@pytest.mark.parametrize("lines", [1, 14])
def test_four_holders_long_names_and_fourteen_lines_stay_on_one_page(app, kind, lines):
    content = LONGEST[kind]
    groups = tuple(replace(group, lines=group.lines[:lines]) for group in content.groups)
    with app.test_request_context("/"):
        html = html_of(paper_saying(replace(content, groups=groups)))
    [sheet] = sheets_of(draw(html, Path(app.static_folder)))
    assert inside_the_window(laid_out(html, Path(app.static_folder)))
    for line in (*content.recipient.names, *content.recipient.address):  # a name may be cut at a hyphen
        assert line.replace(" ", "") in sheet.replace(" ", "")


def test_more_names_than_the_window_shows_are_all_on_the_paper(app):
    content = LONGEST["receipt"]
    crowd = replace(content.recipient, names=content.recipient.names * 2)
    with app.test_request_context("/"):
        html = html_of(paper_saying(replace(content, recipient=crowd)))
    assert inside_the_window(laid_out(html, Path(app.static_folder)))
    assert "M. Kévin N’DIAYE" in html
