"""The Office's people: an administrator gives passwords and closes accesses; one administrator always remains."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from peewee import IntegrityError

from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.errors import NotAllowedError, NotFoundError
from portal.domain.people import passwords, sessions, team, throttles
from portal.domain.people.models import Access, SignIn, Staff
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")


def hire(name: str = "Zoé de Lam", role: str = "administrator", lodge=None):
    return team.hire(name=name, role=role, function="Direction", email="", lodge=lodge, at=NOW)


@pytest.fixture
def second(people) -> Staff:
    """Another administrator."""
    hire()
    return Staff.get(Staff.name == "Zoé de Lam")


def opens(member: Staff, password: str) -> bool:
    access = Access.get(Access.staff == member)
    return access.closed_at is None and passwords.is_right(password, access.password_hash)


def test_who_is_hired_has_an_access_named_after_the_family_and_it_is_traced(people):
    given = hire()
    member = Staff.get(Staff.name == "Zoé de Lam")
    assert given.login.startswith("lam")
    assert opens(member, given.password)
    assert Trace.get().detail == f"staff {member.id}"


def test_a_caretaker_has_a_lodge_and_nobody_else_has(people):
    assert hire(role="caretaker", lodge=people.loge.lodge)
    for role, lodge in (("caretaker", None), ("manager", people.loge.lodge)):
        with pytest.raises(IntegrityError):
            hire(role=role, lodge=lodge)
    assert Staff.select().where(Staff.name == "Zoé de Lam").count() == 1


@pytest.mark.parametrize("role", ["manager", "accountant", "technical", "loge"])
def test_only_an_administrator_gives_a_password_or_closes_an_access(people, role):
    with pytest.raises(NotAllowedError):
        team.give_staff_password(member=people.manager, by=getattr(people, role), at=NOW)
    with pytest.raises(NotAllowedError):
        team.close_staff_access(member=people.accountant, by=getattr(people, role), at=NOW)


def test_a_new_password_opens_a_closed_access_again_and_ends_every_session_but_the_one_kept(people):
    access = Access.get(Access.staff == people.admin)
    kept, _other = (sessions.begin(access=access, at=NOW, hours=12) for _ in range(2))
    for _ in range(5):
        throttles.count((throttles.SIGN_IN_LOGIN, access.login), at=NOW)
    Access.update(closed_at=NOW).where(Access.id == access.id).execute()
    given = team.give_staff_password(member=people.admin, by=people.admin, at=NOW, keep=kept)
    assert (given.login, opens(people.admin, given.password)) == (access.login, True)
    assert [sign_in.token_hash for sign_in in SignIn.select()] == [sessions.token_hash(kept)]
    throttles.count((throttles.SIGN_IN_LOGIN, access.login), at=NOW)
    trace = Trace.get(Trace.act == "gave_staff_password")
    assert (trace.staff, trace.detail) == (people.admin, f"staff {people.admin.id}")


def test_who_never_had_an_access_is_given_one(people):
    Access.delete().where(Access.staff == people.technical).execute()
    given = team.give_staff_password(member=people.technical, by=people.admin, at=NOW)
    assert given.login.startswith("blanc")
    assert opens(people.technical, given.password)


def test_a_closed_access_keeps_its_day_ends_its_sessions_and_is_traced_once(people):
    sessions.begin(access=Access.get(Access.staff == people.manager), at=NOW, hours=12)
    for at in (NOW, NOW.replace(hour=11)):
        team.close_staff_access(member=people.manager, by=people.admin, at=at)
    assert Access.get(Access.staff == people.manager).closed_at == NOW
    assert (SignIn.select().count(), Trace.select().count()) == (0, 1)


def test_the_last_open_administrator_cannot_be_closed_even_by_oneself(people, second):
    team.close_staff_access(member=people.admin, by=people.admin, at=NOW)
    with pytest.raises(team.LastAdministratorError):
        team.close_staff_access(member=second, by=second, at=NOW)
    team.close_staff_access(member=people.manager, by=second, at=NOW)


def test_two_administrators_who_close_each_other_at_once_leave_one(people, second):
    db.close()

    def close(pair: tuple[Staff, Staff]) -> str:
        with db.connection_context():
            try:
                team.close_staff_access(member=pair[0], by=pair[1], at=NOW)
            except team.LastAdministratorError:
                return "refused"
        return "closed"

    with ThreadPoolExecutor(2) as threads:
        done = sorted(threads.map(close, [(people.admin, second), (second, people.admin)]))
    assert done == ["closed", "refused"]


def test_at_the_terminal_a_login_of_staff_is_asked_for(people):
    assert team.give_password_of_login(login=" Marc ", at=NOW).login == "marc"
    assert Trace.get().staff is None
    for login in ("aminata", "licorne"):
        with pytest.raises(NotFoundError, match="Aucun agent"):
            team.give_password_of_login(login=login, at=NOW)
