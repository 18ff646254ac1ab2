"""A first visit stays light: it is paid for by the megabyte, on a slow network."""

import gzip
import re
from pathlib import Path

PORTAL = Path(__file__).parents[2] / "portal"
STATIC = PORTAL / "static"
LAYOUT = (PORTAL / "templates" / "layouts" / "base.html").read_text("utf-8")
FONT = "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
LEFT_FOR_THE_PAGE = 15_000


def files_of_a_first_visit() -> set[str]:
    sheets = re.search(r"for sheet in \((.*?)\)", LAYOUT).group(1)
    return {
        *(f"css/{name}.css" for name in re.findall(r'"(\w+)"', sheets)),
        *re.findall(r'asset\("((?:vendor|js|img|fonts)/[^"]+)"\)', LAYOUT),
        "css/print.css",
        "icons.svg",
    } - {"img/favicon-180.png"}  # asked for when the site is put on a phone's first screen, not before


def compressed(name: str) -> int:
    data = (STATIC / name).read_bytes()
    return len(data) if name.endswith((".woff2", ".png")) else len(gzip.compress(data, 6))


def test_the_font_is_asked_for_before_the_sheets_that_need_it():
    assert LAYOUT.index(FONT) < LAYOUT.index("css/")


def test_a_first_visit_weighs_less_than_a_hundred_kilobytes():
    assert sum(compressed(name) for name in files_of_a_first_visit()) <= 100_000 - LEFT_FOR_THE_PAGE
