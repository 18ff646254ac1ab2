"""What a tenant takes away: « Mon dossier », and the orders."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.config import ClaimDelays
from portal.db import db
from portal.domain.claims import actions as claims
from portal.domain.claims.models import Claim, ClaimPhoto
from portal.domain.claims.recording import Act, Actor, record
from portal.domain.works import visits
from portal.domain.works.models import Order
from tests.filing import file_one, photo
from tests.fixtures import furnish
from tests.pages import plain
from tests.people import NOW

SECRET = "NE-DOIT-PAS-SORTIR"


def act(at=NOW, **more) -> Act:
    return Act(at=at, delays=ClaimDelays(), **more)


def read(client, url: str) -> PdfReader:
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return PdfReader(BytesIO(answer.data))


def words(pdf: PdfReader) -> str:
    return plain(" ".join(page.extract_text() for page in pdf.pages))


@pytest.fixture
def aminata(client_of, people):
    return client_of(people.aminata)


@pytest.fixture
def claim(aminata, people) -> Claim:
    """A leak with two photos, an answer, a note of the Office, a visit nobody kept, and a question to her."""
    file_one(aminata, photos={"go": "next", "photos": [photo(), photo("mur.jpg", "red")]})
    with db.connection_context():
        claim = Claim.get()
        staff = Actor(staff=people.technical)
        record(claim=claim, verb="answer", actor=staff, act=act(words="Le plombier est prévenu."), internal=SECRET)
        record(claim=claim, verb="note", actor=staff, act=act(), internal=SECRET)
        span = visits.Span(NOW.date() + timedelta(days=1), "08:00", "10:00")
        visit = visits.propose(staff=people.technical, span=span, act=act(), claim=claim, agreed=True)
        visits.say_nobody_came(visit=visit, act=act(at=NOW + timedelta(days=2)), tenant=people.aminata)
        record(claim=claim, verb="ask_tenant", actor=staff, act=act(words="Quel étage ?"))
        return claim


def test_the_file_of_a_claim_tells_everything_and_nothing_of_the_inside(aminata, claim):
    pdf = read(aminata, f"/espace/reclamations/{claim.number}/dossier.pdf")
    said = words(pdf)
    with db.connection_context():
        marks = [photo.file.sha256 for photo in ClaimPhoto.select()]
    for expected in (
        f"Dossier de la réclamation n° {claim.number}",
        "Mme Aminata KEÏTA",
        "Plomberie",
        "L'eau coule sous l'évier.",
        "Le plombier est prévenu.",
        "Personne n'est venu",
        "1 manqué",
        "Préfère être présent",
        "commission départementale de conciliation",
        "Établi le lundi 23 novembre 2026",
    ):
        assert expected in said, expected
    assert all(mark in said.replace(" ", "") for mark in marks)
    assert SECRET not in said
    assert len({image.data for page in pdf.pages for image in page.images}) == 2


def test_who_reads_the_file_is_not_taken_for_the_tenant(aminata, claim):
    said = words(read(aminata, f"/espace/reclamations/{claim.number}/dossier.pdf"))
    assert "Attend le locataire" in said
    assert "votre réponse" not in said


def test_it_is_tagged_titled_and_numbered(aminata, claim):
    pdf = read(aminata, f"/espace/reclamations/{claim.number}/dossier.pdf")
    assert plain(pdf.metadata.title) == f"Dossier de la réclamation n° {claim.number}"
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert pdf.root_object["/Lang"] == "fr"
    assert f"Page 1 sur {len(pdf.pages)}" in words(pdf)


def test_a_long_story_takes_several_pages(aminata, claim, people):
    with db.connection_context():
        for rank in range(30):
            claims.add_words(
                claim=claim,
                tenant=people.aminata,
                words=f"Toujours rien, jour {rank}.",
                once_key=f"w{rank}",
                at=NOW,
                delays=ClaimDelays(),
            )
    pdf = read(aminata, f"/espace/reclamations/{claim.number}/dossier.pdf")
    assert len(pdf.pages) > 2
    assert f"Page 3 sur {len(pdf.pages)}" in plain(pdf.pages[2].extract_text())
    assert "jour 29." in words(pdf)


def test_a_photo_that_is_no_longer_there_does_not_stop_it(aminata, claim, app):
    for path in app.portal.uploads.rglob("*.jpg"):
        path.unlink()
    assert "SHA-256" in words(read(aminata, f"/espace/reclamations/{claim.number}/dossier.pdf"))


@pytest.mark.parametrize(("kind", "leaf"), [("OS", "ordres-de-service"), ("BT", "bons-de-travaux")])
def test_an_order_says_what_a_tenant_may_see(app, aminata, people, kind, leaf):
    with db.connection_context():
        own = furnish(people, app.portal.uploads)
        number = {"OS": own.service_order, "BT": own.work_order}[kind]
        Order.update(instructions=SECRET).execute()
    pdf = read(aminata, f"/espace/{leaf}/{number}.pdf")
    said = words(pdf)
    assert f"n° {number}" in said
    assert "Plomberie Varin" in said
    assert SECRET not in said
    assert len(pdf.pages) == 1
    assert pdf.root_object["/MarkInfo"]["/Marked"]
