"""Every PDF is read aloud rightly: what ISO 14289-1 (PDF/UA-1), 7.5 and 7.6, asks of its tables and lists.

Our library declares PDF/UA-1 whatever the tags are: these are the rules that a template can break.
"""

from pathlib import Path

import pytest

from portal.web.papers import html_of
from portal.web.pdf import draw
from tests.support.contents import LONGEST, paper_saying
from tests.support.tags import faults_of


@pytest.mark.parametrize("kind", sorted(LONGEST))
def test_each_paper_has_lists_and_tables_that_are_read_aloud(app, kind):
    with app.test_request_context("/"):
        html = html_of(paper_saying(LONGEST[kind]))
    assert faults_of(draw(html, Path(app.static_folder))) == []


@pytest.mark.parametrize("side", ["tenant", "office"])
def test_so_has_every_pdf_that_has_an_address(visited, side):
    answers = {url: look.answer for url, look in visited[side].looks.items()}
    seen = {url: faults_of(each.data) for url, each in answers.items() if each.mimetype == "application/pdf"}
    assert seen
    assert {url: faults for url, faults in seen.items() if faults} == {}
