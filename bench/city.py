"""The Office's pages in a whole city against the demonstration's, as a member of staff waits for them."""

from collections.abc import Callable
from urllib.parse import urlencode

from bench import server
from bench.context import Bench
from bench.figures import Figure, in_ms, side_by_side
from bench.offices import Office
from portal import db
from portal.domain.housing.queries import leases_of
from portal.domain.people.models import Role

ROUNDS = 5
LONGEST = 1.5


def pages_in_a_city(bench: Bench) -> list[Figure]:
    """The time of what the Office opens all day, in an office of 100 000 dwellings against the demonstration's."""
    small, city = bench.small, bench.city
    with small.served() as few, city.served() as many:
        return [page(bench, name, few, many) for name in PAGES]


def page(bench: Bench, name: str, few: int, many: int) -> Figure:
    """Measure one kind of page on both servers."""
    city, small = asking(name, bench.city, many), asking(name, bench.small, few)
    ratio, slow, fast = side_by_side(city, small, ROUNDS)
    behind = f"{in_ms(slow)}, et {in_ms(fast)} au petit Office{bench.unlike('city')}"
    return Figure(f"{name} à {bench.sizes.city}, en temps", ratio, LONGEST, behind)


def asking(name: str, office: Office, port: int) -> Callable[[], float]:
    """Return what asks a server for a page; it was asked before, so that what a program does once is done."""
    paths, cookie = PAGES[name](office), office.cookie_of(Role.MANAGER)
    server.time_of_a_page(port, paths, cookie, length=0)
    return lambda: server.time_of_a_page(port, paths, cookie)


def searches(office: Office) -> list[str]:
    """The ways of looking for somebody: a name, a name and a street, a tenant's number, a dwelling's reference."""
    office.use()
    tenants = [visitor.tenant for visitor in office.visitors]
    with db.db.connection_context():
        dwellings = [leases_of(tenant=tenant)[0].dwelling for tenant in tenants[:4]]
    asked = (
        tenants[0].family_name,
        f"{tenants[1].family_name} {dwellings[1].building.address}",
        tenants[2].number,
        dwellings[3].reference,
    )
    return [f"/bureau/recherche?{urlencode({'q': text})}" for text in asked]


def files(office: Office) -> list[str]:
    """The files of some tenants."""
    return [f"/bureau/locataires/{visitor.tenant.number}" for visitor in office.visitors]


PAGES: dict[str, Callable[[Office], list[str]]] = {
    "La recherche": searches,
    "La file des réclamations": lambda _office: ["/bureau/reclamations"],
    "La messagerie du bureau": lambda _office: ["/bureau/messages"],
    "L’accueil du bureau": lambda _office: ["/bureau"],
    "Le dossier d’un locataire": files,
}
