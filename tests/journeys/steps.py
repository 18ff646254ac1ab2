"""What people do, one function a step, for the journeys that tell it whole."""

import re
from collections.abc import Callable
from io import BytesIO

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from portal.domain.people.models import Tenant
from tests.fixtures.files import picture
from tests.pages import plain

PHOTO = {"name": "évier.jpg", "mimeType": "image/jpeg", "buffer": picture()}


WALL = PHOTO | {"name": "mur.jpg", "buffer": picture("maroon")}


def menu(page: Page, label: str) -> None:
    """Follow a line of the menu, opening it first on a telephone."""
    toggle = page.locator("#menu summary")
    if toggle.is_visible() and not page.locator(".menu__toggle[open]").count():
        toggle.click()
    page.locator("#menu").get_by_role("link", name=label).click()


def ask_for_a_code(page: Page, tenant: Tenant, reference: str) -> tuple[str, str]:
    """Ask for a code from the Office's first page; return the login and the password that are shown."""
    page.goto("/")
    page.locator(".hero").get_by_role("link", name="Espace locataires").click()
    page.get_by_role("link", name="Demander un code d").click()
    page.locator("#name").fill(tenant.family_name)
    page.locator("#dwelling_reference").fill(reference)
    page.locator("#tenant_number").fill(tenant.number)
    page.get_by_role("button", name="Valider").click()
    expect(page.locator("h1")).to_have_text("Ça y est c’est terminé, vous êtes enregistré")
    return page.locator("#credential-1").inner_text().strip(), page.locator("#credential-2").inner_text().strip()


def sign_in(page: Page, login: str, password: str, door: str = "/acces") -> None:
    """Come in by a door."""
    page.goto(door)
    page.locator("#login").fill(login)
    page.locator("#password").fill(password)
    page.locator("main [type=submit]").click()
    expect(page).not_to_have_url(re.compile(f"{door}$"))


def read_the_first_message(page: Page) -> None:
    """Open « Afficher mes messages », then the first thread."""
    page.locator("#centre").get_by_role("link", name="Afficher mes messages").click()
    expect(page).to_have_url(re.compile("/espace/messages$"))
    page.locator(".row__link").first.click()
    expect(page.locator(".message").first).to_be_visible()


def answer(page: Page, words: str, photo: dict | None = None) -> None:
    """Answer the thread that is open, and see the answer in it."""
    page.locator("#body").fill(words)
    if photo:
        page.locator("#files").set_input_files(photo)
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.locator(".message--mine").last).to_contain_text(words)


def see_the_photo(thread: Locator) -> None:
    """Check that the photo of a thread is really drawn."""
    photo = thread.locator("img").last
    photo.scroll_into_view_if_needed()
    expect(photo).to_have_js_property("complete", True)
    expect(photo).to_have_js_property("naturalWidth", 40)


def open_the_last_quittance(page: Page) -> tuple[PdfReader, list[str]]:
    """Agree to quittances on screen, press the last month's; return the paper and the amounts of its page."""
    menu(page, "Mes quittances")
    page.get_by_role("button", name="J’accepte").click()
    expect(page.locator("#flashes")).to_contain_text("vos quittances sont ici")
    page.locator("tbody th a").first.click()
    expect(page.locator("h1")).to_have_text(re.compile("^Loyer d’octobre"))
    amounts = [plain(text) for text in page.locator("table").first.locator(".cell--amount").all_inner_texts()]
    with page.expect_response(re.compile("[.]pdf")) as pressed:
        page.locator("#centre").get_by_role("button", name="Quittance").click()
    assert (pressed.value.status, pressed.value.headers["content-type"]) == (200, "application/pdf")
    paper = page.context.request.get(pressed.value.url)  # the browser's own viewer keeps what it got
    return PdfReader(BytesIO(paper.body())), amounts


def fonts_outside(paper: PdfReader) -> list[str]:
    """Return the fonts of a paper that are not inside its file."""
    fonts = [font.get_object() for page in paper.pages for font in page["/Resources"]["/Font"].values()]
    drawn = [each.get_object() for font in fonts for each in font.get("/DescendantFonts", [font])]
    inside = ("/FontFile", "/FontFile2", "/FontFile3")
    return [font["/BaseFont"] for font in drawn if not any(key in font["/FontDescriptor"] for key in inside)]


def press(page: Page, name: str, sound: Callable[[Page], None]) -> None:
    """Look at the page, then press one of its buttons and wait for another page."""
    sound(page)
    before = page.locator("h1").inner_text()
    page.locator("main").get_by_role("button", name=name, exact=True).click()
    expect(page.locator("h1")).not_to_have_text(before)


def add_photos(page: Page, photos: list[dict], scripts: bool) -> None:
    """Choose photos and see them in the page: with JavaScript they leave by themselves, else a button sends them."""
    if scripts:
        expect(page.locator("#photo-form[data-started]")).to_be_visible()
    page.locator("#photos").set_input_files(photos)
    if not scripts:
        page.get_by_role("button", name="Ajouter les photos choisies").click()
    expect(page.locator(".photo-list__line a img")).to_have_count(len(photos))


def file_a_claim(page: Page, sound: Callable[[Page], None], scripts: bool, photos: int = 1) -> str:
    """Send a réclamation to the loge, one question a page; return its number."""
    menu(page, "Une réclamation à ma loge")
    press(page, "Je ne suis pas en danger, continuer", sound)
    page.get_by_label("Dans mon logement").check()
    press(page, "Continuer", sound)
    page.get_by_label("Plomberie, fuite d’eau").check()
    press(page, "Continuer", sound)
    press(page, "J’ai compris, continuer", sound)
    page.locator("#description").fill("L’eau coule sous l’évier.")
    press(page, "Continuer", sound)
    sound(page)
    add_photos(page, [PHOTO, WALL][:photos], scripts)
    press(page, "Continuer", sound)
    page.get_by_label("Je préfère être présent").check()
    page.locator("#home_when").fill("Le matin.")
    press(page, "Continuer", sound)
    press(page, "Continuer", sound)
    press(page, "Envoyer la réclamation", sound)
    return page.locator(".confirmation__number").inner_text()


def find_the_tenant(office: Page, name: str) -> None:
    """Search a tenant from the Office's first page, and open the file."""
    office.locator("#centre input[type=search], #top-search").first.fill(name)
    office.keyboard.press("Enter")
    office.locator("a.row__link, tbody th a").first.click()
    expect(office.locator("h1")).to_contain_text(name, ignore_case=True)
