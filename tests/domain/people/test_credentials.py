"""A login and its password, which exists in clear for one moment only."""

import pytest

from portal.domain.people import credentials, passwords, sessions
from portal.domain.people.models import Access, SignIn
from tests.people import NOW

pytestmark = pytest.mark.usefixtures("database")


def test_a_password_is_not_written_by_accident():
    given = credentials.generate("Keïta")
    assert given.password not in repr(given)
    assert given.login in repr(given)


def test_one_seed_makes_one_password_and_none_makes_another_each_time():
    seeds = [credentials.generate("Keïta", seed=b"s" * 32).password for _ in range(2)]
    assert seeds[0] == seeds[1] == passwords.derive(b"s" * 32)
    assert seeds[0] != credentials.generate("Keïta", seed=b"t" * 32).password
    assert credentials.generate("Keïta").password != credentials.generate("Keïta").password


def test_a_login_somebody_has_is_not_given_again(monkeypatch, people):
    drawn = iter(["aminata", "bruno", "keita7kx4"])
    monkeypatch.setattr(passwords, "generate_login", lambda _name: next(drawn))
    assert credentials.generate("Keïta").login == "keita7kx4"


def test_an_access_is_opened_for_one_person_with_what_was_given(people):
    given = credentials.Credentials("almeid7kx4", "k7mf-3xqa-r9tw")
    access = credentials.open_access(given, passwords.hashed(given.password), NOW, tenant=people.nadia)
    kept = Access.get_by_id(access.id)
    assert (kept.login, kept.tenant, kept.staff) == (given.login, people.nadia, None)
    assert (kept.opened_at, kept.password_set_at, kept.closed_at) == (NOW, NOW, None)
    assert passwords.is_right(given.password, kept.password_hash)


def test_a_changed_password_is_dated_and_ends_every_session_but_the_one_that_is_kept(people):
    access = Access.get(Access.tenant == people.aminata)
    other = Access.get(Access.tenant == people.bruno)
    kept, _ended = (sessions.begin(access=access, at=NOW, hours=12) for _ in range(2))
    sessions.begin(access=other, at=NOW, hours=12)
    credentials.set_password(access, "new", NOW, kept)
    assert (Access.get_by_id(access.id).password_hash, Access.get_by_id(access.id).password_set_at) == ("new", NOW)
    assert Access.get_by_id(other.id).password_hash != "new"
    assert sorted(sign_in.access.login for sign_in in SignIn.select()) == ["aminata", "bruno"]
    credentials.set_password(access, "newer", NOW)
    assert [sign_in.access.login for sign_in in SignIn.select()] == ["bruno"]
