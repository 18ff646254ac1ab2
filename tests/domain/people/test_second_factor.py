"""Six digits of a telephone, each once, about now: the second factor of the Office's people (RFC 6238)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest

from portal.db import db
from portal.domain.audit.models import Trace
from portal.domain.errors import NotAllowedError, NotFoundError, TooManyTriesError
from portal.domain.people import second_factor, sessions
from portal.domain.people.models import Access, SecondFactor, SignIn
from portal.domain.people.second_factor import WrongCodeError
from tests.people import NOW

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # an example, of nobody
STEP = timedelta(seconds=30)
SECOND = timedelta(seconds=1)


def code(at=NOW, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def marc(database, people) -> Access:
    """The access of the manager, who has no telephone yet."""
    return Access.get(Access.staff == people.manager)


@pytest.fixture
def telephone(marc) -> Access:
    """The same, with a telephone set up two hours ago."""
    second_factor.set_up(
        access=marc, secret=SECRET, code=code(NOW - 2 * timedelta(hours=1)), at=NOW - timedelta(hours=2)
    )
    return marc


def check(access: Access, digits: str, at=NOW) -> None:
    second_factor.check(access=access, code=digits, at=at)


def acts() -> list[str]:
    return [trace.act for trace in Trace.select().order_by(Trace.id)]


def test_a_secret_has_160_bits_and_is_never_the_same():
    secrets = {second_factor.new_secret() for _ in range(2)}
    assert (len(secrets), {len(secret) for secret in secrets}) == (2, {32})


def test_what_an_application_reads_names_the_office_and_the_login():
    read = second_factor.address_of(secret=SECRET, login="marc", office="OPH")
    assert read == f"otpauth://totp/OPH:marc?secret={SECRET}&issuer=OPH"


def test_a_factor_is_asked_of_who_has_one_and_of_the_roles_that_must_and_never_of_a_tenant(telephone, people):
    def needed(access: Access, *roles: str) -> bool:
        return second_factor.is_needed(access=access, roles=roles)

    admin = Access.get(Access.staff == people.admin)
    assert needed(telephone)
    assert [needed(admin), needed(admin, "manager"), needed(admin, "administrator")] == [False, False, True]
    assert not needed(Access.get(Access.tenant == people.aminata), "administrator", "manager")


@pytest.mark.parametrize("off", [-STEP, timedelta(), STEP])
def test_a_telephone_half_a_minute_off_opens(telephone, off):
    check(telephone, code(NOW + off))


@pytest.mark.parametrize("off", [-2 * STEP, 2 * STEP])
def test_a_telephone_a_minute_off_does_not(telephone, off):
    with pytest.raises(WrongCodeError):
        check(telephone, code(NOW + off))


def test_a_code_serves_once_and_so_do_those_before_it(telephone):
    check(telephone, code(NOW))
    for former in (NOW, NOW - STEP):
        with pytest.raises(WrongCodeError):
            check(telephone, code(former))
    check(telephone, code(NOW + STEP))


def test_the_code_that_set_a_telephone_up_opens_nothing(marc):
    second_factor.set_up(access=marc, secret=SECRET, code=code(), at=NOW)
    with pytest.raises(WrongCodeError):
        check(marc, code())


def test_two_doors_at_once_take_one_code_once(app, telephone):
    db.close()

    def enter(_rank: int) -> bool:
        with db.connection_context():
            try:
                check(telephone, code())
            except WrongCodeError:
                return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(enter, range(4))) == 1


def test_after_five_errors_even_the_right_code_waits_and_the_wait_is_of_one_person(telephone, people):
    other = Access.get(Access.staff == people.admin)
    second_factor.set_up(access=other, secret=SECRET, code=code(NOW - 4 * STEP), at=NOW - 4 * STEP)
    for _ in range(5):
        with pytest.raises(WrongCodeError):
            check(telephone, "000000")
    with pytest.raises(TooManyTriesError):
        check(telephone, code())
    with pytest.raises(TooManyTriesError):
        second_factor.set_up(access=telephone, secret=SECRET, code=code(), at=NOW)
    check(other, code())
    assert acts().count("sign_in_refused") == 5


def test_a_right_code_forgets_the_errors(telephone):
    for step in range(3):
        at = NOW + step * STEP
        for _ in range(4):
            with pytest.raises(WrongCodeError):
                check(telephone, "000000", at)
        check(telephone, code(at), at)


def test_who_has_no_telephone_has_no_code(marc):
    with pytest.raises(WrongCodeError):
        check(marc, code())


def test_a_wrong_first_code_sets_nothing_up(marc):
    with pytest.raises(WrongCodeError):
        second_factor.set_up(access=marc, secret=SECRET, code="000000", at=NOW)
    assert (SecondFactor.select().count(), acts()) == (0, [])


def test_another_telephone_takes_the_place_of_the_first_and_of_nobody_elses(telephone, people):
    admin = Access.get(Access.staff == people.admin)
    second_factor.set_up(access=admin, secret=SECRET, code=code(), at=NOW)
    second_factor.set_up(access=telephone, secret="A" * 32, code=code(NOW, "A" * 32), at=NOW)
    kept = {factor.access_id: factor.secret for factor in SecondFactor.select()}
    assert kept == {admin.id: SECRET, telephone.id: "A" * 32}
    assert second_factor.factor_of(access=telephone).set_at == NOW


def test_a_lost_telephone_is_forgotten_by_an_administrator_and_the_sessions_end(telephone, people):
    sessions.begin(access=telephone, at=NOW, hours=12)
    for _ in range(5):
        with pytest.raises(WrongCodeError):
            check(telephone, "000000")
    for staff in (people.manager, people.accountant, people.technical, people.loge):
        with pytest.raises(NotAllowedError):
            second_factor.forget(member=people.manager, by=staff, at=NOW)
    for _twice in range(2):
        second_factor.forget(member=people.manager, by=people.admin, at=NOW)
    assert (SecondFactor.select().count(), SignIn.select().count()) == (0, 0)
    trace = Trace.get(Trace.act == "forgot_second_factor")
    assert (trace.staff, trace.detail) == (people.admin, f"staff {people.manager.id}")
    second_factor.set_up(access=telephone, secret=SECRET, code=code(), at=NOW)


def test_at_the_terminal_the_login_of_a_member_of_staff_is_enough(telephone):
    second_factor.forget_of_login(login=" MARC ", at=NOW)
    assert SecondFactor.select().count() == 0
    for login in ("aminata", "licorne"):
        with pytest.raises(NotFoundError, match="Aucun agent"):
            second_factor.forget_of_login(login=login, at=NOW)
