"""Paying by card in a real browser, with the demonstration bank: the account, the words, the papers."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from portal import db, jobs
from portal.domain.payments.models import OnlinePayment
from portal.kernel.clock import SystemClock


class Ahead:
    """The true time, so much later: three minutes need not be waited for."""

    def __init__(self, later: timedelta) -> None:
        self.later = later

    def now(self) -> datetime:
        """Return the present instant, later."""
        return SystemClock().now() + self.later


@pytest.fixture
def width() -> int:
    """A telephone's screen: that is where one pays."""
    return 390


@pytest.fixture
def page(open_page, cookie_of, people):
    """Bruno's browser, signed in, on « Payer mon loyer »."""
    page = open_page()
    page.context.add_cookies([cookie_of(people.bruno)])
    page.goto("/espace/paiement")
    return page


@pytest.fixture
def worker(address):
    """The worker's beat, by hand: it posts what the demonstration bank has to say, now or so much later."""

    def beat(later: timedelta = timedelta()) -> int:
        with db.db.connection_context():
            return jobs.send_demo_notices(address=address, clock=Ahead(later))

    return beat


def euros(cents: int) -> re.Pattern:
    """Return « 1 358,25 € » with whatever spaces."""
    whole, rest = divmod(cents, 100)
    return re.compile(rf"{whole:,}".replace(",", r"\s") + rf",{rest:02d}\s€")


def press(page, what: str) -> None:
    """Choose an amount, and get to the bank's page, alone or by the visible button."""
    if what == "terms":
        page.get_by_label("août 2026").check()
        page.get_by_role("button", name="Payer les mois cochés").click()
    elif what == "sum":
        page.locator("#amount").fill("50")
        page.get_by_role("button", name="Payer cette somme").click()
    else:
        page.get_by_role("button", name=re.compile(r"^Payer 1\s358,25")).click()


def to_bank(page, what: str, scripts: bool) -> None:
    """Begin the payment and reach the bank."""
    press(page, what)
    if not scripts:
        expect(page.locator("h1")).to_have_text("Vers la page de la banque")
        page.get_by_role("button", name="Continuer vers la banque").click()
    expect(page).to_have_url(re.compile("/banque-demo$"))


def news(page, scripts: bool, title: str) -> None:
    """See the news: the page loads itself, or one presses « Actualiser »."""
    if not scripts:
        page.get_by_role("link", name="Actualiser").click()
    expect(page.locator("#centre .notice__title").first).to_have_text(re.compile(title))


@pytest.mark.parametrize(("what", "cents"), [("balance", 135825), ("terms", 45275), ("sum", 5000)])
def test_a_payment_accepted_is_on_the_account_with_its_paper(page, worker, scripts, sound, what, cents):
    sound(page)
    to_bank(page, what, scripts)
    sound(page)
    page.get_by_role("button", name="Accepter le paiement").click()
    expect(page.locator(".notice__title").first).to_have_text("En attente de la confirmation de la banque")
    sound(page)
    assert worker() == 1
    news(page, scripts, "est reçu")
    sound(page)
    left = 135825 - cents
    expect(page.locator("#centre")).to_contain_text(euros(left) if left else "Vous êtes à jour")
    page.get_by_role("link", name=re.compile("Voir le mois et s(a quittance|on reçu)")).first.click()
    expect(page.locator("h1")).to_contain_text("Loyer d’août 2026")
    expect(page.locator("#centre")).to_contain_text("carte bancaire")


@pytest.mark.parametrize(
    ("button", "title"),
    [("Refuser la carte", "La banque a refusé ce paiement"), ("Abandonner", "Vous avez abandonné ce paiement")],
)
def test_a_payment_that_fails_changes_nothing_and_can_be_begun_again(page, worker, scripts, sound, button, title):
    to_bank(page, "sum", scripts)
    page.get_by_role("button", name=button).click()
    worker()
    news(page, scripts, title)
    sound(page)
    expect(page.locator("#centre")).to_contain_text(euros(135825))
    page.get_by_role("link", name="Recommencer").click()
    to_bank(page, "sum", scripts)
    with db.db.connection_context():
        assert OnlinePayment.select().count() == 2


def test_late_news_are_waited_for_and_come(page, worker, scripts):
    to_bank(page, "sum", scripts)
    page.get_by_role("button", name="trois minutes plus tard").click()
    expect(page.locator(".notice__title").first).to_have_text("En attente de la confirmation de la banque")
    assert worker() == 0
    assert worker(timedelta(minutes=3)) == 1
    news(page, scripts, "est reçu")


def test_news_that_come_twice_count_once_and_spoilt_ones_not_at_all(page, worker, scripts):
    to_bank(page, "sum", scripts)
    page.get_by_role("button", name="deux fois").click()
    expect(page.locator("h1")).to_have_text("Votre paiement par carte")
    assert worker() == 2
    news(page, scripts, "est reçu")
    expect(page.locator("#centre")).to_contain_text(euros(130825))
    page.goto("/espace/paiement")
    to_bank(page, "sum", scripts)
    page.get_by_role("button", name="falsifier").click()
    expect(page.locator("h1")).to_have_text("Votre paiement par carte")
    worker()
    page.goto("/espace/paiement")
    expect(page.locator("#centre")).to_contain_text(euros(130825))
