"""The paper batch: what waits is printed once; printed again, the former password opens nothing."""

from datetime import date, timedelta

import pytest

from portal.domain.audit.models import Trace
from portal.domain.errors import NotAllowedError
from portal.domain.housing.holders import LeaseHolder
from portal.domain.people import letters, passwords
from portal.domain.people.letters import Sheet
from portal.domain.people.models import Access, Letter, LetterBatch, Tenant
from tests.people import NOW, lease_of

pytestmark = pytest.mark.usefixtures("database")
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


class Printer:
    """Draws nothing, and remembers what it was asked to draw."""

    def __init__(self) -> None:
        self.drawn: list[list[Sheet]] = []

    def __call__(self, sheets: list[Sheet]) -> bytes:
        self.drawn.append(sheets)
        return b"%PDF"

    @property
    def given(self) -> dict[str, str]:
        """The passwords of the last PDF, by login."""
        return {sheet.given.login: sheet.given.password for sheet in self.drawn[-1] if sheet.given}


@pytest.fixture
def printer() -> Printer:
    return Printer()


def letter(tenant: Tenant, kind: str = "access_opened", at=NOW, **more) -> Letter:
    return Letter.create(tenant=tenant, kind=kind, asked_at=at, **more)


def press(printer: Printer, staff=None, key: str = "a", at=NOW) -> bytes:
    return letters.print_waiting(staff=staff, once_key=key, draw=printer, at=at)


def again(printer: Printer, staff=None, key: str = "b", at=NOW + DAY) -> bytes:
    batch = LetterBatch.select().order_by(LetterBatch.id).get()
    return letters.print_again(batch=batch, staff=staff, once_key=key, draw=printer, at=at)


def opens(login: str, password: str) -> bool:
    return passwords.is_right(password, Access.get(Access.login == login).password_hash)


def test_the_oldest_letter_comes_first_with_the_dwelling_it_goes_to(people):
    second, first = letter(people.aminata), letter(people.bruno, at=NOW - DAY)
    third = letter(people.aminata)
    assert [sheet.letter for sheet in letters.waiting(on=TODAY)] == [first, second, third]
    assert letters.waiting(on=TODAY)[0].dwelling == lease_of(people.bruno).dwelling
    assert letters.waiting(on=TODAY, most=1)[0].letter == first


def test_who_has_left_has_no_address_from_the_day_after_and_who_is_to_come_none_before(people, ends):
    waits = letter(people.aminata)
    lease = ends(people.aminata, TODAY)

    def where(on: date) -> tuple[int, list[Letter]]:
        return letters.waiting_count(on=on).scalar(), letters.without_address(on=on)

    assert where(TODAY) == (1, [])
    assert where(TODAY + DAY) == (0, [waits])
    assert where(lease.starts_on) == (1, [])
    assert where(lease.starts_on - DAY) == (0, [waits])


def test_a_letter_goes_to_the_dwelling_of_the_latest_lease(people):
    new = lease_of(people.nadia)
    new.starts_on = date(2026, 11, 1)
    new.save()
    LeaseHolder.create(lease=new, tenant=people.aminata, rank=1)
    letter(people.aminata)
    assert [sheet.dwelling for sheet in letters.waiting(on=TODAY)] == [new.dwelling]


def test_printed_letters_wait_no_more_and_are_of_their_batch(people, printer):
    letter(people.aminata), letter(people.bruno)
    assert press(printer, people.manager) == b"%PDF"
    batch = LetterBatch.get()
    assert [(each.printed_at, each.batch) for each in Letter.select()] == [(NOW, batch)] * 2
    assert (batch.staff, batch.made_at, letters.waiting(on=TODAY)) == (people.manager, NOW, [])
    assert Trace.get().detail == f"batch {batch.id}, 2 letters"
    with pytest.raises(letters.NothingToPrintError):
        press(printer, key="b")


@pytest.mark.parametrize("role", ["accountant", "technical", "loge"])
def test_those_who_may_not_print_letters_print_nothing(people, printer, role):
    letter(people.aminata)
    with pytest.raises(NotAllowedError):
        press(printer, getattr(people, role))
    press(printer)
    with pytest.raises(NotAllowedError):
        again(printer, getattr(people, role))
    assert len(printer.drawn) == 1


def test_the_same_press_prints_once_and_so_does_the_same_press_again(people, printer):
    letter(people.aminata)
    press(printer)
    letter(people.bruno)
    with pytest.raises(letters.AlreadyPrintedError):
        press(printer)
    again(printer)
    with pytest.raises(letters.AlreadyPrintedError):
        again(printer)


def test_two_who_print_at_once_print_each_letter_once(people, printer):
    letter(people.nadia, "access_code")

    def slow(sheets: list[Sheet]) -> bytes:
        press(printer, key="fast")
        return b"%PDF"

    with pytest.raises(letters.AlreadyPrintedError):
        letters.print_waiting(staff=None, once_key="slow", draw=slow, at=NOW)
    assert LetterBatch.get().once_key == "fast"
    [(login, password)] = printer.given.items()
    assert opens(login, password)


def test_a_letter_that_gives_a_password_opens_the_access_and_the_other_kind_gives_none(people, printer):
    letter(people.nadia, "access_code"), letter(people.aminata, "access_code"), letter(people.bruno)
    press(printer)
    assert {login[:6] for login in printer.given} == {"dealme", "aminat"}
    assert all(opens(*each) for each in printer.given.items())
    traces = Trace.select(Trace.act).where(Trace.tenant.is_null(False)).order_by(Trace.id)
    assert sorted(trace.act for trace in traces) == ["gave_access_again", "opened_access"]
    assert (people.nadia.threads.count(), people.aminata.threads.count()) == (1, 0)


def test_printed_again_the_former_password_opens_nothing_and_the_login_stays(people, printer):
    letter(people.nadia, "access_code")
    press(printer)
    [(login, former)] = printer.given.items()
    again(printer)
    [(same, new)] = printer.given.items()
    assert (same, opens(login, former), opens(login, new)) == (login, False, True)
    again(printer, key="c", at=NOW + 2 * DAY)
    assert printer.given.keys() == {login}


@pytest.mark.parametrize(("later", "printed"), [(timedelta(), True), (timedelta(seconds=1), False)])
def test_who_has_another_password_since_the_batch_is_left_alone(people, printer, later, printed):
    letter(people.nadia, "access_code"), letter(people.bruno)
    press(printer)
    Access.update(password_set_at=NOW + later).where(Access.tenant == people.nadia).execute()
    again(printer)
    assert bool(printer.given) is printed
    assert people.bruno in {sheet.letter.tenant for sheet in printer.drawn[-1]}


def test_a_password_of_another_batch_is_not_that_of_this_one(people, printer):
    letter(people.nadia, "access_code")
    press(printer)
    letter(people.nadia, "access_code")
    press(printer, key="other", at=NOW + timedelta(hours=1))
    with pytest.raises(letters.NothingToPrintError):
        again(printer)


def test_a_closed_access_is_not_given_again_by_paper(people, printer):
    letter(people.nadia, "access_code")
    press(printer)
    Access.update(closed_at=NOW).where(Access.tenant == people.nadia).execute()
    with pytest.raises(letters.NothingToPrintError, match="réimprimé"):
        again(printer)


def test_a_password_changed_while_it_is_printed_again_is_kept(people):
    letter(people.nadia, "access_code")
    letters.print_waiting(staff=None, once_key="a", draw=Printer(), at=NOW)

    def slow(sheets: list[Sheet]) -> bytes:
        Access.update(password_hash="chosen", password_set_at=NOW + DAY).where(Access.tenant == people.nadia).execute()
        return b"%PDF"

    with pytest.raises(letters.AlreadyPrintedError):
        again(slow)
    assert Access.get(Access.tenant == people.nadia).password_hash == "chosen"


def test_who_has_left_is_not_printed_again(people, printer, ends):
    letter(people.aminata), letter(people.bruno)
    press(printer)
    ends(people.aminata, TODAY)
    again(printer)
    assert [sheet.letter.tenant for sheet in printer.drawn[-1]] == [people.bruno]


def test_a_reprint_is_not_a_batch_that_can_be_printed_again(people, printer):
    letter(people.aminata)
    press(printer)
    again(printer)
    first, reprint = LetterBatch.select().order_by(LetterBatch.id)
    assert letters.batch_of(id=first.id) == first
    assert letters.batch_of(id=reprint.id) is None


def test_the_batches_say_what_they_hold_the_last_first(people, printer):
    letter(people.nadia, "access_code"), letter(people.bruno)
    press(printer, people.manager)
    again(printer)
    letter(people.charlie)
    press(printer, key="c", at=NOW + DAY)
    told = [(batch.count, batch.secrets, batch.reprinted, batch.staff) for batch in letters.batches()]
    assert told == [(1, 0, 0, None), (2, 1, 1, people.manager)]


def test_every_kind_is_named_and_only_the_code_gives_a_password():
    assert {code for code, kind in letters.KINDS.items() if kind.gives_password} == {"access_code"}
    assert all(kind.words for kind in letters.KINDS.values())
