"""The tenant's home: against doing nothing at all, and in a large office against a small one."""

from bench import server
from bench.context import Bench
from bench.figures import Figure, per_second, side_by_side

HOME = "/espace"


def home_against_hello(bench: Bench) -> list[Figure]:
    """The tenant's home, signed in, against a bare Flask application on the same server, in requests a second."""
    office = bench.small
    with office.served() as portal, server.serving("bench.hello:app") as hello:
        ratio, ours, bare = side_by_side(
            lambda: server.rate(portal, HOME, office.cookies), lambda: server.rate(hello, "/")
        )
    behind = f"{per_second(ours)}, et {per_second(bare)} pour Flask nu"
    return [Figure("L’accueil du locataire, en requêtes par seconde, face à Flask nu", ratio, 0.08, behind, True)]


def home_in_a_large_office(bench: Bench) -> list[Figure]:
    """The time of the home in a large office with years of accounts, against the demonstration's."""
    small, large = bench.small, bench.large
    with small.served() as few, large.served() as many:
        ratio, fast, slow = side_by_side(
            lambda: server.rate(few, HOME, small.cookies), lambda: server.rate(many, HOME, large.cookies)
        )
    behind = f"{per_second(slow)}, et {per_second(fast)} au petit Office{bench.unlike('large')}"
    what = f"L’accueil à {bench.sizes.large}, en temps, face à {bench.sizes.small}"
    return [Figure(what, ratio, 1.05, behind)]
