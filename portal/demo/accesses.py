"""The accesses of the demonstration: the cast's, and one for each role of the Office. A handful: hashing is slow."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.demo.cast import CAST, Role
from portal.demo.neighbourhood import Household
from portal.domain.audit.actions import LOOKED_AT_FILE, SIGNED_IN, note
from portal.domain.people import letters, passwords
from portal.domain.people.models import Access as AccessRow
from portal.domain.people.models import AccessRequest, Letter, Staff, Tenant
from portal.domain.people.models import Role as StaffRole

TENANT = "tenant"
STAFF_REMARKS = {
    StaffRole.ADMINISTRATOR: "Tout l’Office",
    StaffRole.MANAGER: "Gestion locative",
    StaffRole.ACCOUNTANT: "Comptabilité",
    StaffRole.TECHNICAL: "Service technique",
    StaffRole.CARETAKER: "Gardien : ne voit que les bâtiments de sa loge",
}


@dataclass(frozen=True)
class Access:
    """One line of demo-acces.csv; without a login, the access is still to be asked for."""

    role: str
    login: str
    password: str
    name: str
    dwelling_reference: str
    tenant_number: str
    remark: str


def open_all(homes: list[Household], hired: dict[str, Staff], at: datetime) -> list[Access]:
    """Open the accesses of the cast and of the staff, and return them with their passwords, kept nowhere else."""
    by_role = {home.role: home for home in homes if home.role}
    opened = [_tenant(by_role[role.name], role, at) for role in sorted(CAST.values(), key=_rank)]
    _note_looks(by_role["up_to_date"].tenant, hired, at)
    return opened + [_staff(hired[role], at) for role in StaffRole.ALL]


def _tenant(home: Household, role: Role, at: datetime) -> Access:
    tenant = home.tenant
    login, password = _open(tenant.family_name, at, tenant=tenant) if role.has_access else ("", "")
    if role.has_access:
        _asked(tenant, home.lease.dwelling.reference, at - timedelta(hours=3))
    reference = home.lease.dwelling.reference
    return Access(TENANT, login, password, tenant.full_name, reference, tenant.number, role.remark)


def _asked(tenant: Tenant, reference: str, at: datetime) -> None:
    """The access was asked for on screen: the Office reads the request, and a letter waits to tell the dwelling."""
    AccessRequest.create(
        asked_at=at,
        outcome="opened",
        address="192.0.2.10",
        name=tenant.family_name,
        dwelling_reference=reference,
        tenant_number=tenant.number,
        tenant=tenant,
    )
    Letter.create(tenant=tenant, kind=letters.OPENED, asked_at=at)


def _staff(staff: Staff, at: datetime) -> Access:
    note(act=SIGNED_IN, at=at - timedelta(hours=20, minutes=7 * staff.id), staff=staff)
    login, password = _open(staff.name.split()[-1], at, staff=staff)
    return Access(staff.role, login, password, staff.name, "", "", STAFF_REMARKS[staff.role])


def _open(name: str, at: datetime, **owner: object) -> tuple[str, str]:
    login, password = passwords.generate_login(name), passwords.generate()
    AccessRow.create(login=login, password_hash=passwords.hashed(password), opened_at=at, password_set_at=at, **owner)
    return login, password


def _note_looks(tenant: Tenant, hired: dict[str, Staff], at: datetime) -> None:
    """The tenant finds on « Qui a consulté mon dossier » who did, and when."""
    for days, role in (
        (41, StaffRole.ACCOUNTANT),
        (39, StaffRole.CARETAKER),
        (4, StaffRole.TECHNICAL),
        (1, StaffRole.MANAGER),
    ):
        note(act=LOOKED_AT_FILE, at=at - timedelta(days=days), staff=hired[role], tenant=tenant)


def _rank(role: Role) -> int:
    return ("up_to_date", "in_arrears", "no_access", "neighbour", "in_credit").index(role.name)
