"""What we answer with keeps its name, runs nothing, and is kept nowhere but where the reader puts it."""

from datetime import date

import pytest

from portal.web.sending import kept, kept_table, shown


@pytest.fixture(autouse=True)
def asked(app):
    """A request under way: a file is an answer to one."""
    with app.test_request_context("/"):
        yield


def text_of(response):
    response.direct_passthrough = False
    return response.get_data(as_text=True)


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_is_ever_run_as_a_formula(cell):
    [_, row] = text_of(kept_table(("Nom",), [(cell,)], "a.csv")).split("\r\n", 1)
    assert row.lstrip('"').startswith("'" + cell[0])


def test_an_amount_has_its_comma_and_a_day_its_order_whatever_their_sign():
    table = kept_table(("Jour", "Somme", "Libellé"), [(date(2026, 11, 23), -1250, "Loyer ; novembre")], "a.csv")
    assert text_of(table) == '\ufeffJour;Somme;Libellé\r\n2026-11-23;-12,50;"Loyer ; novembre"\r\n'


@pytest.mark.parametrize(("send", "how"), [(shown, "inline"), (kept, "attachment")])
def test_a_file_has_its_name_accents_too_and_no_one_else_keeps_it(send, how):
    headers = send(b"%PDF-1.7", "reçu.pdf").headers
    assert headers["Content-Disposition"] == f"{how}; filename=recu.pdf; filename*=UTF-8''re%C3%A7u.pdf"
    assert headers["Cache-Control"] == "no-store, private"
    assert ("sandbox" in headers.get("Content-Security-Policy", "")) is (send is kept)
