"""Signing in; an access given again or closed by the Office; another password."""

from datetime import timedelta

import pytest

from portal.domain.audit.models import Trace
from portal.domain.errors import DomainError, NotAllowedError, TooManyTriesError
from portal.domain.people import actions, passwords, sessions, throttles
from portal.domain.people.models import Access, SignIn, Tenant
from tests.domain.people.conftest import PASSWORD
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")
CHOSEN, HERE = "cheval pile agrafe vert", "192.0.2.1"
HOUR = timedelta(hours=1)


def sign_in(login: str = "aminata", password: str = PASSWORD, at=NOW, address: str = HERE) -> Access:
    return actions.sign_in(login=login, password=password, address=address, at=at)


def acts() -> list[str]:
    return [trace.act for trace in Trace.select().order_by(Trace.id)]


def closed(access: Access) -> None:
    Access.update(closed_at=NOW).where(Access.id == access.id).execute()


def test_a_login_and_its_password_open_and_a_closed_access_does_not(people, access_of):
    access = access_of(people.aminata)
    assert sign_in(" Aminata ") == access
    closed(access)
    with pytest.raises(actions.WrongPasswordError):
        sign_in()
    assert acts() == ["sign_in_refused"]


def test_what_is_refused_is_traced_for_who_it_was_about_and_an_unknown_login_is_nobodys(people, access_of):
    access_of(people.aminata)
    for login in ("aminata", "marc", "licorne"):
        with pytest.raises(actions.WrongPasswordError):
            sign_in(login, "wrong")
    assert [(trace.by_tenant, trace.staff) for trace in Trace.select().order_by(Trace.id)] == [
        (people.aminata, None),
        (None, people.manager),
    ]


def test_coming_in_forgets_the_failures_of_the_login_and_gives_back_the_try_of_the_visitor(people, access_of):
    access_of(people.aminata)
    for _ in range(4):
        with pytest.raises(actions.WrongPasswordError):
            sign_in(password="wrong")
    for _ in range(40):
        sign_in()
    for _ in range(4):
        with pytest.raises(actions.WrongPasswordError):
            sign_in(password="wrong")
    sign_in()


def test_coming_in_is_traced(people, access_of):
    actions.let_in(access=access_of(people.manager), at=NOW)
    assert [(trace.act, trace.staff) for trace in Trace.select()] == [("signed_in", people.manager)]


def test_only_administrators_managers_and_caretakers_give_or_close_an_access(people):
    for staff in (people.accountant, people.technical):
        with pytest.raises(NotAllowedError):
            actions.give_access(staff=staff, tenant=people.nadia, at=NOW)
        with pytest.raises(NotAllowedError):
            actions.close_access(staff=staff, tenant=people.aminata, at=NOW)
    for staff in (people.admin, people.manager, people.loge):
        assert actions.give_access(staff=staff, tenant=people.nadia, at=NOW)


def test_given_again_the_login_stays_the_former_password_and_sessions_end(people, access_of):
    access = access_of(people.aminata)
    sessions.begin(access=access, at=NOW, hours=12)
    for _ in range(5):
        throttles.count((throttles.SIGN_IN_LOGIN, "aminata"), at=NOW)
    closed(access)
    given = actions.give_access(staff=people.manager, tenant=people.aminata, at=NOW)
    assert (given.login, SignIn.select().count()) == ("aminata", 0)
    assert sign_in(password=given.password) == access
    assert (acts(), people.aminata.threads.count()) == (["gave_access_again"], 0)


def test_closed_once_an_access_keeps_its_day_and_one_trace(people, access_of):
    sessions.begin(access=access_of(people.aminata), at=NOW, hours=12)
    for later in (timedelta(), HOUR):
        actions.close_access(staff=people.manager, tenant=people.aminata, at=NOW + later)
    actions.close_access(staff=people.manager, tenant=people.nadia, at=NOW)
    assert (access_of(people.aminata).closed_at, SignIn.select().count(), acts()) == (NOW, 0, ["closed_access"])


def test_who_is_in_is_asked_the_password_again_and_five_errors_make_them_wait(people, access_of):
    access = access_of(people.aminata)
    for _ in range(5):
        with pytest.raises(actions.WrongPasswordError, match="mot de passe actuel"):
            actions.check_again(access=access, password="wrong", at=NOW)
    with pytest.raises(TooManyTriesError):
        actions.check_again(access=access, password=PASSWORD, at=NOW)


def test_the_right_password_forgets_the_errors(people, access_of):
    access = access_of(people.aminata)
    for _ in range(3):
        for _ in range(3):
            with pytest.raises(actions.WrongPasswordError):
                actions.check_again(access=access, password="wrong", at=NOW)
        actions.check_again(access=access, password=PASSWORD, at=NOW)


def choose(access: Access, password: str = CHOSEN, keep: str = "", about: tuple[str, ...] = ()) -> None:
    actions.choose_password(access=access, password=password, about=about, keep=keep, at=NOW + HOUR)


def test_a_password_changed_here_signs_out_everywhere_else(people, access_of):
    access = access_of(people.aminata)
    here, there = (sessions.begin(access=access, at=NOW, hours=12) for _ in range(2))
    choose(access, keep=here)
    assert [bool(sessions.access_of(token=token, at=NOW)) for token in (here, there)] == [True, False]
    assert (Access.get_by_id(access.id).password_set_at, acts()) == (NOW + HOUR, ["changed_password"])


@pytest.mark.parametrize(
    "known",
    [
        "Keïta Keïta 12",
        "Aminata.Keita-0001",
        "Traoré 12 Traoré",
        "a.keita93 a.keita93",
        "Office 12 Office",
    ],
)
def test_a_password_made_of_what_is_known_of_the_tenant_is_refused(people, access_of, known):
    changes = {"used_name": "Traoré", "email": "a.keita93@example.org"}
    Tenant.update(changes).where(Tenant.id == people.aminata.id).execute()
    access = access_of(people.aminata)
    with pytest.raises(DomainError, match="reprend votre nom"):
        choose(access, known, about=("Office",))
    assert (passwords.is_right(PASSWORD, Access.get_by_id(access.id).password_hash), acts()) == (True, [])


@pytest.mark.parametrize("known", ["Marc Petit 12", "petit-petit-12", "marc marc marc"])
def test_a_password_made_of_the_name_of_a_member_of_staff_is_refused(people, access_of, known):
    with pytest.raises(DomainError):
        choose(access_of(people.manager), known)
