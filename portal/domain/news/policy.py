"""Which mails there are, by topic, and when one is no longer worth sending."""

from datetime import datetime, timedelta

# topic → (its word, what one is told)
TOPICS = {
    "claims": ("Mes réclamations", "elle est reçue, l’Office a répondu, c’est terminé : est-ce réparé ?"),
    "visits": ("Les passages chez moi", "un moment est proposé ou change, et un rappel la veille"),
    "followed": ("Les réclamations que je suis", "ce que l’Office en dit"),
    "messages": ("Mes messages", "l’Office vous a écrit"),
}
TOPIC_OF = {
    "claim_received": "claims",
    "claim_answered": "claims",
    "claim_done": "claims",
    "claim_followed": "followed",
    "visit_proposed": "visits",
    "visit_moved": "visits",
    "visit_tomorrow": "visits",
    "message_received": "messages",
}
FRESH = timedelta(days=3)


def is_stale(happened_at: datetime, *, at: datetime) -> bool:
    """Say whether a fact is too old to be told: after three days the page tells it better than a mail."""
    return at - happened_at > FRESH
