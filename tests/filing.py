"""File a réclamation as a tenant does, through every page of the guide, or have its answers kept already."""

import re
from datetime import datetime
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.domain.filing import actions, queries
from portal.domain.filing.models import ClaimDraft
from portal.domain.housing.queries import leases_of
from portal.domain.people.models import Tenant
from tests.fixtures.files import picture
from tests.people import NOW

GUIDE = "/espace/reclamations/nouvelle"
STEPS = {
    "lieu": {"place": "dwelling"},
    "nature": {"nature": "plomberie"},
    "qui-repare": {},
    "description": {"description": "L’eau coule sous l’évier.\n\nDepuis lundi."},
    "photos": {"go": "next"},
    "visite": {"entry": "present", "home_when": "Le matin."},
    "a-savoir": {"phone": "06 12 34 56 78", "pets": "Un chien", "notes": ""},
}
ANSWERS = {  # what is kept of them
    "place": "dwelling",
    "nature": "plomberie",
    "advice_for": "dwelling:plomberie",
    "description": "L’eau coule sous l’évier.",
    "photos_done": 1,
    "entry": "present",
    "home_when": "Le matin.",
    "details_done": 1,
}


def write(tenant: Tenant, at: datetime = NOW, **said: object) -> ClaimDraft:
    """Begin a réclamation with these answers, without the pages; the connection must be open."""
    draft = actions.begin(tenant=tenant, leases=leases_of(tenant=tenant), at=at)
    actions.answer(draft=draft, at=at, **said)
    return queries.draft_of(tenant=tenant)


def photo(name: str = "évier.jpg", colour: str = "navy") -> tuple[BytesIO, str]:
    """Return a small photo as a browser sends it."""
    return BytesIO(picture(colour)), name


def answer_until(client: FlaskClient, last: str, **answers: dict) -> TestResponse:
    """Begin and answer the questions one after the other, `last` included; return its answer."""
    said = client.post(GUIDE)
    for step, answer in STEPS.items():
        said = client.post(f"{GUIDE}/{step}", data=answers.get(step, answer))
        if step == last:
            break
    return said


def checked(client: FlaskClient) -> dict[str, str]:
    """Return the hidden fields of the page to check."""
    return hidden_in(client.get(f"{GUIDE}/verifier").get_data(as_text=True))


def hidden_in(html: str) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    return dict(re.findall(r'name="(csrf_token|once_key|version)"[^>]*value="([^"]+)"', html))


def file_one(client: FlaskClient, **answers: dict) -> TestResponse:
    """Go through the guide to the end and return the answer to the sending."""
    answer_until(client, "a-savoir", **answers)
    return client.post(f"{GUIDE}/verifier", data=checked(client))
