"""The paper batch: letters that wait, printed together once, and printed again when the printer jams.

A new kind of letter is a line of KINDS here, a template in web/letters.py, and a `Letter` row where it is due.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from peewee import JOIN, Expression, ModelSelect, fn

from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.errors import DomainError, NotAllowedError
from portal.domain.housing.holders import LeaseHolder
from portal.domain.housing.models import Building, Dwelling, Lease
from portal.domain.people import credentials, passwords, policy, queries
from portal.domain.people.credentials import Credentials
from portal.domain.people.models import Access, Letter, LetterBatch, Staff, Tenant
from portal.domain.people.welcome import welcome
from portal.kernel.clock import paris_day

OPENED, CODE = "access_opened", "access_code"
MOST = 200  # letters in one PDF; the others wait for the next
BATCHES_SHOWN = 30


@dataclass(frozen=True)
class Kind:
    """A kind of letter: how the Office names it, and whether printing it makes a new password."""

    words: str
    gives_password: bool = False


KINDS = {
    OPENED: Kind("Accès ouvert : avertir le logement"),
    CODE: Kind("Identifiant et mot de passe", gives_password=True),
}
SECRET = tuple(code for code, kind in KINDS.items() if kind.gives_password)


@dataclass(frozen=True)
class Sheet:
    """A letter as it goes on paper: the dwelling it is sent to, and the password it gives, if it gives one."""

    letter: Letter
    dwelling: Dwelling
    given: Credentials | None = None


Draw = Callable[[list[Sheet]], bytes]


class NothingToPrintError(DomainError):
    """No letter waits, or none of a batch can be printed again."""

    sentence = "Aucun courrier à imprimer."


class AlreadyPrintedError(DomainError):
    """The same press of the button, or somebody else, has just printed these letters."""

    sentence = (
        "Ces courriers viennent d’être imprimés. S’il vous manque le fichier, réimprimez le lot, "
        "dans « Lots imprimés »."
    )


def waiting(*, on: date, most: int = MOST) -> list[Sheet]:
    """Return the letters that can be printed on a day, the oldest first, each with the dwelling it goes to."""
    return _addressed(_letters().where(Letter.printed_at.is_null(), _housed(on)).limit(most), on)


def without_address(*, on: date) -> list[Letter]:
    """Return the letters that wait for tenants who have no running lease, the oldest first."""
    return list(_letters().where(Letter.printed_at.is_null(), ~_housed(on)).limit(MOST))


def waiting_count(*, on: date) -> "ModelSelect[Letter]":
    """Return how many letters can be printed on a day, as a query, to be one column of another."""
    return Letter.select(fn.COUNT(Letter.id)).where(Letter.printed_at.is_null(), _housed(on))


def batches() -> list[LetterBatch]:
    """Return the last batches with who printed them, their `count`, `secrets`, and how often they were `reprinted`."""
    again = LetterBatch.alias()
    return list(
        LetterBatch.select(
            LetterBatch,
            Staff,
            fn.COUNT(Letter.id).alias("count"),
            fn.SUM(Letter.kind.in_(SECRET)).alias("secrets"),
            again.select(fn.COUNT(again.id)).where(again.reprints == LetterBatch.id).alias("reprinted"),
        )
        .join(Staff, JOIN.LEFT_OUTER)
        .join_from(LetterBatch, Letter)
        .group_by(LetterBatch.id)
        .order_by(LetterBatch.made_at.desc(), LetterBatch.id.desc())
        .limit(BATCHES_SHOWN)
    )


def batch_of(*, id: int) -> LetterBatch | None:
    """Return a batch that can be printed again: the first printing, never a reprint."""
    return LetterBatch.get_or_none(LetterBatch.id == id, LetterBatch.reprints.is_null())


def print_waiting(*, staff: Staff | None, once_key: str, draw: Draw, at: datetime) -> bytes:
    """Draw one PDF of the letters that wait and mark them printed, or change nothing at all.

    `staff` is nobody at the terminal. A letter that gives a password makes it now. Raises NotAllowedError,
    NothingToPrintError, or AlreadyPrintedError for the second press of one same button.
    """
    _check(staff, once_key)
    sheets = [_with_password(sheet) for sheet in waiting(on=paris_day(at))]
    if not sheets:
        raise NothingToPrintError
    hashes, paper = _hashes(sheets), draw(sheets)
    with db.atomic():
        batch = _batch(staff, once_key, at)
        left = (Letter.id.in_([sheet.letter.id for sheet in sheets])) & Letter.printed_at.is_null()
        if Letter.update(printed_at=at, batch=batch).where(left).execute() != len(sheets):
            raise AlreadyPrintedError
        _hand_over(sheets, hashes, staff, at)
        audit.note(act=audit.PRINTED_LETTERS, at=at, staff=staff, detail=f"batch {batch.id}, {len(sheets)} letters")
    return paper


def print_again(*, batch: LetterBatch, staff: Staff | None, once_key: str, draw: Draw, at: datetime) -> bytes:
    """Draw the letters of a batch again; those that give a password give a new one, and the former opens nothing.

    Left out: who has no running lease any more, whose access was closed, and who has another password than the one
    this batch gave. Raises NotAllowedError, NothingToPrintError or AlreadyPrintedError.
    """
    _check(staff, once_key)
    letters = _addressed(_letters().where(Letter.batch == batch, _housed(paris_day(at))), paris_day(at))
    own = _own_passwords(batch)
    sheets = [
        _with_password(each) for each in letters if each.letter.kind not in SECRET or each.letter.tenant_id in own
    ]
    if not sheets:
        raise NothingToPrintError("Aucun courrier de ce lot ne peut être réimprimé.")
    hashes, paper = _hashes(sheets), draw(sheets)
    with db.atomic():
        if _own_passwords(batch) != own:
            raise AlreadyPrintedError
        _batch(staff, once_key, at, batch)
        _hand_over(sheets, hashes, staff, at)
        audit.note(
            act=audit.PRINTED_LETTERS, at=at, staff=staff, detail=f"batch {batch.id} again, {len(sheets)} letters"
        )
    return paper


def _check(staff: Staff | None, once_key: str) -> None:
    if staff is not None and not policy.may_print_letters(staff):
        raise NotAllowedError
    if LetterBatch.select().where(LetterBatch.once_key == once_key).exists():
        raise AlreadyPrintedError


def _batch(staff: Staff | None, once_key: str, at: datetime, reprints: LetterBatch | None = None) -> LetterBatch:
    _check(staff, once_key)
    return LetterBatch.create(made_at=at, staff=staff, once_key=once_key, reprints=reprints)


def _own_passwords(batch: LetterBatch) -> dict[int, datetime]:
    """Return the tenants whose open access still has the password a batch gave, or a reprint of it, and since when."""
    printings = LetterBatch.select(fn.MAX(LetterBatch.made_at)).where(
        (LetterBatch.id == batch.id) | (LetterBatch.reprints == batch)
    )
    found = (
        Access.select(Access.tenant, Access.password_set_at)
        .join(Letter, on=(Access.tenant == Letter.tenant))
        .where(Letter.batch == batch, Letter.kind.in_(SECRET), Access.closed_at.is_null())
        .where(Access.password_set_at <= printings)
    )
    return dict(found.tuples().iterator())


def _with_password(sheet: Sheet) -> Sheet:
    if sheet.letter.kind not in SECRET:
        return sheet
    tenant = sheet.letter.tenant
    given, access = credentials.generate(tenant.used_name or tenant.family_name), queries.access_of(tenant=tenant)
    return Sheet(sheet.letter, sheet.dwelling, Credentials(access.login, given.password) if access else given)


def _hashes(sheets: list[Sheet]) -> dict[int, str]:
    return {sheet.letter.id: passwords.hashed(sheet.given.password) for sheet in sheets if sheet.given}


def _hand_over(sheets: list[Sheet], hashes: dict[int, str], staff: Staff | None, at: datetime) -> None:
    """Make the printed passwords those that open the doors."""
    for sheet in sheets:
        if sheet.given is None:
            continue
        tenant, password_hash = sheet.letter.tenant, hashes[sheet.letter.id]
        access = queries.access_of(tenant=tenant)
        if access is None:
            credentials.open_access(sheet.given, password_hash, at, tenant=tenant)
            welcome(tenant=tenant, at=at)
        else:
            credentials.set_password(access, password_hash, at)
        audit.note(act=audit.GAVE_ACCESS_AGAIN if access else audit.OPENED_ACCESS, at=at, staff=staff, tenant=tenant)


def _letters() -> "ModelSelect[Letter]":
    return Letter.select(Letter, Tenant).join(Tenant).order_by(Letter.asked_at, Letter.id)


def _addressed(letters: "ModelSelect[Letter]", on: date) -> list[Sheet]:
    """Return letters with the dwelling of the tenant's latest running lease."""
    found = list(letters)
    holdings = (
        LeaseHolder.select(LeaseHolder, Lease, Dwelling, Building)
        .join(Lease)
        .join(Dwelling)
        .join(Building)
        .where(LeaseHolder.tenant.in_([letter.tenant_id for letter in found]), _runs(on))
        .order_by(Lease.starts_on, Lease.id)
    )
    homes = {holding.tenant_id: holding.lease.dwelling for holding in holdings}
    return [Sheet(letter, homes[letter.tenant_id]) for letter in found]


def _housed(on: date) -> Expression:
    """The condition on Letter: the tenant has a running lease, hence an address to write to."""
    return Letter.tenant.in_(LeaseHolder.select(LeaseHolder.tenant).join(Lease).where(_runs(on)))


def _runs(on: date) -> Expression:
    return (Lease.starts_on <= on) & (Lease.ends_on.is_null() | (Lease.ends_on >= on))
