"""A paper that is no longer true is withdrawn by the transaction that made it so: nobody has to think of it.

A trigger notes each entry that may make a paper of its lease false (table `paper_doubt`), and no transaction can end
with a doubt left. This is the guard that looks at them, just before the end of every transaction.
"""

from collections.abc import Iterable
from datetime import datetime

import apsw

from portal.db import db
from portal.domain.housing.models import Lease
from portal.domain.papers.content import loaded
from portal.domain.papers.models import RECEIPT, SLIP, Paper, PaperDoubt
from portal.domain.rents.account import Account
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.queries import accounts_of
from portal.kernel.clock import paris_day

BOUNCED = "un paiement a été rejeté par la banque"
UNDONE = "une écriture du compte a été annulée"
CHANGED = "le montant de ce mois a changé"
NO_LONGER_PAID = "ce mois n’est plus entièrement payé"


def settle() -> None:
    """Withdraw the papers that what was just written made false, and clear the doubts."""
    if not _any_doubt():
        return
    doubts = list(PaperDoubt.select(PaperDoubt, LedgerEntry).join(LedgerEntry).order_by(PaperDoubt.id))
    at = max(doubt.entry.recorded_at for doubt in doubts)
    on = max(paris_day(at), *(doubt.entry.value_on for doubt in doubts))
    leases = sorted({doubt.lease_id for doubt in doubts})
    papers = list(
        Paper.select()
        .where(Paper.lease.in_(leases), Paper.kind.in_((RECEIPT, SLIP)), Paper.withdrawn_at.is_null())
        .order_by(Paper.id)
    )
    undone = _undone(leases)
    accounts = {account.lease.id: account for account in accounts_of(_leases(leases), on=on)}
    for paper in papers:
        if reason := _falsehood(paper, undone, accounts[paper.lease_id]):
            _withdraw(paper, reason, at)
    PaperDoubt.delete().execute()


def _any_doubt() -> bool:
    """Say whether the transaction raised a doubt: almost none does."""
    try:
        return db.connection().execute("SELECT 1 FROM paper_doubt LIMIT 1").fetchone() is not None
    except apsw.SQLError:  # an office of before the papers, whose migrations are under way
        return False


def _falsehood(paper: Paper, undone: dict[int, str], account: Account) -> str:
    """Say why a paper is false: a payment it names was taken back, its month is unpaid, or asks another sum."""
    says = loaded(paper.snapshot)
    reasons = [undone[entry] for entry in sorted(says.entries) if entry in undone]
    if reasons:
        return reasons[0]
    if paper.month is None:  # a reçu
        return ""
    term = account.term(paper.month)
    if term is None or term.rest_cents > 0:
        return NO_LONGER_PAID
    return CHANGED if term.asked_cents != says.total_cents else ""


def _undone(leases: list[int]) -> dict[int, str]:
    """Return the entries of leases that another entry takes back, and why."""
    rows = (
        LedgerEntry.select(LedgerEntry.reverses, LedgerEntry.kind)
        .where(LedgerEntry.lease.in_(leases), LedgerEntry.reverses.is_null(False))
        .order_by(LedgerEntry.id)
    )
    return {entry: BOUNCED if kind == "rejected_payment" else UNDONE for entry, kind in rows.tuples().iterator()}


def _leases(ids: Iterable[int]) -> list[Lease]:
    return list(Lease.select().where(Lease.id.in_(list(ids))).order_by(Lease.id))


def _withdraw(paper: Paper, reason: str, at: datetime) -> None:
    Paper.update(withdrawn_at=at, withdrawn_reason=reason).where(Paper.id == paper.id).execute()


db.before_commit.append(settle)
