"""The guide that files a réclamation: one question a page, nothing skipped, nothing lost, sent once."""

from datetime import timedelta

import pytest

from portal.config import ClaimDelays
from portal.db import db
from portal.domain.claims.actions import file_claim
from portal.domain.claims.models import Claim, ClaimFollower, ClaimPhoto
from portal.domain.filing.models import ClaimDraft, DraftPhoto
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Lease
from tests.filing import ANSWERS, GUIDE, STEPS, answer_until, checked, file_one, photo, write
from tests.pages import plain
from tests.people import NOW, lease_of


@pytest.fixture
def aminata(client_of, people):
    """Aminata's browser."""
    return client_of(people.aminata)


@pytest.fixture
def written(aminata, people):
    """Every question has its answer."""
    with db.connection_context():
        write(people.aminata, **ANSWERS)


def claims() -> int:
    with db.connection_context():
        return Claim.select().count()


def test_emergencies_come_first_gas_on_top(aminata, visit):
    page = visit(aminata, GUIDE)
    numbers = [link["href"] for link in page.main.select("a[href^=tel]")]
    assert numbers[:2] == ["tel:0800473333", "tel:18"]
    assert page.select_one("main .numbers").find_next("form", action=GUIDE)


def test_each_answer_leads_to_the_next_question(aminata):
    order = [f"{GUIDE}/{step}" for step in (*STEPS, "verifier")]
    assert aminata.post(GUIDE).location == order[0]
    for step, after in zip(STEPS, order[1:], strict=True):
        answer = aminata.post(f"{GUIDE}/{step}", data=STEPS[step])
        assert (answer.status_code, answer.location) == (303, after)


def test_no_question_can_be_skipped(aminata):
    for step in (*STEPS, "verifier"):
        assert aminata.get(f"{GUIDE}/{step}").location == GUIDE
    answer_until(aminata, "lieu")
    for step in ("description", "verifier"):
        assert aminata.get(f"{GUIDE}/{step}").location == f"{GUIDE}/nature"
        assert aminata.post(f"{GUIDE}/{step}", data=STEPS.get(step)).location == f"{GUIDE}/nature"


def test_going_back_shows_what_was_said(aminata, visit):
    answer_until(aminata, "a-savoir")
    assert visit(aminata, f"{GUIDE}/lieu").select_one("input[checked]")["value"] == "dwelling"
    assert visit(aminata, f"{GUIDE}/nature").select_one("input[checked]")["value"] == "plomberie"
    assert "Depuis lundi." in visit(aminata, f"{GUIDE}/description").textarea.text
    assert visit(aminata, f"{GUIDE}/a-savoir").select_one("#pets")["value"] == "Un chien"


def test_who_repairs_is_said_before_filing(aminata, visit):
    answer_until(aminata, "nature")
    said = plain(visit(aminata, f"{GUIDE}/qui-repare").main.get_text(" "))
    assert "À vous Les joints" in said
    assert "À l'Office Les fuites dans les murs" in said


@pytest.mark.parametrize(
    ("step", "said", "sentence"),
    [
        ("lieu", {}, "Choisissez où est le problème."),
        ("nature", {"nature": ""}, "Choisissez de quoi il s’agit."),
        ("description", {"description": " "}, "Écrivez ce qui se passe, en quelques mots."),
        ("description", {"description": "a" * 4001}, "Votre texte est trop long"),
        ("visite", {"entry": "present", "home_when": ""}, "Écrivez quand il y a quelqu’un chez vous."),
        ("a-savoir", {"phone": "demain"}, "Écrivez un numéro complet."),
        ("lieu", {"place": "lune"}, "Choisissez dans la liste."),
        ("nature", {"nature": "stationnement"}, "Choisissez dans la liste."),
    ],
)
def test_a_wrong_answer_comes_back_with_its_sentence(aminata, written, step, said, sentence):
    answer = aminata.post(f"{GUIDE}/{step}", data=said)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_what_was_begun_is_found_again_at_the_next_sign_in(aminata, client_of, people, visit):
    answer_until(aminata, "nature")
    later = client_of(people.aminata)
    for page in ("/espace", "/espace/reclamations", GUIDE):
        assert "Reprendre votre réclamation commencée" in visit(later, page).main.get_text()
    assert later.post(GUIDE).location == f"{GUIDE}/qui-repare"


def test_what_was_begun_can_be_forgotten(aminata, visit):
    answer_until(aminata, "nature")
    assert visit(aminata, f"{GUIDE}/effacer").select_one("main form")["action"] == f"{GUIDE}/effacer"
    assert aminata.post(f"{GUIDE}/effacer").location == "/espace/reclamations"
    assert "Reprendre" not in visit(aminata, "/espace").main.get_text()


def test_each_line_to_check_can_be_changed(aminata, visit):
    answer_until(aminata, "a-savoir", photos={"go": "next", "photos": [photo()]})
    page = visit(aminata, f"{GUIDE}/verifier")
    changes = {link["href"].removeprefix(f"{GUIDE}/") for link in page.select(".definition__change a")}
    assert changes == set(STEPS) - {"qui-repare"}
    assert page.select_one(".thumbnails img")["src"].endswith("/vignette")
    aminata.post(f"{GUIDE}/description", data={"description": "Plus fort."})
    assert "Plus fort." in visit(aminata, f"{GUIDE}/verifier").main.get_text()


def test_sent_its_number_and_what_comes_next_are_shown(aminata, visit):
    answer = file_one(aminata)
    assert (answer.status_code, answer.location) == (303, "/espace/reclamations/2026-000001/envoyee")
    assert visit(aminata, answer.location).select_one(".confirmation__number").get_text() == "2026-000001"
    assert "2026-000001" in visit(aminata, GUIDE).select_one(".notice--done").get_text()


def test_sent_again_by_a_double_click_a_reload_or_back_it_is_one_claim(aminata, written):
    page = checked(aminata)
    sent = [aminata.post(f"{GUIDE}/verifier", data=page).location for _ in range(3)]
    assert set(sent) == {"/espace/reclamations/2026-000001/envoyee"}
    assert claims() == 1


def test_two_windows_send_one_claim(aminata, written, client_of, people):
    one, other = checked(aminata), checked(client_of(people.aminata))
    assert (
        aminata.post(f"{GUIDE}/verifier", data=one).location == aminata.post(f"{GUIDE}/verifier", data=other).location
    )
    assert claims() == 1


def test_what_changed_in_the_other_window_is_checked_before_it_is_sent(aminata, written, visit):
    page = checked(aminata)
    aminata.post(f"{GUIDE}/description", data={"description": "Autre chose."})
    assert aminata.post(f"{GUIDE}/verifier", data=page).location == f"{GUIDE}/verifier"
    assert "a changé dans une autre fenêtre" in visit(aminata, f"{GUIDE}/verifier").get_text()
    assert claims() == 0


def test_rubbish_sends_nothing(aminata, written):
    page = checked(aminata)
    for bad in ({"once_key": "z"}, {"once_key": "0" * 32}, {"version": "x"}, {"version": "9" * 30}):
        assert aminata.post(f"{GUIDE}/verifier", data={**page, **bad}).status_code == 303
    assert claims() == 0


def test_photos_come_in_several_goes_and_go_one_by_one(aminata, visit):
    answer_until(aminata, "description")
    for colour in ("red", "blue"):
        answer = aminata.post(f"{GUIDE}/photos", data={"go": "add", "photos": [photo(colour=colour)]})
        assert answer.location == f"{GUIDE}/photos"
    lines = visit(aminata, f"{GUIDE}/photos").select(".photo-list__line")
    with aminata.get(lines[0].img["src"]) as small:
        assert small.mimetype == "image/jpeg"
    assert aminata.post(lines[0].form["action"]).status_code == 303
    assert len(visit(aminata, f"{GUIDE}/photos").select(".photo-list__line")) == 1


def test_a_seventh_photo_is_refused_with_a_sentence(aminata, visit):
    answer_until(aminata, "description")
    six = [photo(colour=colour) for colour in ("red", "blue", "green", "white", "black", "grey")]
    aminata.post(f"{GUIDE}/photos", data={"go": "add", "photos": six})
    answer = aminata.post(f"{GUIDE}/photos", data={"go": "add", "photos": [photo(colour="pink")]})
    assert answer.status_code == 422
    assert "6 photos au plus" in plain(answer.get_data(as_text=True))


def test_the_photos_are_in_the_claim(aminata):
    file_one(aminata, photos={"go": "next", "photos": [photo(), photo(colour="red")]})
    with db.connection_context():
        assert (ClaimPhoto.select().count(), DraftPhoto.select().count()) == (2, 0)


def test_who_has_two_dwellings_is_asked_which(aminata, people, visit):
    with db.connection_context():
        LeaseHolder.create(lease=lease_of(people.bruno), tenant=people.aminata, rank=1)
        wanted = lease_of(people.bruno).id
    assert aminata.post(GUIDE).location == f"{GUIDE}/logement"
    assert len(visit(aminata, f"{GUIDE}/logement").select("input[type=radio]")) == 2
    assert aminata.post(f"{GUIDE}/logement", data={"lease": 999}).status_code == 422
    assert aminata.post(f"{GUIDE}/logement", data={"lease": wanted}).location == f"{GUIDE}/lieu"
    with db.connection_context():
        assert ClaimDraft.get().lease_id == wanted


def test_the_neighbour_finds_nothing_of_it(aminata, client_of, people):
    answer_until(aminata, "photos", photos={"go": "add", "photos": [photo()]})
    with db.connection_context():
        picture = DraftPhoto.get().id
    charlie = client_of(people.charlie)
    for leaf in ("", "/vignette"):
        assert charlie.get(f"{GUIDE}/photos/{picture}{leaf}").status_code == 404
    assert charlie.post(f"{GUIDE}/photos/{picture}/retirer").status_code == 404
    assert charlie.get(f"{GUIDE}/verifier").location == GUIDE


@pytest.fixture
def lift(app, people):
    """Bruno, of the same building, has said that the lift is down."""
    with db.connection_context():
        return file_claim(
            tenant=people.bruno,
            lease=lease_of(people.bruno),
            place="shared",
            nature="ascenseur",
            description="L’eau coule.",
            once_key="c" * 32,
            at=NOW,
            delays=ClaimDelays(),
        ).number


LIFT = {"lieu": {"place": "shared"}, "nature": {"nature": "ascenseur"}}


def test_the_same_problem_of_the_shared_parts_is_offered_to_be_followed(aminata, lift, visit):
    assert answer_until(aminata, "qui-repare", **LIFT).location == f"{GUIDE}/deja-signale"
    page = visit(aminata, f"{GUIDE}/deja-signale")
    assert page.select_one("button[name=follow]")["value"] == lift
    assert "L’eau coule" not in page.get_text()
    assert "Le Goff" not in page.get_text()
    assert aminata.post(f"{GUIDE}/deja-signale", data={"follow": lift}).location == "/espace/reclamations"
    assert claims() == 1
    with db.connection_context():
        assert ClaimFollower.get().claim.number == lift
        assert ClaimDraft.select().count() == 0


def test_a_different_problem_goes_on(aminata, lift):
    answer_until(aminata, "qui-repare", **LIFT)
    assert aminata.get(f"{GUIDE}/description").location == f"{GUIDE}/deja-signale"
    assert aminata.post(f"{GUIDE}/deja-signale").location == f"{GUIDE}/description"


def test_what_may_not_be_followed_is_not_found(aminata, lift, client_of, people):
    answer_until(aminata, "qui-repare", **LIFT)
    assert aminata.post(f"{GUIDE}/deja-signale", data={"follow": "2026-999999"}).status_code == 404


def test_the_neighbour_of_another_building_is_not_told(client_of, people, lift):
    assert answer_until(client_of(people.charlie), "qui-repare", **LIFT).location == f"{GUIDE}/description"


def test_who_leaves_meanwhile_is_told_so(aminata, written, people, visit):
    with db.connection_context():
        Lease.update(ends_on=NOW.date() - timedelta(days=1)).where(Lease.id == lease_of(people.aminata).id).execute()
    assert aminata.get(f"{GUIDE}/verifier").location == GUIDE
    assert "Vous n’avez plus de bail en cours" in visit(aminata, GUIDE).main.get_text()
