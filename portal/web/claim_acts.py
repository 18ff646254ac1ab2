"""What every move of a réclamation needs from a request: the time, the Office's delays, what was typed."""

from portal.domain.claims.recording import Act
from portal.web.application import settings
from portal.web.clock import now


def act_now(**said: object) -> Act:
    """Return an Act of this instant: words, photos, one-time key, how many moves the page had seen."""
    portal = settings()
    said["words"] = said.get("words") or ""
    return Act(at=now(), delays=portal.claims, folder=portal.uploads, **said)
