"""What is kept of the files people send."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from portal.domain.errors import InvalidFileError
from portal.domain.files.actions import CheckedFile
from portal.web import uploads

ORIENTATION, GPS = 0x0112, 0x8825
QUICK = {"compress_level": 1, "method": 0}  # to write large pictures sooner: of PNG, and of WEBP
PICTURES = Path(__file__).with_name("pictures")
HEIC = (PICTURES / "turned.heic").read_bytes()


def sent(content: bytes, name: str = "photo.jpg") -> FileStorage:
    return FileStorage(BytesIO(content), filename=name)


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "green").save(out, kind, **QUICK | options)
    return out.getvalue()


def opened(kept: CheckedFile) -> Image.Image:
    return Image.open(BytesIO(kept.content))


def corner(picture: Image.Image, red: str) -> bool:
    """Say whether the red corner is where it is said to be: tl, tr, bl, br."""
    at = {"t": 3, "b": picture.height - 4}[red[0]], {"l": 3, "r": picture.width - 4}[red[1]]
    r, g, _ = picture.convert("RGB").getpixel((at[1], at[0]))
    return r > 200 and g < 90


def marked(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A white picture with a red top left corner."""
    made = Image.new("RGB", size, "white")
    made.paste("red", (0, 0, size[0] // 4, size[1] // 4))
    return made


# What EXIF says of a picture whose top left corner is red once it is stored: where the corner is when it is upright.
TURNED = {1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}


@pytest.mark.parametrize("orientation", TURNED)
def test_a_photo_is_turned_upright_whatever_the_telephone_held(orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    out = BytesIO()
    marked().save(out, "JPEG", exif=exif, quality=95)
    fresh = opened(uploads.check(sent(out.getvalue())))
    assert fresh.size == ((48, 64) if orientation > 4 else (64, 48))
    assert corner(fresh, TURNED[orientation])
    assert not fresh.getexif()


def test_a_photo_loses_the_place_it_was_taken_and_all_it_hides() -> None:
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 56.0, 1.0)})
    before = picture(exif=exif, comment=b"secret", xmp=b"<x>secret</x>")
    assert Image.open(BytesIO(before)).getexif().get_ifd(GPS)
    kept = uploads.check(sent(before))
    assert not opened(kept).getexif()
    assert not opened(kept).info.keys() & {"exif", "comment", "xmp", "icc_profile"}
    assert b"secret" not in kept.content


def test_a_telephones_heic_is_kept_as_an_upright_jpeg_without_its_place() -> None:
    kept = uploads.check(sent(HEIC, "IMG_0001.HEIC"))
    fresh = opened(kept)
    assert (kept.name, kept.content_type, fresh.format, fresh.size) == ("IMG_0001.jpg", "image/jpeg", "JPEG", (48, 64))
    assert corner(fresh, "tr")
    assert not fresh.getexif()
    assert b"Pomme" not in kept.content


@pytest.mark.parametrize("kind", ["JPEG", "HEIC"])
def test_a_telephones_photo_of_twelve_million_points_is_brought_to_two_thousand_pixels(kind: str) -> None:
    content = (PICTURES / "twelve-million.heic").read_bytes() if kind == "HEIC" else picture(kind, (4032, 3024))
    assert opened(uploads.check(sent(content))).size == (2000, 1500)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_so_is_a_large_picture_of_another_kind(kind: str) -> None:
    assert opened(uploads.check(sent(picture(kind, (2016, 1512))))).size == (2000, 1500)


def test_a_telephones_jpeg_with_a_second_picture_in_it_is_a_photo() -> None:
    out = BytesIO()
    marked().save(out, "MPO", save_all=True, append_images=[marked((32, 24))])
    assert opened(uploads.check(sent(out.getvalue()))).size == (64, 48)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_a_jpeg_whatever_its_name(kind: str) -> None:
    kept = uploads.check(sent(picture(kind), "photo.exe"))
    assert (kept.name, kept.content_type, opened(kept).format) == ("photo.jpg", "image/jpeg", "JPEG")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_of_counting_colours_is_a_photo(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (20, 10)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(uploads.check(sent(out.getvalue()))).mode == "RGB"


def test_what_is_transparent_is_white_as_on_paper() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(uploads.check(sent(out.getvalue()))).getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_made_to_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    out = BytesIO()
    Image.new("1", (11_000, 11_000)).save(out, "PNG", **QUICK)  # black and white: unpacked, it would be RGB
    assert len(out.getvalue()) < uploads.LARGEST
    with pytest.raises(InvalidFileError, match="trop grande"):
        uploads.check(sent(out.getvalue()))


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"GIF89a", picture()[:300], HEIC[:400], HEIC[:-90], b"\x00" * 99]
)
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
