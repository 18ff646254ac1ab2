"""Read the tags of a PDF as a screen reader would."""

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

IN_A_LIST = {"/LI", "/L", "/Caption"}


def elements(node: DictionaryObject, parent: str = "") -> Iterator[tuple[DictionaryObject, str]]:
    """Return each element of the tree of a PDF, with what its parent is."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        element = kid.get_object()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element, parent
            yield from elements(element, element["/S"])


def faults_of(pdf: bytes) -> list[str]:
    """Return what a reader of tags would stumble on."""
    root = PdfReader(BytesIO(pdf)).root_object
    every = list(elements(root["/StructTreeRoot"]))
    cells = [element["/A"] for element, _ in every if element["/S"] == "/TD"]
    named = {header for cell in cells for header in cell.get_object().get("/Headers", [])}
    faults = [
        f"{element['/S']} in {parent}"
        for element, parent in every
        if (element["/S"] == "/LI") != (parent == "/L") and not (parent == "/L" and element["/S"] in IN_A_LIST)
    ]
    faults += ["a heading of no cell" for element, _ in every if element["/S"] == "/TH" and element["/ID"] not in named]
    faults += [
        "a picture without words" for element, _ in every if element["/S"] == "/Figure" and not element.get("/Alt")
    ]
    return faults if every else ["no tags"]
