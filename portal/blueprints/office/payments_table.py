"""The online payments as a table for a spreadsheet, to compare with the bank's statement."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from portal.domain.payments import policy
from portal.domain.payments.models import OnlinePayment
from portal.kernel.clock import PARIS
from portal.web.filters import format_day_short, format_time
from portal.web.sending import Cell

HEADINGS = (
    *("Commencé le", "Heure", "Payé le", "Commande", "Transaction", "Référence de la banque", "État"),
    *("Montant", "Remboursé", "Gardé", "Bail", "N° locataire", "Locataire"),
)


def rows_of(
    payments: Iterable[OnlinePayment], *, at: datetime, words: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[Cell, ...]]:
    """Return one row a payment, amounts in cents."""
    for each in payments:
        yield (
            format_day_short(each.started_at.astimezone(PARIS).date()),
            format_time(each.started_at),
            format_day_short(each.entry.value_on) if each.entry else "",
            each.order_number,
            f"{each.trans_day}-{each.trans_id}",
            each.bank_reference,
            words[policy.state_of(each, at=at)][0],
            each.amount_cents,
            each.refunded_cents,
            each.kept_cents,
            each.lease.number,
            each.tenant.number,
            each.tenant.full_name,
        )
