"""The histories of tests/stories/, as the page and the papers tell them: the same sums, to the cent."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from portal.db import db
from portal.web import pdf
from tests.pages import plain, read_page
from tests.stories import corrections, payments, plans, tenancies
from tests.stories.household import OCTOBER, SEPTEMBER, household
from tests.support.papers import agree, words_of

ALL = "/espace/quittances"


class Visit:
    """A tenant of a story, at the pages and the papers of one lease."""

    def __init__(self, client, lease) -> None:
        self.client, self.bail = client, {"bail": lease.number}
        agree(client)

    def page(self, path: str) -> str:
        """Return the words of a page."""
        answer = self.client.get(f"/espace/{path}", query_string=self.bail)
        return plain(read_page(answer).main.get_text(" "))

    def paper(self, path: str) -> str:
        """Return the words of a paper that is asked for."""
        return written(self.client.post(f"{ALL}/{path}", query_string=self.bail, follow_redirects=True))

    def refusal(self, month: str) -> str:
        """Return what the page says when there is no quittance."""
        answer = self.client.post(f"{ALL}/{month}/quittance", query_string=self.bail, follow_redirects=True)
        return plain(read_page(answer).main.get_text(" "))


def written(answer) -> str:
    """Return what is written on a paper."""
    assert answer.mimetype == "application/pdf"
    return plain(BeautifulSoup(answer.data, "html.parser").body.get_text(" "))


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Leave papers as they are written: tests/web/test_pdf.py holds that all of it is drawn."""
    monkeypatch.setattr(pdf, "draw_all", lambda papers, *_, **__: "".join(papers).encode())


@pytest.fixture
def visit_of(client_of, app):
    """Return the visit of a story's first tenant."""
    return lambda story: Visit(client_of(story.tenant), story.lease)


@pytest.fixture
def tell(people, app):
    """Live a story before the pages are opened."""

    def live(telling):
        with db.connection_context():
            return telling(people)

    return live


def both(visit, page: str, paper: str, *sums: str) -> None:
    """Check that a page and a paper both say each sum."""
    for text in (visit.page(page), visit.paper(paper)):
        for each in sums:
            assert each in text, (each, text)


def test_the_worked_example_says_366_01_and_386_01(tell, visit_of):
    visit = visit_of(tell(payments.worked_example))
    both(visit, "quittances/2026-06", "2026-06/avis", "452,55 €", "160,55 €", "-49,09 €", "-198,00 €", "366,01 €")
    notice = visit.paper("2026-06/avis")
    assert "Total du mois 366,01 €" in notice
    assert "Solde antérieur débiteur (reste à payer) 20,00 €" in notice
    assert "386,01 €" in notice
    assert "Trois cent quatre-vingt-six euros et un centime" in notice
    assert "Loyer maximum de la convention : 412,80 €" in notice


def test_the_worked_example_once_paid_gives_its_quittance(tell, visit_of):
    story = tell(payments.worked_example)
    with db.connection_context():
        story.pay(date(2026, 7, 9), 38601, "prelevement")
    visit = visit_of(story)
    both(visit, "quittances/2026-06", "2026-06/quittance", "564,01 €", "198,00 €", "366,01 €")
    paper = visit.paper("2026-06/quittance")
    assert "Somme reçue" in paper
    assert "Sous réserve d'encaissement" in paper
    assert "dont aide au logement (APL) reçue de la CAF pour le locataire 198,00 €" in paper
    assert "dont somme payée par le locataire 366,01 €" in paper


def test_a_part_payment_gives_a_slip_and_no_quittance(tell, visit_of):
    story = tell(payments.paid_in_part)
    visit = visit_of(story)
    slip = visit.paper(f"recus/{story.entries[0].id}")
    assert "Octobre 2026 250,00 € 250,00 €" in slip
    assert "Deux cent cinquante euros" in slip
    assert "Loyer principal" not in slip
    assert "Il reste à payer 250,00 €" in visit.page("quittances/2026-10")
    assert "pas encore entièrement payé" in visit.refusal("2026-10")


def test_a_bounce_after_the_quittance_withdraws_it_and_the_next_payment_gives_another(tell, visit_of):
    story = tell(household)
    with db.connection_context():
        story.post(OCTOBER)
        paid = story.pay(date(2026, 11, 10), 50000, "prelevement")
    visit = visit_of(story)
    assert "n° Q-2026-000001" in visit.paper("2026-10/quittance")
    with db.connection_context():
        story.bounce(paid, date(2026, 11, 16))
    assert "annulée le 16 novembre 2026 : un paiement a été rejeté par la banque" in visit.page("quittances/2026-10")
    assert "ANNULÉE le 16 novembre 2026" in written(visit.client.get("/espace/papiers/Q-2026-000001.pdf"))
    with db.connection_context():
        story.pay(date(2026, 11, 20), 50000, "carte")
    both(visit, "quittances/2026-10", "2026-10/quittance", "500,00 €", "carte bancaire")
    assert "n° Q-2026-000002" in visit.paper("2026-10/quittance")


def test_a_late_benefit_pays_its_month_and_the_quittance_recalls_the_older_debt(tell, visit_of):
    visit = visit_of(tell(payments.late_benefit))
    both(visit, "quittances/2026-09", "2026-09/quittance", "500,00 €", "200,00 €", "300,00 €", "APL versée par la CAF")
    recall = "il restait dû, au jour de cette quittance, 500,00 € sur un mois plus ancien"
    assert recall in visit.paper("2026-09/quittance")


def test_what_was_paid_too_much_pays_the_next_month(tell, visit_of):
    story = tell(payments.paid_too_much)
    visit = visit_of(story)
    both(visit, "quittances/2026-09", "2026-09/quittance", "500,00 €")
    slip = visit.paper(f"recus/{story.entries[0].id}")
    assert "600,00 €" in slip
    assert "Septembre 2026 500,00 € 0,00 €" in slip
    assert "Octobre 2026 100,00 € 400,00 €" in slip
    assert "Solde antérieur créditeur (en votre faveur) -100,00 €" in visit.paper("2026-10/avis")


def test_two_leases_have_their_own_papers(tell, visit_of, client_of):
    home, parking = tell(tenancies.two_leases)
    visit = visit_of(parking)
    paper = visit.paper("2026-10/quittance")
    assert "Parking P-7" in paper
    assert f"Bail n° {parking.lease.number}" in paper
    assert "pas encore entièrement payé" in Visit(visit.client, home.lease).refusal("2026-10")


def test_who_enters_during_the_month_reads_the_days_that_count(tell, visit_of):
    visit = visit_of(tell(tenancies.entered_during_the_month))
    both(visit, "quittances/2026-09", "2026-09/avis", "266,67 €", "66,67 €", "400,00 €", "733,34 €")
    assert "Ce mois compte 20 jours sur 30" in visit.page("quittances/2026-09")
    october = visit.page("quittances/2026-10")
    assert "Le mois de septembre 2026 compte 20 jours sur 30" in october
    assert "La réduction de loyer de solidarité (RLS) commence : 49,09 €" in october


def test_who_leaves_during_the_month_pays_its_days(tell, visit_of):
    visit = visit_of(tell(tenancies.left_during_the_month))
    both(visit, "quittances/2026-10", "2026-10/avis", "129,03 €", "32,26 €", "161,29 €")
    assert "C'est 338,71 € de moins que le mois de septembre 2026" in visit.page("quittances/2026-10")


def test_an_adjustment_in_the_tenants_favour_lowers_what_is_left(tell, visit_of):
    story = tell(corrections.adjusted_in_favour)
    visit = visit_of(story)
    assert "Il reste à payer 420,00 €" in visit.page("quittances/2026-10")
    sheet = words_of(visit.client.get("/espace/compte/releve.pdf?annee=2026"))
    for text in (visit.page("compte"), sheet):
        assert "80,00 €" in text
        assert "420,00 €" in text


def test_a_month_that_a_plan_pays_gives_a_slip_for_the_instalment(tell, visit_of):
    story = tell(plans.with_a_plan)
    visit = visit_of(story)
    slip = visit.paper(f"recus/{story.entries[-1].id}")
    assert "Juin 2026 250,00 € 250,00 €" in slip
    assert "500,00 €" in visit.paper("2026-09/quittance")


def test_co_tenants_are_both_named_and_both_payments_listed(tell, visit_of):
    visit = visit_of(tell(tenancies.co_tenants))
    paper = visit.paper("2026-10/quittance")
    assert "M. Ousmane N'DIAYE Mme Anne-Sophie LE GOFF" in paper
    assert "250,00 € le 4 novembre 2026 (virement) ; 250,00 € le 6 novembre 2026 (chèque)." in paper


def test_who_moved_out_still_has_the_quittance_of_the_last_month(tell, visit_of):
    story = tell(tenancies.moved_out)
    visit = visit_of(story)
    both(visit, "quittances/2026-09", "2026-09/quittance", "500,00 €")
    statement = words_of(visit.client.get("/espace/compte/releve.pdf?annee=2026"))
    assert "Le compte est à jour" in statement


def test_a_remission_is_named_on_the_quittance(tell, visit_of):
    story = tell(household)
    with db.connection_context():
        story.post(SEPTEMBER)
        story.remit(date(2026, 10, 5), SEPTEMBER, 5000, "ascenseur en panne")
        story.pay(date(2026, 10, 9), 45000)
    both(visit_of(story), "quittances/2026-09", "2026-09/quittance", "ascenseur en panne", "-50,00 €", "450,00 €")
