"""Every page of the portal in a real browser: axe finds nothing, nothing overflows, forms say what is wrong.

The pages are those of tests/structure/addresses.py: a new one is looked at here by itself.
"""

from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, Page, expect

from portal.db import db
from portal.domain.messages.outbox import Mail
from portal.domain.papers.models import Paper
from portal.domain.people import contact
from portal.domain.people.models import Role, Tenant
from portal.domain.rents.actions import reject_payment
from portal.domain.rents.models import LedgerEntry
from portal.kernel.clock import paris_day
from tests.journeys import steps
from tests.journeys.conftest import WIDTHS, faults_of
from tests.people import lease_of
from tests.structure.addresses import pages

SMALLEST = 320
ERRORS = (400, 403, 404, 405, 413, 422, 429, 500, 503)
SIDES = ("public", "access", "tenant", "office")
OTHERS = ("manager", "accountant", "technical", "loge")
FORMS = "main form[method=post]:has(input:not([type=hidden]), textarea, select)"
WRITTEN = "input:not([hidden], [type=hidden], [type=radio], [type=checkbox], [type=file]), textarea"
BEHIND_SECRETS = (
    *("Confirmer votre adresse de courriel", "Choisir un nouveau mot de passe", "Ce lien ne marche plus"),
    *("Document authentique", "Document inconnu", "Document retiré"),
)
OUTSIDE = """width => {
  const out = each => each.getBoundingClientRect().right > width + 1 || each.scrollWidth > width;
  return [...document.body.querySelectorAll("*")]
    .filter(each => out(each) && ![...each.children].some(out))
    .map(each => each.outerHTML.slice(0, 200));
}"""
# Whether the links of an error summary follow the order of the fields.
IN_ORDER = """() => {
  const links = [...document.querySelectorAll(".summary a")];
  const fields = links.map(each => document.querySelector(each.getAttribute("href")));
  return fields.every((each, rank) => !rank || each === fields[rank - 1]
    || fields[rank - 1].compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
}"""


def whole_pages(context: BrowserContext, addresses: list[str]) -> Iterator[tuple[str, str]]:
    """Return the addresses that are whole pages (not a file, a redirect, or a fragment), and their HTML."""
    for url in addresses:
        got = context.request.get(url, max_redirects=0)
        if got.status == 200 and got.headers["content-type"].startswith("text/html"):
            html = got.text()
            if html.lower().startswith("<!doctype"):
                yield url, html


def html_pages(
    context: BrowserContext, addresses: list[str], wanted: Callable[[str], bool] = lambda _: True
) -> Iterator[Page]:
    """Open one after the other the whole pages that are wanted."""
    page = context.new_page()
    for url, html in whole_pages(context, addresses):
        if wanted(html):
            page.goto(url)
            yield page


def parts(html: str) -> set[str]:
    """Return the two parts of a page, its centre and what stands around, without what says who reads it, nor keys."""
    page = BeautifulSoup(html, "html.parser")
    for each in page.select("input[type=hidden], .top__who"):
        each.decompose()
    return {str(page.select_one("#centre").extract()), str(page.body)}


def troubles_of(page: Page) -> dict[str, object]:
    """Return what is wrong with a page: axe at both widths and in the dark, sideways scroll, letters twice as large."""
    found = {}
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        found[name] = faults_of(page)
    page.emulate_media(color_scheme="dark")
    found["dark"] = faults_of(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    devtools = page.context.new_cdp_session(page)
    for width, letters in ((SMALLEST, 16), (SMALLEST, 32), (WIDTHS["wide"], 32), (WIDTHS["wide"], 16)):
        devtools.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})  # 16 is usual
        found[f"{width} px, letters of {letters}"] = overflow(page, width)
    devtools.detach()
    return {where: what for where, what in found.items() if what}


def overflow(page: Page, width: int) -> list[str]:
    """Return what leaves a screen of this width sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    if page.evaluate("document.scrollingElement.scrollWidth") <= width:
        return []
    return page.evaluate(OUTSIDE, width) or ["something"]


@pytest.fixture
def signed_in(new_context: Callable, cookie_of: Callable) -> Callable[..., BrowserContext]:
    """Open a browser in which a person of the cast is signed in, or nobody."""

    def start(person: object, **options: object) -> BrowserContext:
        context = new_context(**options)
        if person:
            context.add_cookies([cookie_of(person)])
        return context

    return start


def visitor_of(people, side: str):
    """Return who visits the pages of a side."""
    return {"tenant": people.aminata, "office": people.admin}.get(side)


@pytest.mark.parametrize("half", [0, 1])  # two browsers share the longest walks
@pytest.mark.parametrize("side", SIDES)
def test_every_page_is_sound_at_every_width(portal, signed_in, people, own, side, half):
    context = signed_in(visitor_of(people, side))
    found = {page.url: troubles_of(page) for page in html_pages(context, pages(portal, side, own)[half::2])}
    assert found
    assert {url: troubles for url, troubles in found.items() if troubles} == {}


def links_by_mail(portal, tenant) -> list[str]:
    """Return the links a tenant gets by mail, to confirm an address then to choose a password, and one that is dead."""
    tokens, at = [], portal.clock.now()
    mail = lambda token: tokens.append(token) or Mail("", "", "")  # noqa: E731
    with db.connection_context():
        Tenant.update(email="a@example.org", email_confirmed_at=at).where(Tenant.id == tenant.id).execute()
        contact.ask_to_confirm_email(tenant=tenant, email="b@example.org", compose=mail, at=at)
        contact.ask_for_new_password(email="a@example.org", address="", compose=mail, at=at)
    confirm, choose = tokens
    return [f"/acces/courriel/{confirm}", f"/acces/nouveau/{choose}", "/acces/nouveau/used"]


def reject_what_was_paid(portal, tenant) -> None:
    """Let the bank take back every payment of a tenant: the quittances they gave are withdrawn."""
    paid, at = (LedgerEntry.kind == "payment_received") & (LedgerEntry.lease == lease_of(tenant)), portal.clock.now()
    for entry in LedgerEntry.select().where(paid).order_by(LedgerEntry.id):
        reject_payment(payment=entry, reference=f"R{entry.id}", reason="Rejet", value_on=paris_day(at), at=at)


def test_the_pages_behind_a_secret_that_was_sent_or_printed_are_sound(portal, signed_in, people, own):
    with db.connection_context():
        code = Paper.get(number=own.paper).code
    addresses = [*links_by_mail(portal, people.aminata), f"/verification/{code}", "/verification/AAAA-AAAA-AAAA"]
    found = {page.locator("h1").inner_text(): troubles_of(page) for page in html_pages(signed_in(None), addresses)}
    with db.connection_context():
        reject_what_was_paid(portal, people.aminata)
    for page in html_pages(signed_in(None), [f"/verification/{code}"]):
        found[page.locator("h1").inner_text()] = troubles_of(page)
    assert found == {title: {} for title in BEHIND_SECRETS}


def test_the_pages_that_show_a_password_once_are_sound(signed_in, people, own):
    with db.connection_context():
        reference = lease_of(people.nadia).dwelling.reference
    page = signed_in(None).new_page()
    steps.ask_for_a_code(page, people.nadia, reference)
    found = {"access": troubles_of(page)}
    office = signed_in(people.admin).new_page()
    for url in (f"/bureau/locataires/{own.tenant}/acces", f"/bureau/equipe/{own.staff}/acces"):
        office.goto(url)
        office.locator("main form [type=submit]").first.click()
        expect(office.locator("#credential-2")).to_be_visible()
        found[url] = troubles_of(office)
    assert {url: troubles for url, troubles in found.items() if troubles} == {}


def test_the_page_that_takes_an_address_away_is_sound(portal, signed_in, people):
    links_by_mail(portal, people.aminata)
    [page] = html_pages(signed_in(people.aminata), ["/espace/informations/courriel/retrait"])
    assert page.locator(".button--danger").is_visible()
    assert troubles_of(page) == {}


def test_a_tenant_with_nothing_yet_has_sound_pages_too(portal, signed_in, people, own):
    charlie = signed_in(people.charlie, viewport={"width": WIDTHS["narrow"], "height": 900})
    found = {page.url: faults_of(page) for page in html_pages(charlie, pages(portal, "tenant", own))}
    assert {url: troubles for url, troubles in found.items() if troubles} == {}


def test_every_role_has_sound_pages(portal, signed_in, people, own):
    """Look once at what several roles see, a centre or what stands around: the administrator's are seen above."""
    seen, found = set(), {}

    def new(html: str) -> bool:
        unseen = parts(html) - seen
        seen.update(unseen)
        return bool(unseen)

    addresses = pages(portal, "office", own)
    for _, html in whole_pages(signed_in(people.admin), addresses):
        new(html)
    for name in OTHERS:
        for page in html_pages(signed_in(getattr(people, name)), addresses, new):
            found[name, page.url] = faults_of(page)
    assert {getattr(people, name).role for name, _ in found} == set(Role.ALL) - {people.admin.role}
    assert {where: faults for where, faults in found.items() if faults} == {}


def has_form(html: str) -> bool:
    """Say whether a page has a form one fills in."""
    return BeautifulSoup(html, "html.parser").select_one(FORMS) is not None


@pytest.mark.parametrize("side", SIDES)
def test_a_form_sent_empty_says_what_is_wrong_and_takes_the_reader_there(portal, signed_in, people, own, side):
    found, context = {}, signed_in(visitor_of(people, side), troubled=True)
    for page in html_pages(context, pages(portal, side, own), has_form):
        url = page.url
        for rank in range(page.locator(FORMS).count()):
            if rank:
                page.goto(url)
            found[url, rank] = sent_empty(page, rank)
    assert {where: troubles for where, troubles in found.items() if troubles} == {}


def sent_empty(page: Page, rank: int) -> dict[str, object]:
    """Send a form with nothing in it; return what is wrong with the page that says so."""
    form = page.locator(FORMS).nth(rank)
    for each in form.locator(WRITTEN).all():
        each.fill("")
    with page.expect_response(lambda got: got.request.method == "POST") as sent:
        form.locator("[type=submit]").first.click()
    if sent.value.status != 422:
        return {}  # nothing was needed
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    for link in summary.locator("a").all():
        link.click()
        target = page.locator(link.get_attribute("href"))
        expect(target).to_be_focused() if target.evaluate("each => each.matches('input, select, textarea')") else None
    order = {} if page.evaluate(IN_ORDER) else {"order of the summary": summary.inner_text()}
    return troubles_of(page) | order


def test_every_error_has_a_sound_page(signed_in, people):
    context = signed_in(people.aminata, troubled=True)
    page, found = context.new_page(), {}
    for code in ERRORS:
        assert page.goto(f"/panne/{code}").status == code
        expect(page.locator(".error")).to_contain_text(f"Code {code}")
        found[code] = troubles_of(page)
    assert {code: troubles for code, troubles in found.items() if troubles} == {}
