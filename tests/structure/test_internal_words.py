"""What the Office writes for itself never leaves it: not on a page, not on a paper.

That no mail of any kind carries it either is told beside the mails, in tests/test_news_mails.py.
"""

from io import BytesIO

import pytest
from pypdf import PdfReader

from portal import db
from portal.config import ClaimDelays
from portal.domain.claims import handling
from portal.domain.claims.models import Claim
from portal.domain.claims.recording import Act
from portal.domain.works.models import Order
from tests.people import NOW
from tests.structure.addresses import pages

MARKER = "Zwyx-marque-interne"


@pytest.fixture
def marked(app, people, own):
    """The marker, wherever the Office writes for itself: notes of every claim, instructions of every order."""
    with db.db.connection_context():
        for claim in Claim.select():
            act = Act(at=NOW, delays=ClaimDelays(), once_key=f"marked-{claim.id}")
            handling.note(claim=claim, staff=people.technical, words=MARKER, act=act)
        Order.update(instructions=MARKER).execute()
    return own


def read(answer) -> str:
    """Return all the words of an answer, page, paper or file."""
    if answer.mimetype == "application/pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)
    return answer.get_data().decode("utf-8", "replace")


def test_no_page_nor_paper_of_a_tenant_reads_an_internal_word(app, client_of, people, marked):
    for tenant in (people.aminata, people.bruno):
        client = client_of(tenant)
        for url in pages(app, "tenant", marked):
            with client.get(url) as answer:
                assert MARKER not in read(answer), url


def test_the_office_reads_it_on_the_file_of_the_claim(client_of, people, marked):
    assert MARKER in client_of(people.technical).get(f"/bureau/reclamations/{marked.claim}").text
