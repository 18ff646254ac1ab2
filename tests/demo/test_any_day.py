"""The demonstration can be made on any day, of any length: what has no past yet is left out, and said."""

from datetime import UTC, date, datetime

import pytest

from portal import config, db
from portal.demo import claims_told, grievances, stories
from portal.demo.cast import CAST, SMALLEST_OFFICE
from portal.demo.chance import Chance
from portal.demo.files import Office
from portal.demo.households import Times
from portal.demo.maker import SETTINGS, make
from portal.demo.neighbourhood import households
from portal.demo.papers import desk_of
from portal.demo.payments import Payer
from portal.demo.rents import Rents
from portal.demo.staff import hire
from portal.domain.claims.models import Claim, ClaimEvent
from portal.domain.housing.queries import leases_of
from portal.domain.messages.models import Message, Notice
from portal.domain.papers.models import Paper, PaperlessConsent, PaperLetter
from portal.domain.payments.models import OnlinePayment
from portal.domain.people.models import Tenant
from portal.domain.rents.models import LedgerEntry, RentTerm, RepaymentPlan
from portal.domain.rents.queries import account_of
from portal.kernel.clock import PARIS, paris_day
from tests.demo.conftest import FIRST_OF_DECEMBER, SMALL, drawn, quiet, taken_in


def paris(*moment: int, fold: int = 0) -> datetime:
    return datetime(*moment, tzinfo=PARIS, fold=fold)


# The hardest there is: one month of accounts. Terms are asked on the 25th and the 26th, due on the 5th and the 10th.
DAYS = [
    paris(2027, 3, 1, 9),
    paris(2028, 2, 29, 9),
    paris(2026, 12, 31, 23, 59),
    paris(2027, 3, 28, 2, 30),  # the hour that does not exist
    paris(2026, 10, 25, 2, 30),
    paris(2026, 10, 25, 2, 30, fold=1),  # the hour that comes twice
    paris(2026, 11, 24, 9),
    paris(2026, 11, 25, 9),
    paris(2026, 11, 26, 9),
]
SHORT = [(at, 1) for at in DAYS] + [(FIRST_OF_DECEMBER, 2)]


def _given_again() -> bool:
    """Whether a quittance was withdrawn and its month has another."""
    withdrawn = Paper.get_or_none(Paper.withdrawn_at.is_null(False))
    if withdrawn is None:
        return False
    same = (Paper.lease == withdrawn.lease) & (Paper.month == withdrawn.month) & (Paper.kind == "receipt")
    return Paper.select().where(same, Paper.withdrawn_at.is_null()).exists()


def seen(today: date) -> dict[str, bool]:
    """What a visitor finds, by the words that would say it is left out."""
    papers = Paper.select()
    [late] = leases_of(tenant=Tenant.get(family_name="Lefèvre"))
    entries = LedgerEntry.select().where(LedgerEntry.lease == late)
    return {
        "le loyer en retard de Mme Sylvie LEFÈVRE": account_of(late, on=today).overdue_cents > 0,
        "le prélèvement rejeté de Mme Sylvie LEFÈVRE": entries.where(LedgerEntry.kind == "rejected_payment").exists(),
        "deux plans d’apurement": RepaymentPlan.select().count() == 2,
        "une remise": LedgerEntry.select().where(LedgerEntry.kind == "remission").exists(),
        "des quittances et des avis déjà établis": papers.where(Paper.kind == "notice").exists(),
        "un prélèvement rejeté puis payé par carte": _given_again(),
        "le reçu d’un paiement partiel": papers.where(Paper.kind == "slip").exists(),
        "une quittance à envoyer par la poste": PaperLetter.select().exists(),
        "des paiements en ligne dans chaque état": OnlinePayment.select().count() >= 4,
    }


@pytest.mark.parametrize(("at", "months"), SHORT, ids=str)
def test_every_story_is_told_or_said_to_be_left_out_and_nothing_is_to_come(migrated, tmp_path, monkeypatch, at, months):
    monkeypatch.setattr(grievances, "file", lambda *_: None)  # they lean on no account
    at = at.astimezone(UTC)
    with taken_in(migrated, tmp_path, at, months) as office:
        opened, left_out = stories.tell(
            chance=office.chance, desk=desk_of(tmp_path, SETTINGS["office"]), at=at, progress=quiet
        )
        assert len([access for access in opened if access.login]) == 9
        found = seen(paris_day(at))
        assert {words: words not in left_out for words in found} == found
        assert set(left_out) <= set(found)
        for column in (
            Message.written_at,
            Notice.written_at,
            Paper.issued_at,
            PaperlessConsent.said_at,
            OnlinePayment.changed_at,
            LedgerEntry.recorded_at,
        ):
            assert all(moment <= at for (moment,) in column.model.select(column).tuples()), column
        for column in (LedgerEntry.value_on, RentTerm.issued_on):
            assert all(day <= paris_day(at) for (day,) in column.model.select(column).tuples()), column


@pytest.mark.parametrize("months", [1, 3])
@pytest.mark.parametrize("month", range(1, 13))
def test_on_the_first_of_a_month_the_files_are_drawn_and_hold_nothing_to_come(tmp_path, month, months):
    today = date(2026, month, 1)
    office = drawn(tmp_path, paris(2026, month, 1, 9), months)
    for lease in office.leases:
        terms = Rents(office.chance, lease, office.times).terms()
        assert all(term.issued <= today for term in terms)
        assert all(each.paid_on <= today for each in Payer(office.chance, lease, office.times).payments(terms))
    assert {lease.role for lease in office.leases if lease.role} == {role.name for role in CAST.values()}


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_known_for_what_it_is(tmp_path, monkeypatch, fold):
    """Two instants in the same zone are compared by their hands alone: only in UTC is one after the other."""
    heard = []
    monkeypatch.setattr(stories, "tell", lambda **told: heard.append(told["at"]) or ([], []))
    make(data=tmp_path, wish=SMALL, at=paris(2026, 10, 25, 2, 30, fold=fold), progress=quiet)
    assert [(at.hour, at.minute, at.tzinfo) for at in heard] == [(fold, 30, UTC)]


def test_the_cast_lives_its_own_stories_and_no_bad_luck():
    """A direct debit in eighty bounces: not that of the neighbour, whose rejection is told later."""
    times = Times(date(2026, 11, 23), 24)
    lease = next(lease for lease in Office.draw(1, SMALLEST_OFFICE, times).leases if lease.role == "neighbour")
    for chance in map(Chance, range(60)):
        paid = Payer(chance, lease, times).payments(Rents(chance, lease, times).terms())
        assert not any(payment.bounced_on for payment in paid)


def test_whole_on_a_first_of_december_it_says_what_one_month_cannot_show(small):
    data, made, _ = small
    assert config.load(data).demo
    assert {"deux plans d’apurement", "des quittances et des avis déjà établis"} <= set(made.left_out)
    assert made.lines["logements"] == SMALLEST_OFFICE
    db.use(data / "portal.sqlite")
    with db.db.connection_context():
        assert Claim.select().count() >= 7
        assert all(event.happened_at <= FIRST_OF_DECEMBER for event in ClaimEvent.select(ClaimEvent.happened_at))


def test_after_a_long_week_end_nobody_answers_a_visit_that_is_not_proposed_yet(migrated, tmp_path, monkeypatch):
    """On the Tuesday after Easter at 9, the order of Saturday waits for this afternoon: the tenant has read nothing."""
    at = paris(2026, 4, 7, 9).astimezone(UTC)
    other_time = next(story for story in claims_told.STORIES if any(step.verb == "other_time" for step in story.steps))
    monkeypatch.setattr(grievances, "STORIES", (other_time,))
    monkeypatch.setattr(grievances, "CAST_STORIES", {})
    monkeypatch.setattr(grievances, "COMPLAIN", 1)
    with taken_in(migrated, tmp_path, at, 1), db.db.atomic():
        grievances.file(Chance(SMALL.seed), households(paris_day(at)), hire(), at)
        assert {claim.state for claim in Claim.select()} == {"accusee"}
