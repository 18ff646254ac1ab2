"""The réclamations at the Office, in the browser."""

from datetime import timedelta

import pytest

from portal.blueprints.office.claim_doings import DOINGS
from portal.config import ClaimDelays
from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.claims import actions, handling
from portal.domain.claims.models import Claim
from portal.domain.claims.recording import Act
from portal.domain.housing.actions import close_lodge
from portal.domain.housing.models import Lodge
from portal.domain.housing.queries import leases_of
from portal.domain.works.models import Contractor, Order, Visit
from tests.pages import plain
from tests.people import NOW

DELAYS = ClaimDelays()
URL = "/bureau/reclamations/2026-000001"
HTMX = {"HX-Request": "true"}  # the centre of the page alone


@pytest.fixture(autouse=True)
def claim(app, people):
    """A claim Aminata filed, and a company."""
    with db.connection_context():
        Contractor.create(code="VAR", name="Plomberie Varin", trade="Plomberie")
        return actions.file_claim(
            tenant=people.aminata,
            lease=leases_of(tenant=people.aminata)[0],
            place="dwelling",
            nature="plomberie",
            description="Fuite sous l’évier.",
            once_key="c" * 32,
            at=NOW,
            delays=DELAYS,
        )


@pytest.fixture
def technical(client_of, people):
    """The technical service's browser."""
    return client_of(people.technical)


def send(client, move, key="a", **said):
    return client.post(f"{URL}/{move}", data={"once_key": key * 32, "seen": "1", **said})


def rows(page):
    return [plain(each.get_text(" ")) for each in page.select(".rows .row")]


def test_the_queue_shows_who_must_act_and_until_when(technical, visit):
    (row,) = rows(visit(technical, "/bureau/reclamations"))
    assert "Mme Aminata KEÏTA" in row
    assert (
        "C'est au tour de la loge , au plus tard le mardi 24 novembre 2026" in row or "au plus tard le mardi 24" in row
    )


def test_the_queue_is_filtered(technical, visit):
    found = {
        "etat=nouvelles": 1,
        "etat=rouvertes": 0,
        "etat=terminees": 0,
        "nature=plomberie": 1,
        "nature=ascenseur": 0,
        "loge=PEU": 1,
        "loge=TIL": 0,
        "a-moi=1": 0,
        "etat=n-importe-quoi": 1,
    }
    assert {
        query: len(rows(visit(technical, f"/bureau/reclamations?{query}", headers=HTMX))) for query in found
    } == found


def test_what_is_late_is_found_and_counted_on_the_first_page(client_of, people, clock, visit):
    clock.at = NOW + timedelta(days=3)
    manager = client_of(people.manager)
    assert "En retard" in rows(visit(manager, "/bureau/reclamations?etat=en-retard"))[0]
    assert "1 réclamation en retard" in plain(visit(manager, "/bureau").get_text(" "))


def test_a_caretaker_sees_its_own_buildings_only_and_the_stand_in_those_of_a_closed_lodge(client_of, people, visit):
    other = client_of(people.other_loge)
    assert rows(visit(other, "/bureau/reclamations")) == []
    assert other.get(URL).status_code == 404
    assert len(rows(visit(client_of(people.loge), "/bureau/reclamations"))) == 1
    with db.connection_context():
        peupliers, tilleuls = Lodge.get(code="PEU"), Lodge.get(code="TIL")
        close_lodge(lodge=peupliers, stand_in=tilleuls, closed_from=NOW.date(), closed_until=None)
    assert len(rows(visit(other, "/bureau/reclamations"))) == 1
    page = visit(client_of(people.aminata), "/espace/reclamations/2026-000001")
    assert "Loge Les Tilleuls" in plain(page.select_one("main").get_text(" "))


def test_looking_and_acting_are_traced(technical, people, visit):
    visit(technical, URL)
    send(technical, "accuser")
    with db.connection_context():
        acts = {trace.act for trace in Trace.select().where(Trace.tenant == people.aminata)}
    assert acts == {"looked_at_file", "acted_on_claim"}
    assert "A traité votre réclamation" in [
        plain(each) for each in visit(technical, "/bureau/locataires/0001/consultations").stripped_strings
    ]


def test_each_move_has_its_page_whether_it_can_be_made_or_not(technical, visit):
    for move, doing in DOINGS.items():
        assert plain(visit(technical, f"{URL}/{move}", headers=HTMX).h1.get_text()) == plain(doing.title), move


@pytest.mark.parametrize(("move", "optional"), [("repondre", False), ("refuser", False), ("confier", True)])
def test_words_are_called_optional_where_they_are_and_nowhere_else(technical, visit, move, optional):
    label = visit(technical, f"{URL}/{move}").select_one("label[for=words]")
    assert ("facultatif" in label.get_text()) is optional
    assert send(technical, move, service="technique", payer="a_determiner").status_code == (303 if optional else 422)


def test_an_unknown_move_is_no_page(technical):
    assert technical.get(f"{URL}/danser").status_code == 404
    assert send(technical, "danser").status_code == 404


def test_the_second_of_two_keeps_the_words_and_sees_what_happened(technical, client_of, people, visit):
    assert send(client_of(people.loge), "accuser", "e").status_code == 303
    answer = send(technical, "refuser", words="Ce n’est pas à nous.")
    page = plain(answer.text)
    assert answer.status_code == 422
    assert "Cette réclamation a changé" in page
    assert "Ce n'est pas à nous." in page
    assert "La réclamation est bien reçue" in page
    assert 'name="seen" type="hidden" value="2"' in answer.text


def test_an_internal_note_stands_apart_by_its_word_and_its_colour(technical, visit):
    send(technical, "note", words="Déjà venu en mars.")
    page = visit(technical, URL)
    note = page.select_one(".event--note")
    assert "Note interne" in note.get_text()
    assert "Déjà venu en mars." in note.get_text()


def test_staff_read_that_a_claim_waits_for_the_tenant_not_for_them(technical, client_of, people, visit):
    send(technical, "accuser")
    technical.post(f"{URL}/demander", data={"once_key": "d" * 32, "seen": "2", "words": "Dites quand passer."})
    for address in ("/bureau/reclamations", URL, f"{URL}/repondre", "/bureau/locataires/0001"):
        page = plain(visit(technical, address).get_text(" "))
        assert "Attend votre réponse" not in page, address
        assert "Attend le locataire" in page or address.endswith("repondre"), address
    own = plain(visit(client_of(people.aminata), "/espace/reclamations").get_text(" "))
    assert "Attend votre réponse" in own


def test_staff_read_the_law_and_their_colleagues_in_their_own_words(technical, client_of, people, visit):
    said = {"tenant_number": "0001", "channel": "counter", "place": "dwelling", "nature": "decence"}
    client_of(people.loge).post(
        "/bureau/reclamations/nouvelle", data={**said, "description": "Fils à nu.", "once_key": "e" * 32}
    )
    with db.connection_context():
        Claim.update(filed_at=NOW - timedelta(days=40)).where(Claim.number == "2026-000002").execute()
    page = plain(visit(technical, "/bureau/reclamations/2026-000002").get_text(" "))
    assert "le locataire peut saisir la commission" in page
    assert f"{people.loge.name}, Loge" in page
    assert "Votre loge" not in page


def test_an_order_and_its_visit_in_one_form(technical, visit):
    said = {"kind": "BT", "contractor": "1", "subject": "Changer le siphon", "day": "2026-11-25", "starts": "08:00"}
    answer = send(technical, "commander", **said, ends="10:00", instructions="Code 42A", words="Le plombier passe.")
    assert answer.location == URL
    with db.connection_context():
        assert (Order.get().number, Visit.get().state, Claim.get().state) == (
            "BT-2026-0001",
            "proposed",
            "intervention_planifiee",
        )
    assert "Code 42A" in visit(technical, "/bureau/ordres/BT-2026-0001").get_text()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2026-11-28"}, "article 7 e"),
        ({"day": "2026-11-20"}, "déjà passé"),
        ({"ends": "07:00"}, "doit venir après"),
        ({"starts": "", "ends": ""}, "heure de début"),
    ],
)
def test_a_slot_that_cannot_be_leaves_nothing_ordered(technical, changes, sentence):
    said = {
        "kind": "BT",
        "contractor": "1",
        "subject": "Siphon",
        "day": "2026-11-25",
        "starts": "08:00",
        "ends": "10:00",
    }
    answer = send(technical, "commander", **said | changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    with db.connection_context():
        assert (Order.select().count(), Claim.get().state) == (0, "deposee")


def test_a_claim_is_taken_down_at_the_counter(technical, visit):
    assert "mon logement" not in visit(technical, "/bureau/reclamations/nouvelle").get_text()
    said = {"tenant_number": "0002", "channel": "phone", "place": "dwelling", "nature": "electricite"}
    for _twice in range(2):
        answer = technical.post(
            "/bureau/reclamations/nouvelle", data={**said, "description": "Plus de courant.", "once_key": "b" * 32}
        )
        assert answer.location == "/bureau/reclamations/2026-000002"
    assert "dite au téléphone" in plain(visit(technical, answer.location).get_text(" "))


def test_a_caretaker_takes_down_claims_of_its_own_tenants_only(client_of, people):
    said = {"tenant_number": "0003", "channel": "phone", "place": "dwelling", "nature": "electricite"}
    answer = client_of(people.loge).post(
        "/bureau/reclamations/nouvelle", data={**said, "description": "Plus de courant.", "once_key": "b" * 32}
    )
    assert answer.status_code == 422


def test_how_the_work_ended_is_told_from_the_order(technical, visit):
    send(technical, "commander", kind="BT", contractor="1", subject="Siphon")
    said = {"kind": "done", "done_on": "2026-11-23", "words": "Siphon changé.", "once_key": "d" * 32}
    assert technical.post("/bureau/ordres/BT-2026-0001", data=said).status_code == 303
    with db.connection_context():
        assert (Order.get().state, Claim.get().state) == ("fait", "intervention_realisee")
    assert technical.post("/bureau/ordres/BT-2026-0001/etat", data={"state": "annule"}).status_code == 303
    with db.connection_context():
        assert Order.get().state == "fait"


def test_the_missed_visit_is_at_once_in_the_queue_and_on_the_first_page(client_of, people, claim, clock, visit):
    with db.connection_context():
        handling.acknowledge(claim=claim, staff=people.loge, act=Act(at=NOW, delays=DELAYS))
    technical = client_of(people.technical)
    technical.post(
        f"{URL}/passage", data={"day": "2026-11-25", "starts": "08:00", "ends": "10:00", "once_key": "e" * 32}
    )
    clock.at = NOW + timedelta(days=3)
    client_of(people.aminata).post("/espace/reclamations/passages/1/personne")
    later = client_of(people.technical)
    assert "Personne n'est venu" in rows(visit(later, "/bureau/reclamations?etat=manquees"))[0]
    assert "1 réclamation où personne n'est venu" in plain(visit(later, "/bureau").get_text(" "))


def test_a_loge_is_closed_with_its_stand_in_and_opened_again(client_of, people, visit):
    manager = client_of(people.manager)
    said = {"closed_from": "2026-11-20", "closed_until": "2026-11-30", "replaced_by": "TIL"}
    assert manager.post("/bureau/loges/PEU", data=said | {"closed_until": "2026-11-01"}).status_code == 422
    assert manager.post("/bureau/loges/PEU", data=said).status_code == 303
    assert "remplacée par Loge Les Tilleuls" in plain(visit(manager, "/bureau/loges").get_text(" "))
    assert manager.post("/bureau/loges/PEU", data={"opening": "1"}).status_code == 303
    assert "remplacée" not in visit(manager, "/bureau/loges").get_text()
