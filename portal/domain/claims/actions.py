"""Filing a réclamation, and adding words and photos to it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from portal.config import ClaimDelays
from portal.db import db
from portal.domain.audit import actions as audit
from portal.domain.claims import policy, sentences
from portal.domain.claims.announcing import announce
from portal.domain.claims.deadlines import Step, due_at
from portal.domain.claims.models import Claim, ClaimCounter, ClaimEvent
from portal.domain.claims.natures import SERVICE_OF
from portal.domain.claims.recording import Act, Actor, UsedKeyError, attach, record
from portal.domain.files.actions import CheckedFile, on_disk
from portal.domain.files.models import StoredFile
from portal.domain.housing.models import Lease
from portal.domain.people.models import Staff, Tenant
from portal.kernel.clock import paris_day


def file_claim(
    *,
    tenant: Tenant,
    lease: Lease,
    place: str,
    nature: str,
    description: str,
    once_key: str,
    at: datetime,
    delays: ClaimDelays,
    folder: Path = Path(),
    photos: Sequence[CheckedFile] = (),
    staff: Staff | None = None,
    channel: str = "portal",
) -> Claim:
    """File a réclamation to the loge of the building, or to the service its nature belongs to, and return it.

    Sent twice with one key, it is filed once. `lease` comes with its dwelling, building and residence; `folder` is the
    uploads folder; `staff` and `channel` say who took it down for the tenant, and how (at the counter, by telephone).
    Raises UsedKeyError for the key of somebody else.
    """
    with on_disk(photos, folder=folder, at=at) as files, db.atomic():
        if filed := filed_with(once_key=once_key, tenant=tenant):
            return filed
        return record_claim(
            tenant=tenant,
            lease=lease,
            place=place,
            nature=nature,
            description=description,
            once_key=once_key,
            at=at,
            delays=delays,
            files=files,
            staff=staff,
            channel=channel,
        )


def filed_with(*, once_key: str, tenant: Tenant) -> Claim | None:
    """Return the claim a one-time key was used for, if any. Raises UsedKeyError when it is somebody else's."""
    filed = Claim.get_or_none(Claim.once_key == once_key)
    if filed and filed.filed_by_id != tenant.id:
        raise UsedKeyError
    return filed


def record_claim(
    *,
    tenant: Tenant,
    lease: Lease,
    place: str,
    nature: str,
    description: str,
    once_key: str,
    at: datetime,
    delays: ClaimDelays,
    files: Sequence[StoredFile] = (),
    staff: Staff | None = None,
    channel: str = "portal",
) -> Claim:
    """Write a new claim, its first fact and its photos (files already on the disk), in the caller's transaction."""
    service = SERVICE_OF.get(nature, "loge")
    claim = Claim.create(
        number=next_number(at=at),
        lease=lease,
        filed_by=tenant,
        lodge=lease.dwelling.building.residence.lodge_id,
        place=place,
        nature=nature,
        description=description,
        filed_at=at,
        state="deposee",
        changed_at=at,
        once_key=once_key,
        service=service,
        channel=channel,
        taken_by=staff,
        since_at=at,
        due_at=due_at(nature=nature, steps=[Step(at, "deposee")], delays=delays),
    )
    event = ClaimEvent.create(
        claim=claim,
        happened_at=at,
        state="deposee",
        author=Actor(staff=staff, tenant=tenant).author,
        tenant=None if staff else tenant,
        staff=staff,
        public_words=description,
        verb="file",
        told=sentences.filed(channel, service),
    )
    attach(event, files)
    announce(event=event, claim=claim)
    if staff:
        audit.note(act=audit.ACTED_ON_CLAIM, at=at, staff=staff, tenant=tenant, detail=claim.number)
    return claim


def add_words(
    *,
    claim: Claim,
    tenant: Tenant,
    words: str,
    once_key: str,
    at: datetime,
    delays: ClaimDelays,
    folder: Path = Path(),
    photos: Sequence[CheckedFile] = (),
) -> ClaimEvent:
    """Add the tenant's words and photos to an open claim; sent twice with one key, they are added once.

    When the Office was waiting for them, its deadline runs again. Raises IllegalMoveError when the claim waits for
    nobody any more, UsedKeyError for the key of another claim.
    """
    act = Act(at=at, delays=delays, words=words, once_key=once_key, photos=photos, folder=folder)
    return record(claim=claim, verb="add_words", actor=Actor(tenant=tenant), act=act)


def next_number(*, at: datetime) -> str:
    """Take the next claim number of the year; must be called inside the transaction that files the claim."""
    year = paris_day(at).year
    ClaimCounter.insert(year=year, last=0).on_conflict_ignore().execute()
    ClaimCounter.update(last=ClaimCounter.last + 1).where(ClaimCounter.year == year).execute()
    return policy.number_of(year, ClaimCounter.get(ClaimCounter.year == year).last)
