"""What a tenant does while writing a réclamation: begin, answer, add photos, send or drop it."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from portal.config import ClaimDelays
from portal.db import db
from portal.domain.claims import actions as claims
from portal.domain.claims.models import Claim
from portal.domain.errors import DomainError
from portal.domain.files.actions import CheckedFile, on_disk, path_of
from portal.domain.files.models import StoredFile
from portal.domain.filing import policy, queries
from portal.domain.filing.guidance import natures_at, needs_visit
from portal.domain.filing.models import ClaimDraft, DraftPhoto, VisitWishes
from portal.domain.housing.models import Lease
from portal.domain.people.models import Tenant
from portal.kernel.clock import paris_day


class UnfinishedError(DomainError):
    """A réclamation was sent before all its questions had an answer."""

    sentence = "Il manque une réponse à votre réclamation. Répondez à la question, puis envoyez."


class ChangedError(DomainError):
    """What is sent is not what was checked: it changed meanwhile, in another window."""

    sentence = "Votre réclamation a changé dans une autre fenêtre. Vérifiez-la, puis envoyez."


class GoneError(DomainError):
    """The réclamation being written was sent or dropped meanwhile, in another window."""

    sentence = "Cette réclamation est déjà envoyée, ou effacée."


class TooManyPhotosError(DomainError):
    """A seventh photo came."""

    sentence = f"{policy.MOST_PHOTOS} photos au plus. Retirez une photo pour en ajouter une autre."


def begin(*, tenant: Tenant, leases: Sequence[Lease], at: datetime) -> ClaimDraft:
    """Begin a réclamation about one of the running leases; the one a tenant has begun already is found again."""
    with db.atomic():
        if begun := queries.draft_of(tenant=tenant):
            return begun
        return ClaimDraft.create(
            tenant=tenant,
            once_key=secrets.token_hex(16),
            begun_at=at,
            saved_at=at,
            lease=leases[0] if len(leases) == 1 else None,
            phone=tenant.phone,
        )


def answer(*, draft: ClaimDraft, at: datetime, **said: object) -> None:
    """Keep answers of a réclamation being written (the fields of policy.ANSWERS) and forget those they make void.

    Another place forgets a nature that cannot be met there. Raises GoneError; KeyError for what is not an answer.
    """
    if unknown := said.keys() - policy.ANSWERS:
        raise KeyError(*unknown)
    if "place" in said and draft.nature and draft.nature not in natures_at(str(said["place"])):
        said["nature"] = ""
    _save(draft, at, **said)


def add_photos(*, draft: ClaimDraft, photos: Sequence[CheckedFile], at: datetime, folder: Path) -> int:
    """Add photos to a réclamation being written and return how many were new: the same photo twice is kept once.

    Raises TooManyPhotosError when there would be more than six (none is kept then), GoneError.
    """
    with on_disk(photos, folder=folder, at=at) as files, db.atomic():
        _save(draft, at)
        kept = queries.photos_of(draft=draft)
        known = {photo.file.sha256 for photo in kept}
        new = list({file.sha256: file for file in files if file.sha256 not in known}.values())
        if len(kept) + len(new) > policy.MOST_PHOTOS:
            raise TooManyPhotosError
        rank = max((photo.rank for photo in kept), default=-1)
        for file in new:
            file.save()
            rank += 1
            DraftPhoto.create(draft=draft, file=file, rank=rank)
    return len(new)


def remove_photo(*, photo: DraftPhoto, at: datetime, folder: Path) -> None:
    """Take a photo out of a réclamation being written; taken out twice is taken out."""
    with db.atomic():
        if DraftPhoto.delete().where(DraftPhoto.id == photo.id).execute():
            StoredFile.delete().where(StoredFile.id == photo.file_id).execute()
            _save(photo.draft, at)
    _unlink([photo.file], folder)


def drop(*, draft: ClaimDraft, folder: Path) -> None:
    """Forget a réclamation being written, with its photos."""
    files = [photo.file for photo in queries.photos_of(draft=draft)]
    with db.atomic():
        DraftPhoto.delete().where(DraftPhoto.draft == draft).execute()
        StoredFile.delete().where(StoredFile.id << [file.id for file in files]).execute()
        ClaimDraft.delete().where(ClaimDraft.id == draft.id).execute()
    _unlink(files, folder)


def send(*, tenant: Tenant, once_key: str, version: int, at: datetime, delays: ClaimDelays) -> Claim:
    """Make a claim of the réclamation a tenant has written, photos and wishes included, and return it.

    Sent twice (double click, reload, two windows, an answer lost on the network), it is filed once. Raises
    UnfinishedError, ChangedError when it is no longer what was checked, UsedKeyError for a key of nobody.
    """
    with db.atomic():
        if filed := claims.filed_with(once_key=once_key, tenant=tenant):
            return filed
        guide = queries.guide_of(tenant=tenant, on=paris_day(at))
        if guide is None or guide.draft.once_key != once_key:
            raise claims.UsedKeyError
        if guide.lease is None or guide.next != policy.CHECK:
            raise UnfinishedError
        if guide.draft.version != version:
            raise ChangedError
        return _file(guide, guide.lease, at, delays)


def clean_abandoned(*, at: datetime, folder: Path) -> int:
    """Forget the réclamations nobody has touched for thirty days, and return how many there were."""
    left = list(ClaimDraft.select().where(ClaimDraft.saved_at < at - policy.KEPT).order_by(ClaimDraft.id))
    for draft in left:
        drop(draft=draft, folder=folder)
    return len(left)


def _file(guide: queries.Guide, lease: Lease, at: datetime, delays: ClaimDelays) -> Claim:
    draft = guide.draft
    claim = claims.record_claim(
        tenant=draft.tenant,
        lease=lease,
        place=draft.place,
        nature=draft.nature,
        description=draft.description,
        once_key=draft.once_key,
        at=at,
        delays=delays,
        files=[photo.file for photo in guide.photos],
    )
    asked = needs_visit(draft.place, draft.nature)
    VisitWishes.create(
        claim=claim,
        entry=draft.entry if asked else "",
        home_when=draft.home_when if asked else "",
        phone=draft.phone,
        pets=draft.pets if asked else "",
        notes=draft.notes,
    )
    DraftPhoto.delete().where(DraftPhoto.draft == draft).execute()
    ClaimDraft.delete().where(ClaimDraft.id == draft.id).execute()
    return claim


def _save(draft: ClaimDraft, at: datetime, **said: object) -> None:
    said |= {"saved_at": at, "version": ClaimDraft.version + 1}
    if not ClaimDraft.update(said).where(ClaimDraft.id == draft.id).execute():
        raise GoneError


def _unlink(files: Iterable[StoredFile], folder: Path) -> None:
    for file in files:
        path_of(file, folder=folder).unlink(missing_ok=True)
