"""A leak, from the tenant's phone and the caretaker's desk, until it is really repaired.

At every step « À qui de jouer » says the right thing; the clock of the server is moved, nobody waits.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from portal import db
from portal.domain.works.models import Contractor
from portal.kernel.clock import FixedClock
from tests.journeys import steps
from tests.journeys.conftest import faults_of
from tests.pages import plain
from tests.people import NOW

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SLOT_OVER = datetime(2026, 11, 26, 15, 1, tzinfo=UTC)  # Thursday, 16 h 01 in Paris
SECOND_VISIT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)  # Monday, 10 h 30 in Paris
NEXT_DAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@dataclass
class Sides:
    """The tenant's phone and the caretaker's desk, on a server whose clock is moved."""

    phone: Page
    desk: Page
    scripts: bool
    move_to: Callable[[datetime], None]

    def sound(self, page: Page) -> None:
        """Check what is seen, where scripts run."""
        if self.scripts:
            assert faults_of(page) == [], page.url
            width = page.viewport_size["width"]
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, page.url

    def see_turn(self, number: str, *said: str) -> None:
        """Open the claim on the phone and read whose turn it is."""
        self.phone.goto(f"/espace/reclamations/{number}")
        turn = plain(self.phone.locator(".turn").inner_text())
        for words in said:
            assert words in turn, (words, turn)
        self.sound(self.phone)

    def do(self, number: str, title: str, button: str, **fields: object) -> None:
        """Make one of the Office's moves from the file of the claim."""
        self.desk.goto(f"/bureau/reclamations/{number}")
        self.desk.locator("main .actions").get_by_role("link", name=title, exact=True).click()
        expect(self.desk.locator("h1")).to_have_text(title)
        for name, value in fields.items():
            fill(self.desk, name, value)
        self.sound(self.desk)
        self.desk.locator("main").get_by_role("button", name=button, exact=True).click()
        expect(self.desk.locator("#flashes .notice--done")).to_be_visible()


def fill(page: Page, name: str, value: object) -> None:
    """Fill one field of a form, whatever its kind."""
    field = page.locator(f"#{name}")
    if value is True:
        field.check()
    elif field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(str(value))
    else:
        field.fill(str(value))


@pytest.fixture
def clock(portal) -> FixedClock:
    """The clock of the server: it stands until it is moved."""
    portal.clock = FixedClock(NOW)
    return portal.clock


@pytest.fixture
def sides(clock, new_context, cookie_of, people, scripts) -> Sides:
    """Aminata's phone and Odile's desk; a plumber works for the Office."""
    with db.db.connection_context():
        Contractor.create(code="VAR", name="Plomberie Varin", trade="Plomberie", phone="0199000102")
    phone, desk = (new_context(viewport=size, java_script_enabled=scripts) for size in (PHONE, DESK))

    def move_to(at: datetime) -> None:
        for page in (*phone.pages, *desk.pages):
            page.goto("about:blank")  # nothing is asked with the session of before
        clock.at = at
        phone.add_cookies([cookie_of(people.aminata)])
        desk.add_cookies([cookie_of(people.loge)])

    move_to(NOW)
    return Sides(phone.new_page(), desk.new_page(), scripts, move_to)


def say(page: Page, button: str) -> None:
    """Press one of the tenant's buttons."""
    page.locator("main").get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#flashes .notice--done")).to_be_visible()


def file_it(sides: Sides) -> str:
    """File the leak with two photos; the Office has it in its queue."""
    sides.phone.goto("/espace")
    number = steps.file_a_claim(sides.phone, sides.sound, sides.scripts, photos=2)
    sides.see_turn(number, "C'est au tour de votre loge", "Au plus tard le mardi 24 novembre 2026", "engagement")
    expect(sides.phone.locator(".timeline img")).to_have_count(2)
    sides.desk.goto("/bureau/reclamations?etat=nouvelles")
    expect(sides.desk.locator(".row__link")).to_contain_text(number)
    sides.sound(sides.desk)
    return number


def order_a_plumber(sides: Sides, number: str) -> None:
    """Acknowledge, then order, with a visit the tenant moves and the Office accepts."""
    sides.do(number, "Accuser réception", "Accuser réception")
    sides.see_turn(number, "C'est au tour de votre loge", "Au plus tard le lundi 30 novembre 2026")
    sides.do(
        number,
        "Commander des travaux",
        "Commander",
        contractor="1",
        subject="Changer le siphon",
        day="2026-11-25",
        starts="08:00",
        ends="10:00",
        words="Le plombier passera.",
    )
    sides.see_turn(number, "C'est à vous", "Dites si le passage proposé vous convient.", "25 novembre 2026 à 8 h")
    sides.phone.get_by_role("link", name="Proposer un autre moment").click()
    fill(sides.phone, "day", "2026-11-26")
    fill(sides.phone, "slot", "14:00-16:00")
    sides.sound(sides.phone)
    say(sides.phone, "Proposer ce moment")
    sides.see_turn(number, "C'est au tour de l'Office", "répondre au moment que vous avez proposé")
    sides.do(number, "Accepter le moment proposé", "Accepter ce moment")
    sides.see_turn(number, "C'est au tour de l'entreprise", "jeudi 26 novembre 2026 à 16 h", "C'est le rendez-vous.")


def wait_for_nobody(sides: Sides, number: str) -> None:
    """Say that nobody came; the Office sees it at once, on its first page."""
    sides.move_to(SLOT_OVER)
    sides.see_turn(number, "C'est au tour de l'Office", "dire ce qui a été fait", "La date est passée")
    say(sides.phone, "Personne n’est venu")
    sides.see_turn(number, "C'est au tour de votre loge", "proposer un nouveau passage", "lundi 30 novembre 2026")
    sides.desk.goto("/bureau")
    sides.sound(sides.desk)
    sides.desk.get_by_role("link", name=re.compile("personne n’est venu")).click()
    expect(sides.desk.locator(".row__link")).to_contain_text(number)


def repair_badly(sides: Sides, number: str) -> None:
    """Come again, say it is done; the tenant says it is not, and both sides see it opened again."""
    sides.do(
        number,
        "Proposer un passage",
        "Proposer ce passage",
        day="2026-11-30",
        starts="08:00",
        ends="10:00",
        agreed=True,
        words="Toutes nos excuses.",
    )
    sides.see_turn(number, "C'est au tour de l'entreprise", "lundi 30 novembre 2026 à 10 h")
    sides.move_to(SECOND_VISIT)
    sides.do(number, "Dire que c’est fait", "Dire que c’est fait", words="Siphon changé.")
    sides.see_turn(number, "C'est à vous", "Dites si c'est réparé.", "30 décembre 2026")
    sides.phone.get_by_role("link", name="Ce n’est pas réparé").click()
    fill(sides.phone, "words", "Cela goutte encore.")
    say(sides.phone, "Rouvrir la réclamation")
    sides.see_turn(number, "C'est au tour de votre loge", "reprendre les travaux")
    sides.desk.goto("/bureau/reclamations?etat=rouvertes")
    expect(sides.desk.locator(".row__link")).to_contain_text(number)


def repair_well(sides: Sides, number: str) -> None:
    """Say it is done again; the tenant agrees, and gives five stars."""
    sides.move_to(NEXT_DAY)
    sides.do(number, "Dire que c’est fait", "Dire que c’est fait", words="Joint remplacé aussi.")
    sides.see_turn(number, "C'est à vous", "Dites si c'est réparé.")
    say(sides.phone, "C’est réparé")
    sides.see_turn(number, "Personne : c'est terminé")
    sides.phone.locator("form.rating button[value='5']").click()
    expect(sides.phone.locator("#avis .stars")).to_contain_text("5 sur 5")
    sides.sound(sides.phone)
    sides.desk.goto(f"/bureau/reclamations/{number}")
    expect(sides.desk.locator("main")).to_contain_text("5 sur 5")
    sides.sound(sides.desk)


def test_a_leak_until_it_is_really_repaired(sides):
    number = file_it(sides)
    order_a_plumber(sides, number)
    wait_for_nobody(sides, number)
    repair_badly(sides, number)
    repair_well(sides, number)
