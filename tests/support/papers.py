"""Ask for papers as a tenant does: agree once, press, read what comes."""

import io

from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from tests.pages import plain


def agree(client: FlaskClient, answer: str = "oui") -> TestResponse:
    """Say yes (or no) to quittances by the screen."""
    return client.post("/espace/quittances/accord", data={"agreed": answer})


def receipt(client: FlaskClient, month: str) -> TestResponse:
    """Agree, ask for the quittance of a month and follow to its PDF."""
    agree(client)
    return client.post(f"/espace/quittances/{month}/quittance", follow_redirects=True)


def words_of(response: TestResponse) -> str:
    """Return the text of a paper, which stands on one page."""
    assert response.mimetype == "application/pdf"
    [sheet] = PdfReader(io.BytesIO(response.data)).pages
    return plain(sheet.extract_text())


def sheets_of(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF."""
    return [plain(page.extract_text()).replace("'", "’") for page in PdfReader(io.BytesIO(pdf)).pages]
