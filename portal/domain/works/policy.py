"""The states of the orders, in one table, and what they mean."""

from portal.domain.errors import DomainError

# still to be done, or under way
AHEAD = ("emis", "notifie", "en_cours", "rendez_vous")
OVER = ("clos", "facture", "annule")

# (kind, state) → the states an order may go to
NEXT = {
    ("OS", "emis"): ("notifie", "annule"),
    ("OS", "notifie"): ("en_cours", "receptionne", "receptionne_reserves", "annule"),
    ("OS", "en_cours"): ("receptionne", "receptionne_reserves", "annule"),
    ("OS", "receptionne_reserves"): ("receptionne", "clos"),
    ("OS", "receptionne"): ("clos",),
    ("OS", "clos"): (),
    ("OS", "annule"): (),
    ("BT", "emis"): ("rendez_vous", "fait", "absent", "annule"),
    ("BT", "rendez_vous"): ("emis", "fait", "absent", "annule"),
    ("BT", "absent"): ("rendez_vous", "fait", "annule"),
    ("BT", "fait"): ("controle", "facture"),
    ("BT", "controle"): ("facture",),
    ("BT", "facture"): (),
    ("BT", "annule"): (),
}
# what only a report says, for the tenant is told then (orders.report), and what a visit says (visits)
REPORTED = ("fait", "absent", "receptionne_reserves")
BOOKED = ("rendez_vous", "emis")
DONE = ("fait", "controle", "facture", "receptionne", "receptionne_reserves", "clos")


class IllegalOrderMoveError(DomainError):
    """The order cannot go from its state to that one."""

    sentence = "Cet ordre ne peut pas passer à cet état : son état a peut-être changé. Rechargez la page."


def by_hand(kind: str, state: str) -> tuple[str, ...]:
    """Return the states an order may be moved to with a word to nobody: the others are reported, or come with a visit.

    An OS is received by a report, but its reservations are lifted by hand.
    """
    reported = REPORTED if state == "receptionne_reserves" else (*REPORTED, "receptionne")
    return tuple(to for to in NEXT[kind, state] if to not in (*reported, *BOOKED))


def check(kind: str, state: str, to: str) -> None:
    """Raise IllegalOrderMoveError when an order of a kind cannot go from a state to another."""
    if to not in NEXT[kind, state]:
        raise IllegalOrderMoveError


def number_of(kind: str, year: int, rank: int) -> str:
    """Return an order's number, « OS-2026-0001 »: its kind, its year and its rank in that year."""
    return f"{kind}-{year}-{rank:04d}"
