"""Addresses are confirmed before anything is sent to them, and links serve once, for a while."""

from datetime import timedelta

import pytest

from portal.domain.audit.models import Trace
from portal.domain.errors import DomainError, TooManyTriesError
from portal.domain.messages.models import OutboxMail
from portal.domain.messages.outbox import Mail
from portal.domain.people import contact, passwords, sessions, throttles
from portal.domain.people.models import Access, MailLink, SignIn, Tenant
from tests.people import NOW, OPENED

pytestmark = pytest.mark.usefixtures("database")
ADDRESS, CHOSEN = "aminata@example.org", "cheval pile agrafe vert"
SECOND = timedelta(seconds=1)


def sent() -> list[tuple[str, str]]:
    """Each mail that waits: to whom, and the token it holds."""
    return [(mail.recipient, mail.text) for mail in OutboxMail.select().order_by(OutboxMail.id)]


def compose(token: str) -> Mail:
    return Mail("Sujet", token, token)


def has(tenant: Tenant, email: str = ADDRESS, confirmed_at=OPENED) -> None:
    Tenant.update(email=email, email_confirmed_at=confirmed_at).where(Tenant.id == tenant.id).execute()


def lose(email: str = ADDRESS, at=NOW, address: str = "192.0.2.1") -> str:
    """Ask for a new password and return the token of the last mail that left, if any."""
    contact.ask_for_new_password(email=email, address=address, compose=compose, at=at)
    return sent()[-1][1] if sent() else ""


def change_to(tenant: Tenant, email: str, at=NOW) -> str:
    contact.ask_to_confirm_email(tenant=tenant, email=email, compose=compose, at=at)
    return sent()[-1][1]


def choose(token: str, password: str = CHOSEN, at=NOW) -> None:
    contact.set_new_password(token=token, password=password, about=(), at=at)


def test_a_password_link_goes_to_a_confirmed_address(people):
    has(people.aminata)
    lose("  Aminata@Example.org ")
    assert [to for to, _ in sent()] == [ADDRESS]
    assert MailLink.get().tenant == people.aminata


def test_an_address_that_came_from_a_file_and_nobody_confirmed_gets_no_password_link(people):
    has(people.aminata, confirmed_at=None)
    lose()
    assert (sent(), MailLink.select().count()) == ([], 0)


def test_an_address_asked_for_and_not_confirmed_yet_gets_no_password_link(people):
    has(people.aminata)
    change_to(people.aminata, "new@example.org")
    lose("new@example.org")
    assert [link.kind for link in MailLink.select()] == [contact.CONFIRM]
    lose()
    assert [to for to, _ in sent()] == ["new@example.org", ADDRESS]


def test_once_another_address_is_confirmed_the_former_gets_no_password_link(people):
    has(people.aminata)
    contact.confirm_email(token=change_to(people.aminata, "new@example.org"), at=NOW)
    lose()
    lose("new@example.org")
    assert [to for to, _ in sent()] == ["new@example.org"] * 2


def test_an_address_two_tenants_confirmed_opens_neither_access(people):
    has(people.aminata), has(people.bruno)
    lose()
    assert sent() == []


def test_an_address_shared_with_somebody_who_did_not_confirm_it_is_of_the_one_who_did(people):
    has(people.aminata), has(people.bruno, confirmed_at=None)
    lose()
    assert MailLink.get().tenant == people.aminata


def test_who_has_no_open_access_gets_no_password_link(people):
    has(people.nadia)
    lose()
    has(people.aminata, "other@example.org")
    Access.update(closed_at=NOW).where(Access.tenant == people.aminata).execute()
    lose("other@example.org")
    assert sent() == []


def test_asking_for_a_link_is_traced_with_the_tenant_when_there_is_one(people):
    has(people.aminata)
    lose()
    lose("nobody@example.org")
    traces = Trace.select().where(Trace.act == "asked_for_link").order_by(Trace.id)
    assert [trace.by_tenant for trace in traces] == [people.aminata, None]


@pytest.mark.parametrize(("brake", "most"), [("address", 10), ("email", 3)])
def test_links_are_asked_for_so_many_times_an_hour(people, brake, most):
    def ask(rank: int) -> None:
        email = ADDRESS if brake == "email" else f"{rank}@example.org"
        lose(email, address="192.0.2.1" if brake == "address" else f"192.0.2.{rank}")

    for rank in range(most):
        ask(rank)
    with pytest.raises(TooManyTriesError):
        ask(most)


def test_a_new_address_is_asked_to_confirm_three_times_an_hour(people):
    for _ in range(3):
        change_to(people.aminata, ADDRESS)
    with pytest.raises(TooManyTriesError):
        change_to(people.aminata, ADDRESS.upper())


def test_a_new_address_counts_once_its_link_is_followed_and_serves_once(people):
    token = change_to(people.aminata, " Aminata@Example.org")
    assert Tenant.get_by_id(people.aminata.id).email == ""
    assert contact.confirm_email(token=token, at=NOW + SECOND) == people.aminata
    tenant = Tenant.get_by_id(people.aminata.id)
    assert (tenant.email, tenant.email_confirmed_at) == (ADDRESS, NOW + SECOND)
    assert Trace.get(Trace.act == "changed_contact").detail == "email"
    with pytest.raises(contact.DeadLinkError):
        contact.confirm_email(token=token, at=NOW + SECOND)


def test_only_the_last_link_sent_serves(people):
    first, second = change_to(people.aminata, ADDRESS), change_to(people.aminata, "new@example.org")
    with pytest.raises(contact.DeadLinkError):
        contact.confirm_email(token=first, at=NOW)
    contact.confirm_email(token=second, at=NOW)
    assert Tenant.get_by_id(people.aminata.id).email == "new@example.org"


def test_a_link_of_one_tenant_or_kind_leaves_those_of_others_alive(people):
    has(people.aminata), has(people.bruno, "bruno@example.org")
    tokens = [lose(), lose("bruno@example.org")]
    change_to(people.aminata, "new@example.org")
    for token in tokens:
        choose(token)


def test_a_link_to_confirm_an_address_chooses_no_password_and_the_other_way_round(people):
    has(people.aminata)
    with pytest.raises(contact.DeadLinkError):
        choose(change_to(people.aminata, "new@example.org"))
    with pytest.raises(contact.DeadLinkError):
        contact.confirm_email(token=lose(), at=NOW)


def test_a_link_nobody_sent_is_dead(people):
    for verb in (choose, lambda token: contact.confirm_email(token=token, at=NOW)):
        with pytest.raises(contact.DeadLinkError):
            verb("licorne")


def test_a_link_to_confirm_lives_two_days_and_one_to_choose_a_password_thirty_minutes(people):
    has(people.aminata)
    confirming, choosing = change_to(people.aminata, "new@example.org"), lose()
    for verb, token, life in (
        (lambda token, at: contact.confirm_email(token=token, at=at), confirming, timedelta(days=2)),
        (lambda token, at: choose(token, at=at), choosing, timedelta(minutes=30)),
    ):
        with pytest.raises(contact.DeadLinkError):
            verb(token, NOW + life)
        verb(token, NOW + life - SECOND)


def test_a_password_chosen_through_a_link_ends_every_session_and_the_link_serves_once(people, access_of):
    has(people.aminata)
    access = access_of(people.aminata)
    for _ in range(2):
        sessions.begin(access=access, at=NOW, hours=12)
    for _ in range(5):
        throttles.count((throttles.SIGN_IN_LOGIN, access.login), at=NOW)
    token = lose()
    choose(token)
    assert SignIn.select().count() == 0
    assert passwords.is_right(CHOSEN, Access.get_by_id(access.id).password_hash)
    throttles.count((throttles.SIGN_IN_LOGIN, access.login), at=NOW)
    with pytest.raises(contact.DeadLinkError):
        choose(token)


def test_a_password_that_is_refused_leaves_the_link_alive(people):
    has(people.aminata)
    token = lose()
    with pytest.raises(DomainError, match="au moins 12"):
        choose(token, "court")
    choose(token)


def test_a_link_to_an_access_closed_meanwhile_chooses_nothing(people):
    has(people.aminata)
    token = lose()
    Access.update(closed_at=NOW).where(Access.tenant == people.aminata).execute()
    with pytest.raises(contact.DeadLinkError):
        choose(token)


def test_an_address_taken_away_takes_its_links_and_their_mails_with_it(people):
    has(people.aminata), has(people.bruno, "bruno@example.org")
    others = lose("bruno@example.org")
    tokens = [lose(), change_to(people.aminata, "new@example.org")]
    contact.remove_email(tenant=people.aminata, at=NOW)
    assert Tenant.get_by_id(people.aminata.id).email_confirmed_at is None
    with pytest.raises(contact.DeadLinkError):
        choose(tokens[0])
    with pytest.raises(contact.DeadLinkError):
        contact.confirm_email(token=tokens[1], at=NOW)
    assert [text for _, text in sent()] == [others, "", ""]
    choose(others)


def test_a_telephone_is_changed_and_traced_without_its_number(people):
    contact.change_phone(tenant=people.aminata, phone="06 12 34 56 78", at=NOW)
    assert Tenant.get_by_id(people.aminata.id).phone == "06 12 34 56 78"
    assert [(trace.by_tenant, trace.detail) for trace in Trace.select()] == [(people.aminata, "phone")]
    assert Tenant.get_by_id(people.bruno.id).phone == ""
