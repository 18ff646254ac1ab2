"""What each of the three papers will say, before it has a number: read from the account, as it stands on a day."""

from dataclasses import dataclass
from datetime import date

from portal.config import Office
from portal.domain.errors import DomainError, NotFoundError
from portal.domain.housing.models import Lease
from portal.domain.housing.queries import holders_of
from portal.domain.papers.content import Content, Issuer, Older, Portion, Recipient, Settlement
from portal.domain.papers.keys import Keyring
from portal.domain.papers.models import RECEIPT, SLIP
from portal.domain.papers.policy import slips_of
from portal.domain.papers.receipts import lived, means_of, receipt_of
from portal.domain.papers.words import euros_in_words
from portal.domain.people.models import Tenant
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.policy import CONDITIONAL_METHODS
from portal.domain.rents.queries import account_of
from portal.kernel.periods import Month


class NotPaidError(DomainError):
    """No quittance before the whole term is paid (law of 6 July 1989, art. 21)."""

    sentence = "Ce mois n’est pas encore entièrement payé : la quittance viendra après."


class NoSlipError(DomainError):
    """A payment that wholly paid its months gives quittances, and one that was undone gives nothing."""

    sentence = "Ce paiement ne donne pas de reçu : les mois qu’il a payés ont leur quittance, ou il a été annulé."


@dataclass(frozen=True)
class Desk:
    """Who signs: the Office's letterhead, its keys, and where a paper can be checked."""

    office: Office
    keys: Keyring
    verify_url: str

    @property
    def issuer(self) -> Issuer:
        """The Office as the papers name it."""
        office = self.office
        return Issuer(
            office.legal_name, office.address, office.postcode, office.city, phone=office.phone, siret=office.siret
        )


def recipient_of(lease: Lease, holders: list[Tenant]) -> Recipient:
    """Return who a lease's papers go to, and where; the lease comes with its dwelling and building."""
    dwelling, building = lease.dwelling, lease.dwelling.building
    parts = (
        (building.name, ""),
        (dwelling.stair, "esc. "),
        (dwelling.floor, "étage "),
        (dwelling.door, "porte "),
    )
    inside = ", ".join(before + text for text, before in parts if text)
    area = (
        f"{dwelling.area_centi_m2 / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        if dwelling.area_centi_m2
        else ""
    )
    return Recipient(
        names=tuple(holder.full_name for holder in holders),
        numbers=tuple(holder.number for holder in holders),
        address=tuple(line for line in (inside, building.address, f"{building.postcode} {building.city}") if line),
        dwelling_reference=dwelling.reference,
        lease_number=lease.number,
        dwelling=", ".join(part for part in (dwelling.kind, area and f"{area} m²") if part),
    )


def receipt_draft(*, lease: Lease, month: Month, desk: Desk, on: date) -> Content:
    """Return what the quittance of a term says. Raises NotFoundError or NotPaidError."""
    receipt = receipt_of(lease, month=month, on=on)
    if receipt is None:
        raise NotFoundError
    if not receipt.is_issued:
        raise NotPaidError
    term = receipt.term
    starts_on, ends_on = lived(lease, month)
    recipient = recipient_of(lease, holders_of(lease=lease))
    return Content(
        kind=RECEIPT,
        number="",
        issued_on=on,
        issuer=desk.issuer,
        recipient=recipient,
        verify_url=desk.verify_url,
        amount_cents=receipt.total_cents,
        in_words=receipt.in_words,
        month=month,
        starts_on=starts_on,
        ends_on=ends_on,
        groups=tuple(receipt.groups),
        total_cents=receipt.total_cents,
        benefit_cents=term.benefit_cents,
        tenant_cents=term.tenant_cents,
        settlements=tuple(receipt.settlements),
        is_conditional=receipt.is_conditional,
        older=Older(receipt.older_cents, len(receipt.older)),
        maximum_rent_cents=lease.dwelling.maximum_rent_cents,
    )


def slip_draft(*, lease: Lease, entry: LedgerEntry, desk: Desk, on: date) -> Content:
    """Return what the reçu of a payment says: the months it paid, rent and charges not split. Raises NoSlipError."""
    account = account_of(lease, on=on)
    if entry.id not in {payment.id for payment in slips_of(account.replayed)}:
        raise NoSlipError
    parts = [
        Portion(debt.month, share.cents, debt.rest_cents, debt.label)
        for debt in account.replayed.debts
        for share in debt.shares
        if share.posting.id == entry.id
    ]
    waiting = sum(credit.cents for credit in account.replayed.credits if credit.posting.id == entry.id)
    cents = -entry.amount_cents
    return Content(
        kind=SLIP,
        number="",
        issued_on=on,
        issuer=desk.issuer,
        recipient=recipient_of(lease, holders_of(lease=lease)),
        verify_url=desk.verify_url,
        amount_cents=cents,
        in_words=euros_in_words(cents),
        settlements=(Settlement(entry.value_on, means_of(entry.kind, entry.method), cents, entry.id),),
        is_conditional=entry.method in CONDITIONAL_METHODS,
        portions=tuple(parts),
        waiting_cents=waiting,
    )
