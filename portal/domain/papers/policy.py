"""Which paper may be given for what, and to whom."""

from portal.domain.rents.allocation import Posting, Replay

PAYMENT = "payment_received"


def slips_of(account: Replay) -> list[Posting]:
    """Return the payments that give a reçu, the latest first: those that leave a month partly unpaid.

    Law of 6 July 1989, art. 21. So does one that waits for a month to come, or that paid a debt outside the months,
    which has no quittance. A payment whose months are wholly paid gives quittances; one that was taken back pays
    nothing and gives nothing; what the CAF pays is not the tenant's payment.
    """
    paying = [share.posting for debt in account.debts if debt.rest_cents or debt.month is None for share in debt.shares]
    waiting = [credit.posting for credit in account.credits]
    found = {posting.id: posting for posting in paying + waiting if posting.kind == PAYMENT}
    return sorted(found.values(), key=lambda posting: (posting.value_on, posting.id), reverse=True)
