"""The rules of réclamations."""

OVER = ("close", "refusee", "annulee")


def is_over(state: str) -> bool:
    """A claim closed, refused or withdrawn waits for nobody."""
    return state in OVER


def may_add(state: str) -> bool:
    """The tenant may add words and photos as long as the claim is open; afterwards, a new claim is filed."""
    return not is_over(state)


def state_after_words(state: str) -> str:
    """Return the state once the tenant has written: when the Office waited for them, it is the Office's turn again."""
    return "en_cours" if state == "attente_locataire" else state


def number_of(year: int, rank: int) -> str:
    """Return a claim's number, « 2026-000123 »: its year and its rank in that year."""
    return f"{year}-{rank:06d}"
