"""What the states of the orders mean."""

AHEAD = ("emis", "notifie", "en_cours", "rendez_vous")


def is_ahead(state: str) -> bool:
    """Work that is still to be done, or under way."""
    return state in AHEAD
