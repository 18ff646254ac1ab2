"""Some online payments: paid, refused, abandoned, left without news; each through the domain's own verbs."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from portal.bank_settings import DEMO_SITE
from portal.demo.chance import Chance
from portal.demo.neighbourhood import Household
from portal.domain.payments import actions, demo_bank, systempay
from portal.domain.payments.policy import Choice, WrongAmountError
from portal.domain.payments.systempay import TEST, Shop

# Signed and checked here, on the spot: the installation's own key is not made yet, and none of this is ever sent again.
SHOP = Shop(DEMO_SITE, TEST, {TEST: "demonstration000"})
BANK_ADDRESS = "194.50.38.6"
IN_ARREARS = ((9, "refuse", 7000), (9, "accept", 7000), (4, "abandon", 12000), (2, "", 12000))
OTHERS = 1 / 20
MOST = 400
WAYS = {"accept": 60, "refuse": 12, "abandon": 14, "": 10, "tamper": 4}


def pay(chance: Chance, homes: list[Household], at: datetime) -> list[str]:
    """Let the tenant in arrears, and one first holder in twenty, pay something by card these last weeks.

    Return what the accounts are too short for: before anything is asked there is nothing to pay.
    """
    tries = sorted(_tries(chance, homes, at), key=lambda each: each[0])
    begun = [home.role for began_at, home, way, cents in tries if _try(home, began_at, way, cents)]
    actions.lapse(at=at)
    told = {"des paiements en ligne dans chaque état": begun.count("in_arrears") == len(IN_ARREARS)}
    return [words for words, is_told in told.items() if not is_told]


def _tries(chance: Chance, homes: list[Household], at: datetime) -> Iterator[tuple[datetime, Household, str, int]]:
    """Draw who tries to pay, when, what the bank answers and how many cents."""
    draws, told = chance.stream("cards"), 0
    for home in (each for each in homes if each.first):
        if home.role == "in_arrears":
            for rank, (days, way, cents) in enumerate(IN_ARREARS):
                yield at - timedelta(days=days, minutes=30 - 5 * rank), home, way, cents
        elif not home.role and told < MOST and draws.random() < OTHERS:
            told += 1
            way = draws.choices(list(WAYS), list(WAYS.values()))[0]
            yield at - timedelta(minutes=draws.randrange(60, 28 * 24 * 60)), home, way, draws.randrange(20, 200) * 100


def _try(home: Household, at: datetime, way: str, cents: int) -> bool:
    """Begin a payment of a sum and let the bank answer a minute later; without a way it never does.

    Return whether there was so much to pay that day.
    """
    key = f"{home.lease.number}-{at.isoformat()}-{way}"
    try:
        payment = actions.start(
            tenant=home.tenant, lease=home.lease, choice=Choice("sum", cents=cents), once_key=key, mode=TEST, at=at
        )
    except WrongAmountError:
        return False
    if way:
        asked = systempay.request(
            shop=SHOP,
            order_number=payment.order_number,
            trans_id=payment.trans_id,
            at=at,
            amount_cents=cents,
            customer=home.tenant.number,
            return_url="",
        )
        later = at + timedelta(minutes=1)
        body = demo_bank.notification(asked=systempay.Notice(asked), way=way, shop=SHOP, at=later)
        actions.receive(body=body.encode(), shop=SHOP, address=BANK_ADDRESS, at=later)
    return True
