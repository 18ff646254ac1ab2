"""What a tenant does with a réclamation: file it, add words and photos to it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from portal.db import db
from portal.domain.claims import policy
from portal.domain.claims.models import Claim, ClaimCounter, ClaimEvent, ClaimPhoto
from portal.domain.errors import DomainError
from portal.domain.files.actions import CheckedFile, on_disk
from portal.domain.files.models import StoredFile
from portal.domain.housing.models import Lease
from portal.domain.people.models import Tenant
from portal.kernel.clock import paris_day


class ClaimOverError(DomainError):
    """Words came for a claim that is closed, refused or withdrawn."""

    sentence = "Cette réclamation est terminée. Si le problème est revenu, envoyez une nouvelle réclamation."


class UsedKeyError(DomainError):
    """The one-time key of a form was used for something else."""

    sentence = "Cette page a expiré. Rechargez-la, puis recommencez."


def file_claim(
    *,
    tenant: Tenant,
    lease: Lease,
    place: str,
    nature: str,
    description: str,
    once_key: str,
    at: datetime,
    folder: Path,
    photos: Sequence[CheckedFile] = (),
) -> Claim:
    """File a réclamation to the loge of the building and return it; sent twice with one key, it is filed once.

    `lease` comes with its dwelling, building and residence; `folder` is the uploads folder.
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
            files=files,
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
    files: Sequence[StoredFile] = (),
) -> Claim:
    """Write a new claim, its first fact and its photos (files already on the disk), in the caller's transaction."""
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
    )
    event = ClaimEvent.create(
        claim=claim,
        happened_at=at,
        state="deposee",
        author=tenant.full_name,
        tenant=tenant,
        public_words=description,
    )
    _attach(event, files)
    return claim


def add_words(
    *,
    claim: Claim,
    tenant: Tenant,
    words: str,
    once_key: str,
    at: datetime,
    folder: Path,
    photos: Sequence[CheckedFile] = (),
) -> ClaimEvent:
    """Add the tenant's words and photos to an open claim; sent twice with one key, they are added once.

    Raises ClaimOverError when the claim waits for nobody any more, UsedKeyError for the key of another claim.
    """
    with on_disk(photos, folder=folder, at=at) as files, db.atomic():
        written = ClaimEvent.get_or_none(ClaimEvent.once_key == once_key)
        if written:
            if written.claim_id != claim.id:
                raise UsedKeyError
            return written
        state = Claim.get_by_id(claim.id).state
        if not policy.may_add(state):
            raise ClaimOverError
        after = policy.state_after_words(state)
        event = ClaimEvent.create(
            claim=claim,
            happened_at=at,
            state=after if after != state else "",
            author=tenant.full_name,
            tenant=tenant,
            public_words=words,
            once_key=once_key,
        )
        Claim.update(state=after, changed_at=at).where(Claim.id == claim.id).execute()
        _attach(event, files)
    return event


def next_number(*, at: datetime) -> str:
    """Take the next claim number of the year; must be called inside the transaction that files the claim."""
    year = paris_day(at).year
    ClaimCounter.insert(year=year, last=0).on_conflict_ignore().execute()
    ClaimCounter.update(last=ClaimCounter.last + 1).where(ClaimCounter.year == year).execute()
    return policy.number_of(year, ClaimCounter.get(ClaimCounter.year == year).last)


def _attach(event: ClaimEvent, files: Sequence[StoredFile]) -> None:
    for rank, file in enumerate(files):
        file.save()
        ClaimPhoto.create(claim=event.claim, event=event, file=file, rank=rank)
