"""What a first visit and a swap weigh on the network, sent as deploy/nginx sends them."""

import gzip
import re
from pathlib import Path

from bs4 import BeautifulSoup

from bench.context import Bench
from bench.figures import KILOBYTES, Figure
from portal.web.menus import SEND, VIEW

LATER = ("apple-touch-icon",)  # asked for when the site is put on a phone's first screen, not before
AS_THEY_ARE = (".woff2", ".png")
NGINX_LEVEL = 1


def first_visit(bench: Bench) -> list[Figure]:
    """The tenant's home and every file it asks for: the page uncompressed (BREACH), the files compressed."""
    office = bench.small
    page = office.client(office.cookies[0]).get("/espace").data
    files = {name: compressed(Path(office.app.static_folder) / name) for name in files_of(page.decode())}
    weight = (len(page) + sum(files.values())) / 1000
    behind = f"la page {len(page) / 1000:.1f} ko et {len(files)} fichiers".replace(".", ",")
    return [Figure("La première visite de l’accueil, tous fichiers", weight, 65, behind, unit=KILOBYTES)]


def swaps(bench: Bench) -> list[Figure]:
    """The heaviest page of the tenant's menu when htmx asks for it, uncompressed as every page."""
    office = bench.small
    client = office.client(office.cookies[0])
    with office.app.test_request_context():
        addresses = {label: office.app.url_for(endpoint) for label, endpoint, _ in VIEW + SEND}
    weights = {
        label: len(client.get(url, headers={"HX-Request": "true"}).data) / 1000 for label, url in addresses.items()
    }
    heaviest = max(weights, key=weights.get)
    what = "La page la plus lourde du menu, en fragment"
    return [Figure(what, weights[heaviest], 6, f"« {heaviest} »", unit=KILOBYTES)]


def files_of(page: str) -> set[str]:
    """Return the static files a page asks for, by their paths under static/."""
    soup = BeautifulSoup(page, "html5lib")
    asked = [tag.get("src") or tag.get("href") for tag in soup.select("link[rel], script[src], img[src], use[href]")
             if not set(LATER) & set(tag.get("rel", []))]  # fmt: skip
    return {re.split("[?#]", url)[0].removeprefix("/static/") for url in asked if url.startswith("/static/")}


def compressed(path: Path) -> int:
    """Return how many bytes of a file travel."""
    data = path.read_bytes()
    return len(data) if path.suffix in AS_THEY_ARE else len(gzip.compress(data, NGINX_LEVEL))
