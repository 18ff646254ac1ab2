"""What every move of a réclamation needs from a request: the time, the Office's delays, what was typed."""

from collections.abc import Sequence

from portal.domain.claims.recording import Act
from portal.domain.files.actions import CheckedFile
from portal.web.application import settings
from portal.web.clock import now


def act_now(
    *,
    words: str | None = None,
    photos: Sequence[CheckedFile] = (),
    once_key: str | None = None,
    seen: int | None = None,
) -> Act:
    """Return an Act of this instant: words, photos, one-time key, how many moves the page had seen."""
    return Act(
        at=now(),
        delays=settings().claims,
        words=words or "",
        once_key=once_key,
        seen=seen,
        photos=photos,
        folder=settings().uploads,
    )
