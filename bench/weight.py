"""What a first visit and a swap weigh on the network: pages as the portal sends them, files as deploy/nginx does."""

import gzip
import re

from bs4 import BeautifulSoup

from bench.context import Bench
from bench.figures import FILES, KILOBYTES, Figure
from bench.server import Answer, ask
from portal.web.menus import SEND, VIEW

LATER = ("apple-touch-icon",)  # asked for when the site is put on a phone's first screen, not before
AS_THEY_ARE = (".woff2", ".png")
NGINX_LEVEL = 1
FRAGMENT = {"HX-Request": "true"}


def first_visit(bench: Bench) -> list[Figure]:
    """The tenant's home and every file it asks for: how much travels, and how many files."""
    office = bench.small
    with office.served() as port:
        page = ask(port, "/espace", {"Cookie": office.cookies[0]})
        weights = {url: compressed(url, ask(port, url, {})) for url in files_of(page)}
    total = (len(page.body) + sum(weights.values())) / 1000
    behind = f"la page {in_kilobytes(page)}"
    return [
        Figure("La première visite de l’accueil, page et fichiers", total, 65, behind, unit=KILOBYTES),
        Figure("La première visite de l’accueil, fichiers", len(weights), 8, "sans la page", unit=FILES),
    ]


def swaps(bench: Bench) -> list[Figure]:
    """The heaviest page of the tenant's menu when htmx asks for it, as it travels."""
    office = bench.small
    with office.app.test_request_context():
        addresses = {label: office.app.url_for(endpoint) for label, endpoint, _ in VIEW + SEND}
    asked = FRAGMENT | {"Cookie": office.cookies[0]}
    with office.served() as port:
        answers = {label: ask(port, url, asked) for label, url in addresses.items()}
    heaviest = max(answers, key=lambda label: len(answers[label].body))
    weight, what = len(answers[heaviest].body) / 1000, "La page la plus lourde du menu, en fragment"
    behind = f"« {heaviest} », {_how(answers[heaviest])}"
    return [Figure(what, weight, 6, behind, unit=KILOBYTES)]


def in_kilobytes(answer: Answer) -> str:
    """« 29,9 ko, non compressée »."""
    return f"{len(answer.body) / 1000:.1f} ko, ".replace(".", ",") + _how(answer)


def _how(answer: Answer) -> str:
    return "compressée" if answer.encoding else "non compressée"


def files_of(page: Answer) -> set[str]:
    """Return the addresses of the static files a page asks for, each once."""
    text = gzip.decompress(page.body) if page.encoding else page.body
    soup = BeautifulSoup(text.decode(), "html5lib")
    asked = [
        tag.get("src") or tag.get("href")
        for tag in soup.select("link[rel], script[src], img[src], use[href]")
        if not set(LATER) & set(tag.get("rel", []))
    ]
    return {re.split("#", url)[0] for url in asked if url.startswith("/static/")}


def compressed(url: str, file: Answer) -> int:
    """Return how many bytes of a file travel, if the web server in front compresses what the portal left as it is."""
    left = file.encoding or re.split("[?]", url)[0].endswith(AS_THEY_ARE)
    return len(file.body) if left else len(gzip.compress(file.body, NGINX_LEVEL))
