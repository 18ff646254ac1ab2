"""Papers read the project's own files and nothing else, and stand on one page."""

import io
from datetime import date
from pathlib import Path

import pytest
from flask import render_template
from pypdf import PdfReader

from portal.domain.papers.receipts import receipt_of
from portal.domain.rents.models import LedgerEntry, RentTerm, TermLine
from portal.kernel.periods import Month
from portal.web.pdf import OutsideError, draw, only_static
from tests.people import NOW, lease_of

OUTSIDE = ("file:///etc/hostname", "http://127.0.0.1:1/x.png", "file://host/x", "data:text/css,a{}")


@pytest.mark.parametrize("url", OUTSIDE)
def test_a_paper_cannot_reach_outside(app, url):
    with pytest.raises(OutsideError):
        only_static(Path(app.static_folder)).fetch(url)


def test_a_paper_cannot_climb_out_of_the_static_folder(app):
    static = Path(app.static_folder)
    with pytest.raises(OutsideError):
        only_static(static).fetch(f"{static.as_uri()}/../config.py")


@pytest.mark.usefixtures("database")
def test_fourteen_lines_and_very_long_names_stay_on_one_page(app, people):
    lease, month = lease_of(people.nadia), Month(2026, 9)
    people.nadia.used_name = "de Almeida-Şahin-Wojciechowska de la Rochefoucauld-Montbéliard"
    people.nadia.save()
    term = RentTerm.create(lease=lease, month=month, issued_on=date(2026, 9, 26), due_on=date(2026, 10, 10))
    for rank in range(14):
        label = f"Provision pour l’entretien des ascenseurs et des parties communes {rank}"
        TermLine.create(term=term, nature="charges:autre", label=label, amount_cents=1000)
    for kind, cents, method in (("rent_call", 14000, ""), ("payment_received", -14000, "cheque")):
        day = {"entered_on": date(2026, 9, 26), "value_on": date(2026, 9, 26), "recorded_at": NOW}
        LedgerEntry.create(
            lease=lease, business_key=kind, kind=kind, month=month, label="x", amount_cents=cents, method=method, **day
        )
    receipt = receipt_of(lease, month=month, on=date(2026, 11, 23))
    with app.test_request_context("/"):
        html = render_template("pdf/receipt.html", receipt=receipt)
    pages = PdfReader(io.BytesIO(draw(html, Path(app.static_folder)))).pages
    assert len(pages) == 1
    assert "Sous réserve d’encaissement" in pages[0].extract_text()
