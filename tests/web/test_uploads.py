"""What is kept of the files people send."""

from io import BytesIO

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from portal.domain.errors import InvalidFileError
from portal.web import uploads

ORIENTATION, GPS = 0x0112, 0x8825


def sent(content: bytes, name: str = "photo.jpg") -> FileStorage:
    return FileStorage(BytesIO(content), filename=name)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **options)
    return out.getvalue()


def test_a_photo_is_turned_upright_and_loses_the_place_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1] = "N"
    kept = uploads.check(sent(picture(exif=exif, comment=b"secret")))
    with Image.open(BytesIO(kept.content)) as fresh:
        assert fresh.size == (20, 40)
        assert not fresh.getexif()
    assert b"secret" not in kept.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_photos_keep_their_kind_whatever_their_name(kind: str) -> None:
    kept = uploads.check(sent(picture(kind), "photo.exe"))
    assert kept.content_type == f"image/{kind.lower()}"
    assert kept.name.startswith("photo.")
    assert not kept.name.endswith(".exe")


def test_a_large_photo_is_brought_to_two_thousand_pixels() -> None:
    kept = uploads.check(sent(picture("PNG", (4000, 10))))
    assert Image.open(BytesIO(kept.content)).size == (2000, 5)


def test_a_picture_made_to_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    bomb = picture("PNG", (20_000, 20_000))
    assert len(bomb) < uploads.LARGEST
    with pytest.raises(InvalidFileError, match="trop grande"):
        uploads.check(sent(bomb))


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a", picture()[:300], b"\x00" * 99])
def test_what_is_not_a_whole_picture_is_refused_by_its_name(content: bytes) -> None:
    with pytest.raises(InvalidFileError, match="moi"):
        uploads.check(sent(content, "moi.jpg"))


def test_a_pdf_needs_its_beginning_and_its_end() -> None:
    assert uploads.check(sent(b"%PDF-1.4\n%%EOF", "bail.pdf")).content_type == "application/pdf"
    with pytest.raises(InvalidFileError, match="incomplet"):
        uploads.check(sent(b"%PDF-1.4\n", "bail.pdf"))


def test_a_pdf_is_no_photo() -> None:
    with pytest.raises(InvalidFileError, match="Envoyez une photo"):
        uploads.check(sent(b"%PDF-1.4\n%%EOF", "bail.pdf"), pdf=False)


def test_a_file_over_eight_megabytes_is_refused() -> None:
    with pytest.raises(InvalidFileError, match="8"):
        uploads.check(sent(b"%PDF-" + b"0" * uploads.LARGEST))


@pytest.mark.parametrize(
    ("sent_as", "shown"),
    [("../../etc/passwd", "passwd"), ("C:\\photos\\é.jpg", "é.jpg"), ("a\u202egpj.exe", "agpj.exe"), ("", "fichier")],
)
def test_a_name_is_shown_without_folders_or_invisible_letters(sent_as: str, shown: str) -> None:
    assert uploads.shown_name(sent_as) == shown
