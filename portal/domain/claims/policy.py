"""The rules of réclamations."""

from portal.domain.claims import moves
from portal.domain.claims.moves import OVER, is_over

__all__ = ["OVER", "is_over", "may_add", "number_of", "tenant_may"]


def tenant_may(verb: str, state: str) -> bool:
    """Say whether the table has a move of the tenant's."""
    return moves.may(verb, moves.TENANT, state)


def may_add(state: str) -> bool:
    """The tenant may add words and photos as long as the claim is open; afterwards, a new claim is filed."""
    return moves.may("add_words", moves.TENANT, state)


def number_of(year: int, rank: int) -> str:
    """Return a claim's number, « 2026-000123 »: its year and its rank in that year."""
    return f"{year}-{rank:06d}"
