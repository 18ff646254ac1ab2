"""Papers already drawn up: quittances, avis, a reçu, one withdrawn after a rejection; and who agreed to read them."""

from datetime import datetime, timedelta
from pathlib import Path

from portal.config import Config, Office
from portal.demo.chance import Chance
from portal.demo.households import Progress
from portal.demo.neighbourhood import Household
from portal.domain.papers import actions, consents
from portal.domain.papers.drafts import Desk
from portal.domain.papers.keys import keyring
from portal.domain.papers.letters import ask_by_post
from portal.domain.rents.account import Account
from portal.domain.rents.actions import record_payment, reject_payment
from portal.domain.rents.models import LedgerEntry
from portal.domain.rents.policy import may_have_receipt
from portal.domain.rents.queries import account_of
from portal.kernel.clock import paris_day

AGREE, PREFER_PAPER = 0.35, 0.45  # of the other households: the first agree, some prefer the post, the rest never said
MONTHS_DRAWN = 6


def desk_of(data: Path, office: dict) -> Desk:
    """Return what signs the demonstration's papers, with the keys of its data folder."""
    return Desk(Office(**office), keyring(data), f"{Config(data).base_url}/verification")


def ask(chance: Chance, homes: list[Household], at: datetime, progress: Progress) -> None:
    """Ask everybody whether they agree to read their quittances by the screen."""
    known = {"up_to_date": True, "neighbour": True, "in_credit": False, "in_arrears": None, "no_access": None}
    asked = [home for home in homes if home.first]
    shares = chance.ranks("paperless", len(asked))
    for done, (home, share) in enumerate(zip(asked, shares, strict=True), start=1):
        agreed = known[home.role] if home.role in known else _answer(share)
        if agreed is not None:
            consents.answer(tenant=home.tenant, agreed=agreed, at=at - timedelta(days=30 + int(share * 90)))
        progress(done, len(asked))


def draw(homes: list[Household], desk: Desk, at: datetime) -> list[str]:
    """Draw papers up and tell the story of a rejected payment; return what the accounts are too short for."""
    cast = {home.role: home for home in homes if home.first and home.role}
    told = {
        "des quittances et des avis déjà établis": _draw_months(cast["up_to_date"], desk, at - timedelta(days=20)),
        "un prélèvement rejeté puis payé par carte": _story_of_a_rejection(cast["neighbour"], desk, at),
        "le reçu d’un paiement partiel": _slips(cast["in_arrears"], desk, at),
        "une quittance à envoyer par la poste": _by_post(cast["in_credit"], desk, at),
    }
    return [words for words, is_told in told.items() if not is_told]


def _answer(share: float) -> bool | None:
    return True if share < AGREE else False if share < PREFER_PAPER else None


def _paid(account: Account) -> list:
    return [term.month for term in account.terms if may_have_receipt(term)][:MONTHS_DRAWN]


def _draw_months(home: Household, desk: Desk, at: datetime) -> bool:
    """Draw up the latest quittances but the last, and their avis: the last is still to be asked for."""
    months = sorted(_paid(account_of(home.lease, on=paris_day(at)))[1:])
    for month in months:
        actions.draw_up_notice(lease=home.lease, month=month, desk=desk, at=at)
        actions.draw_up_receipt(lease=home.lease, month=month, desk=desk, at=at)
    return bool(months)


def _story_of_a_rejection(home: Household, desk: Desk, at: datetime) -> bool:
    """A quittance is withdrawn by the rejection of its payment; paid again by card, the month has a new one."""
    given, rejected, paid = (at - timedelta(days=days) for days in (9, 5, 2))
    account = account_of(home.lease, on=paris_day(given))
    payments = (
        (term.month, share.posting)
        for term in account.terms
        for share in term.shares
        if may_have_receipt(term) and share.posting.kind == "payment_received"
    )
    first = next(payments, None)
    if first is None:
        return False
    month, posting = first
    actions.draw_up_receipt(lease=home.lease, month=month, desk=desk, at=given)
    entry = LedgerEntry.get_by_id(posting.id)
    reject_payment(
        payment=entry,
        reference="demo-rejet",
        reason="provision insuffisante",
        value_on=paris_day(rejected),
        at=rejected,
    )
    record_payment(
        lease=home.lease,
        reference="demo-carte",
        amount_cents=-entry.amount_cents,
        method="carte",
        value_on=paris_day(paid),
        at=paid,
    )
    actions.draw_up_receipt(lease=home.lease, month=month, desk=desk, at=paid)
    return True


def _slips(home: Household, desk: Desk, at: datetime) -> bool:
    """Draw up a reçu for the latest part payment."""
    for term in account_of(home.lease, on=paris_day(at)).terms:
        shares = [share for share in term.shares if share.posting.kind == "payment_received"]
        if term.rest_cents and shares:
            entry = LedgerEntry.get_by_id(shares[-1].posting.id)
            actions.draw_up_slip(lease=home.lease, entry=entry, desk=desk, at=at)
            return True
    return False


def _by_post(home: Household, desk: Desk, at: datetime) -> bool:
    """Put a quittance in the next paper batch."""
    months = _paid(account_of(home.lease, on=paris_day(at)))[:1]
    for month in months:
        paper = actions.draw_up_receipt(lease=home.lease, month=month, desk=desk, at=at - timedelta(hours=3))
        ask_by_post(paper=paper, tenant=home.tenant, at=at - timedelta(hours=3))
    return bool(months)
