"""What a tenant says of a réclamation and of a visit, in the browser."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.config import ClaimDelays
from portal.db import db
from portal.domain.claims import actions, handling
from portal.domain.claims.models import Claim, ClaimRating
from portal.domain.claims.recording import Act
from portal.domain.housing.queries import leases_of
from portal.domain.works import visits
from portal.domain.works.models import Visit
from tests.pages import plain
from tests.people import NOW

DELAYS = ClaimDelays()
URL = "/espace/reclamations/2026-000001"
VISIT = "/espace/reclamations/passages/1"
SLOT = visits.Span(date(2026, 11, 25), "08:00", "10:00")
OVER = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def act(words=""):
    return Act(at=NOW, delays=DELAYS, words=words)


@pytest.fixture
def claim(app, people):
    """A claim Aminata filed."""
    with db.connection_context():
        return actions.file_claim(
            tenant=people.aminata,
            lease=leases_of(tenant=people.aminata)[0],
            place="dwelling",
            nature="plomberie",
            description="Fuite.",
            once_key="c" * 32,
            at=NOW,
            delays=DELAYS,
        )


@pytest.fixture
def aminata(client_of, people, claim):
    """Aminata's browser."""
    return client_of(people.aminata)


@pytest.fixture
def done(claim, people):
    """The work is said to be done."""
    with db.connection_context():
        handling.mark_done(claim=claim, staff=people.technical, act=act("Joint changé."))


@pytest.fixture
def proposed(claim, people):
    """A visit is proposed on Wednesday."""
    with db.connection_context():
        return visits.propose(staff=people.technical, claim=claim, span=SLOT, act=act())


def state() -> str:
    with db.connection_context():
        return Claim.get().state


def test_the_page_says_whose_turn_it_is_before_when_and_why(aminata, visit):
    turn = plain(visit(aminata, URL).select_one(".turn").get_text(" "))
    assert "C'est au tour de votre loge" in turn
    assert "Au plus tard le mardi 24 novembre 2026" in turn
    assert "C'est l'engagement de l'Office." in turn


@pytest.mark.usefixtures("done")
def test_repaired_in_one_press_then_stars_in_another(aminata, visit):
    page = visit(aminata, URL)
    assert [plain(each.get_text()) for each in page.select("main .actions .button")] == [
        "C'est réparé",
        "Ce n'est pas réparé",
    ]
    assert aminata.post(f"{URL}/repare").status_code == 303
    assert visit(aminata, URL).select_one("form.rating")
    aminata.post(f"{URL}/avis", data={"stars": "4"})
    aminata.post(f"{URL}/avis", data={"stars": "4", "comment": "Bien."})
    with db.connection_context():
        assert (ClaimRating.get().stars, ClaimRating.get().comment) == (4, "Bien.")
    assert "4 sur 5" in visit(aminata, URL).select_one("#avis").get_text()


@pytest.mark.parametrize("stars", ["0", "6", "x", ""])
@pytest.mark.usefixtures("done")
def test_stars_that_are_not_stars_are_refused(aminata, stars):
    aminata.post(f"{URL}/repare")
    assert aminata.post(f"{URL}/avis", data={"stars": stars}).status_code == 303
    with db.connection_context():
        assert not ClaimRating.select().exists()


@pytest.mark.usefixtures("done")
def test_not_repaired_opens_it_again_visibly(aminata, visit):
    said = {"words": "Ça coule encore.", "once_key": "n" * 32}
    for _twice in range(2):
        assert aminata.post(f"{URL}/pas-repare", data=said | {"once_key": "a" * 32}).status_code in (303, 422)
    page = visit(aminata, URL)
    assert "Rouverte" in page.select_one(".tag").get_text()
    assert "Ça coule encore." in page.select(".timeline .event")[-1].get_text()


@pytest.mark.usefixtures("done")
def test_after_thirty_days_it_can_no_longer_be_said(app, client_of, people, claim, clock, visit):
    clock.at = NOW + timedelta(days=31)
    late = client_of(people.aminata)
    assert not visit(late, URL).select("main .actions")
    answer = late.post(f"{URL}/pas-repare", data={"words": "", "once_key": "a" * 32})
    assert answer.status_code == 422
    assert "30 jours est passé" in plain(answer.text)


def test_withdrawn_before_anything_is_planned_and_not_after(aminata, visit, people, claim):
    assert visit(aminata, f"{URL}/retrait").select_one("form[action$=retrait]")
    with db.connection_context():
        visits.propose(staff=people.technical, claim=claim, span=SLOT, act=act())
    assert aminata.post(f"{URL}/retrait", data={"once_key": "a" * 32}).status_code == 422
    assert state() == "intervention_planifiee"
    assert not visit(aminata, f"{URL}/retrait").select_one("form[action$=retrait]")


def test_withdrawn_it_says_so(aminata):
    assert aminata.post(f"{URL}/retrait", data={"once_key": "a" * 32}).status_code == 303
    assert state() == "annulee"


@pytest.mark.usefixtures("proposed")
def test_a_proposed_visit_is_agreed_in_one_press(aminata, visit):
    page = visit(aminata, URL)
    assert "C'est à vous" in plain(page.select_one(".turn").get_text(" "))
    assert page.select_one(f"form[action='{VISIT}/accord']")
    assert aminata.post(f"{VISIT}/accord").location == URL
    assert "C'est au tour de votre loge" in plain(visit(aminata, URL).select_one(".turn").get_text(" "))
    assert "Convenu" in visit(aminata, "/espace").get_text()


@pytest.mark.usefixtures("proposed")
def test_another_moment_is_proposed_and_a_slot_that_is_past_is_said(aminata):
    said = {"day": "2026-11-20", "slot": "14:00-16:00", "once_key": "a" * 32}
    answer = aminata.post(f"{VISIT}/autre-moment", data=said)
    assert (answer.status_code, "déjà passé" in answer.text) == (422, True)
    assert aminata.post(f"{VISIT}/autre-moment", data=said | {"day": "2026-11-27"}).status_code == 303
    with db.connection_context():
        assert [each.state for each in Visit.select().order_by(Visit.id)] == ["moved", "proposed"]


@pytest.mark.parametrize(("say", "where"), [("venus", "kept"), ("personne", "missed")])
def test_whether_they_came_is_asked_from_the_end_of_the_slot(
    aminata, client_of, people, proposed, clock, visit, say, where
):
    aminata.post(f"{VISIT}/accord")
    assert not visit(aminata, URL).select_one(f"form[action='{VISIT}/{say}']")
    clock.at = OVER
    later = client_of(people.aminata)
    assert visit(later, URL).select_one(f"form[action='{VISIT}/{say}']")
    later.post(f"{VISIT}/{say}")
    with db.connection_context():
        assert Visit.get_by_id(proposed.id).state == where
    assert state() == "en_cours"


@pytest.mark.usefixtures("proposed")
def test_too_early_is_said_and_changes_nothing(aminata, visit):
    aminata.post(f"{VISIT}/personne")
    page = visit(aminata, URL)
    assert "Le créneau n'est pas fini" in plain(page.select_one("#flashes").get_text())
    assert state() == "intervention_planifiee"


def test_a_neighbour_follows_and_sees_neither_who_filed_nor_the_words(app, client_of, people, visit):
    with db.connection_context():
        actions.file_claim(
            tenant=people.bruno,
            lease=leases_of(tenant=people.bruno)[0],
            place="shared",
            nature="ascenseur",
            description="Bloqué au 3e, porte de gauche.",
            once_key="b" * 32,
            at=NOW,
            delays=DELAYS,
        )
    aminata = client_of(people.aminata)
    for path in ("suivre", "suivie"):
        if path == "suivie":
            assert aminata.post(f"{URL}/suivre").location == f"{URL}/suivie"
        text = visit(aminata, f"{URL}/{path}").select_one("main").get_text(" ")
        assert "GOFF" not in text
        assert "porte de gauche" not in text
    assert "Suivies avec des voisins" in visit(aminata, "/espace/reclamations").get_text()
    assert aminata.get(URL).status_code == 404
    aminata.post(f"{URL}/ne-plus-suivre")
    assert aminata.get(f"{URL}/suivie").status_code == 404
