"""Is this paper genuine? What anyone may learn of it: kind, month, amount, initials, and whether it stands."""

from dataclasses import dataclass
from datetime import datetime

from portal.domain.papers.codes import canonical_code, matches
from portal.domain.papers.content import loaded
from portal.domain.papers.keys import Keyring
from portal.domain.papers.models import NOTICE
from portal.domain.papers.queries import paper_by_code
from portal.kernel.periods import Month

TITLES = ("m.", "mme", "mlle", "monsieur", "madame")


@dataclass(frozen=True)
class Found:
    """What a genuine paper lets anyone know."""

    kind: str
    number: str
    month: Month | None
    amount_cents: int
    initials: str
    withdrawn_at: datetime | None


def verify(*, code: str, keys: Keyring) -> Found | None:
    """Return what can be said of the paper of a code, or None when the Office gave no such paper.

    The code is computed again from what the paper says, with the key that signed it: a row written by another hand than
    the Office's is not recognised. An avis d’échéance proves nothing and bears no code.
    """
    code = canonical_code(code)
    paper = paper_by_code(code=code)
    key = keys.find(paper.key) if paper else None
    if paper is None or key is None or paper.kind == NOTICE or not matches(code, paper.snapshot, key=key):
        return None
    content = loaded(paper.snapshot)
    if content.number != paper.number:
        return None
    return Found(
        paper.kind,
        paper.number,
        content.month,
        content.amount_cents,
        initials(content.recipient.names),
        paper.withdrawn_at,
    )


def initials(names: tuple[str, ...]) -> str:
    """« A. K. et B. L. »: the initials of those on the lease, without their titles."""
    each = ["".join(f"{word[0]}. " for word in name.split() if word.lower() not in TITLES).strip() for name in names]
    return " et ".join(part for part in each if part)
