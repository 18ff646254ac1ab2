"""Files people send: looked at by their content, photos made anew without hidden data, given back as attachments."""

import struct
import threading
import unicodedata
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath

import pi_heif
from flask import Response, abort
from flask_wtf.file import MultipleFileField
from PIL import Image, ImageOps
from werkzeug.datastructures import FileStorage
from wtforms import ValidationError
from wtforms.form import BaseForm

from portal.domain.errors import InvalidFileError
from portal.domain.files.actions import EXTENSIONS, CheckedFile, path_of
from portal.domain.files.models import StoredFile
from portal.web.application import settings
from portal.web.security import FILE_POLICY, MEGABYTE
from portal.web.sending import kept

LARGEST = 8 * MEGABYTE
LONGEST_NAME = 80
LONGEST_SIDE = 2000
SMALL_SIDE = 480  # twice what a list shows: sharp on a telephone
MOST_PIXELS = 60_000_000  # a telephone's photo has 12 to 50 million; more is a picture made to fill the memory
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
PHOTOS = ("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", ".heic", ".heif")
BROKEN = (OSError, EOFError, SyntaxError, ValueError, IndexError, RuntimeError, struct.error, zlib.error)
UNPACKING = threading.BoundedSemaphore(1)  # a large photo takes 200 MB unpacked: one at a time in each process

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pi_heif.register_heif_opener(thumbnails=False)


class UploadsField(MultipleFileField):
    """Up to `most` files; once the form is valid, `checked` holds what may be kept."""

    def __init__(self, label: str, *, most: int = 5, pdf: bool = True, **options: object) -> None:
        types = (*PHOTOS, *(["application/pdf"] if pdf else []))
        super().__init__(label, render_kw={"accept": ",".join(types)}, **options)
        self.most, self.pdf = most, pdf
        self.checked: list[CheckedFile] = []

    def pre_validate(self, form: BaseForm) -> None:
        """Look at each file; the first that cannot be kept says why."""
        if len(self.data or ()) > self.most:
            raise ValidationError(f"Vous avez choisi {len(self.data)} fichiers : {self.most} au plus.")
        try:
            self.checked = [check(upload, pdf=self.pdf) for upload in self.data or ()]
        except InvalidFileError as error:
            raise ValidationError(str(error)) from None


def check(upload: FileStorage, *, pdf: bool = True) -> CheckedFile:
    """Return what may be kept of a file that was sent.

    Raises InvalidFileError when it is too heavy, too large, or not what we take.
    """
    content = upload.stream.read(LARGEST + 1)
    name = shown_name(upload.filename or "")
    if len(content) > LARGEST:
        raise InvalidFileError(f"« {name} » dépasse 8 Mo. Choisissez un fichier plus léger.")
    if pdf and content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise InvalidFileError(f"Le document « {name} » est incomplet. Enregistrez-le à nouveau, puis renvoyez-le.")
        return CheckedFile(named_after(name, "application/pdf"), "application/pdf", content)
    return check_picture(name, content, "une photo (JPEG, HEIC, PNG, WebP)" + (" ou un document PDF" if pdf else ""))


def check_picture(name: str, content: bytes, wanted: str) -> CheckedFile:
    """Return a photo made anew: upright, 2,000 pixels at most, without the place and the time it was taken.

    Raises InvalidFileError when it is not a picture, or one that would fill the memory.
    """
    try:
        with UNPACKING, Image.open(BytesIO(content), formats=FORMATS) as picture:
            fresh = remade(picture)
    except Image.DecompressionBombError:
        raise InvalidFileError(f"La photo « {name} » est trop grande. Réduisez-la, puis renvoyez-la.") from None
    except BROKEN:
        raise InvalidFileError(f"« {name} » n’a pas pu être lu. Envoyez {wanted}.") from None
    return CheckedFile(named_after(name, "image/jpeg"), "image/jpeg", fresh)


def remade(picture: Image.Image) -> bytes:
    """Make a JPEG of a picture, upright, from its points alone; a huge one is not even unpacked."""
    if picture.width * picture.height > MOST_PIXELS:
        raise Image.DecompressionBombError
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before it is turned: the large one is in memory once
    upright = on_white(ImageOps.exif_transpose(picture))
    upright.info.clear()  # comments, profiles, XMP: save() would write them again
    out = BytesIO()
    upright.save(out, "JPEG", quality=85)
    return out.getvalue()


def on_white(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency, as paper shows it."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return paper.convert("RGB")


def thumbnail_response(file: StoredFile) -> Response:
    """Answer with a stored photo made small, for a list; 404 when it is no longer on the disk."""
    path = path_of(file, folder=settings().uploads)
    if not path.is_file():
        abort(404)
    response = Response(thumbnail(path), mimetype="image/jpeg")
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "no-store, private"
    return response


def thumbnail(path: Path) -> bytes:
    """Return a stored photo made small, as a JPEG."""
    with Image.open(path, formats=FORMATS) as picture:
        picture.draft("RGB", (SMALL_SIDE, SMALL_SIDE))
        picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
        out = BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def shown_name(filename: str) -> str:
    """Return the name a file is shown under: no folder, no invisible character, not endless."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(letter for letter in last if not unicodedata.category(letter).startswith("C")).strip(" .")
    return visible[-LONGEST_NAME:] or "fichier"


def named_after(name: str, content_type: str) -> str:
    """Give a name the extension of what the file really is."""
    return (PurePosixPath(name).stem or "fichier") + EXTENSIONS[content_type]


def file_response(file: StoredFile) -> Response:
    """Answer with a stored file, as an attachment that runs nothing; 404 when it is no longer on the disk."""
    path = path_of(file, folder=settings().uploads)
    if not path.is_file():
        abort(404)
    return kept(path, file.name, file.content_type)
