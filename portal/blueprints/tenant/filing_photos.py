"""The photos of a réclamation being written: added in several goes, seen, taken out."""

from flask import Response, url_for

from portal.blueprints.tenant import blueprint
from portal.blueprints.tenant.filing import ask, keep
from portal.blueprints.tenant.forms.filing import PhotosForm
from portal.domain.errors import DomainError
from portal.domain.filing import actions, policy
from portal.domain.filing.queries import Guide
from portal.web.application import settings
from portal.web.clock import now
from portal.web.htmx import see
from portal.web.mine.filing import my_draft_photo_or_404, my_guide_at
from portal.web.uploads import file_response, thumbnail_response


@blueprint.route("/reclamations/nouvelle/photos", methods=["GET", "POST"])
def claim_photos() -> Response:
    """Photos, as many goes as one likes, then the next question."""
    guide = my_guide_at("photos")
    form = PhotosForm()
    if form.validate_on_submit() and added(guide, form):
        if form.go.data == "next":
            return keep(guide, photos_done=1)
        return see(url_for("tenant.claim_photos"))
    return ask(guide, "photos", form, most=policy.MOST_PHOTOS)


def added(guide: Guide, form: PhotosForm) -> bool:
    """Keep the photos of the form, or put the refusal on it."""
    try:
        if form.photos.checked:
            folder = settings().uploads
            actions.add_photos(draft=guide.draft, photos=form.photos.checked, at=now(), folder=folder)
    except DomainError as refusal:
        form.photos.errors = [str(refusal)]
        return False
    return True


@blueprint.get("/reclamations/nouvelle/photos/<number:photo_id>")
def draft_photo(photo_id: int) -> Response:
    """Give a photo that was added."""
    return file_response(my_draft_photo_or_404(photo_id).file)


@blueprint.get("/reclamations/nouvelle/photos/<number:photo_id>/vignette")
def draft_thumbnail(photo_id: int) -> Response:
    """Give a photo that was added, small."""
    return thumbnail_response(my_draft_photo_or_404(photo_id).file)


@blueprint.post("/reclamations/nouvelle/photos/<number:photo_id>/retirer")
def remove_draft_photo(photo_id: int) -> Response:
    """Take a photo out."""
    photo = my_draft_photo_or_404(photo_id)
    actions.remove_photo(photo=photo, at=now(), folder=settings().uploads)
    return see(url_for("tenant.claim_photos"))
