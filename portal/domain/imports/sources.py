"""The files themselves: CSV or sheets of a workbook, opened with care, read line by line."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import openpyxl

LARGEST_CSV = 4 * 1024**3
LARGEST_WORKBOOK = 1024**3  # once unpacked
LARGEST_SHARED_TEXT = 256 * 1024**2  # the one part openpyxl holds in memory
LARGEST_CELL = 10_000
SNIFFED = 1024 * 1024
WINDOWS = "cp1252"


class UnreadableError(Exception):
    """A file cannot be read at all; the message ends the sentence « attendu … »."""


@dataclass(frozen=True)
class Source:
    """One table to read: a CSV file, or one sheet of a workbook."""

    table: str
    name: str
    path: Path
    sheet: str = ""

    @property
    def size(self) -> int:
        """How large the file is, in bytes, to tell how far the reading is."""
        return self.path.stat().st_size

    def rows(self) -> Iterator[tuple[int, list[str], int]]:
        """Return the lines with their number and the bytes read so far; the first one is the header.

        Raises UnreadableError as soon as the file turns out not to be one.
        """
        yield from _sheet_rows(self) if self.sheet else _csv_rows(self.path)


def find(folder: Path) -> Iterator[Source | tuple[str, str]]:
    """Return the sources of a folder in the order of their names, and (file, problem) for what cannot be one."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~")) or path.is_dir():
            continue
        if path.suffix.lower() == ".csv":
            yield Source(path.stem.lower(), path.name, path)
        elif path.suffix.lower() == ".xlsx":
            yield from _sheets(path)


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str], int]]:
    if path.stat().st_size > LARGEST_CSV:
        raise UnreadableError("un fichier de 4 Go au plus")
    csv.field_size_limit(LARGEST_CELL)
    with path.open("rb") as kept, io.TextIOWrapper(kept, encoding=_encoding(path), newline="") as file:
        reader = csv.reader(file, delimiter=";", strict=True)
        try:
            for cells in reader:
                if any(cells):
                    yield (reader.line_num, cells, kept.raw.tell() if reader.line_num % 5000 == 0 else 0)
        except csv.Error:
            where = f"à partir de la ligne {reader.line_num}"
            raise UnreadableError(f"{where} des guillemets bien fermés et des cellules pas trop longues") from None
        except UnicodeDecodeError:
            raise UnreadableError("un texte en UTF-8 ou en Windows-1252") from None


def _encoding(path: Path) -> str:
    """UTF-8 if the whole file is, else Windows-1252: a French text of some length in the second is never the first."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(SNIFFED):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return WINDOWS
    return "utf-8-sig"


def _sheets(path: Path) -> Iterator[Source | tuple[str, str]]:
    try:
        _refuse_bomb(path)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        names = book.sheetnames
        book.close()
    except UnreadableError as problem:
        yield path.name, str(problem)
    except Exception:  # whatever a broken or hostile workbook makes the library raise
        yield path.name, "un classeur XLSX lisible"
    else:
        for name in names:
            table = path.stem if len(names) == 1 and name.lower().startswith(("feuil", "sheet")) else name
            yield Source(table.strip().lower(), f"{path.name}, feuille « {name} »", path, name)


def _refuse_bomb(path: Path) -> None:
    """A workbook is a ZIP: what it says it unpacks to must stay within reason."""
    with zipfile.ZipFile(path) as archive:
        sizes = {each.filename: each.file_size for each in archive.infolist()}
    if sum(sizes.values()) > LARGEST_WORKBOOK or sizes.get("xl/sharedStrings.xml", 0) > LARGEST_SHARED_TEXT:
        raise UnreadableError("un classeur de 1 Go au plus une fois déplié")


def _sheet_rows(source: Source) -> Iterator[tuple[int, list[str], int]]:
    book = openpyxl.load_workbook(source.path, read_only=True, data_only=True)
    try:
        sheet = book[source.sheet]
        sheet.reset_dimensions()  # what a hostile file says of its own size is not believed
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            row = [_as_text(cell) for cell in cells]
            if any(row):
                yield line, row, 0
    except UnreadableError:
        raise
    except Exception as error:  # as above: the library raises what it meets
        raise UnreadableError("une feuille lisible de bout en bout") from error
    finally:
        book.close()


def _as_text(cell: object) -> str:
    """Return a cell as a CSV file would have it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.10g}"
    return str(cell)
