"""Text can be read: every pair of colours in use has the contrast WCAG 2.2 asks for, in the light and in the dark."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "portal" / "static" / "css" / "tokens.css").read_text("utf-8")
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")

INKS_ON_PAGES = [
    (ink, ground)
    for ink in ("ink", "ink-muted", "accent", "accent-strong", "done", "wait", "alert")
    for ground in ("paper", "ground")
]
INKS_ON_TINTS = [
    (ink, ground)
    for ink in ("ink", "ink-muted")
    for ground in ("column", "column-pressed", "accent-tint", "done-tint", "wait-tint", "alert-tint")
]
MEANINGS = [(tone, f"{tone}-tint") for tone in ("accent", "done", "wait", "alert")]
BUTTONS = [("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-night", "night"), ("on-night", "night-tint")]
EDGES = [("line-strong", "paper"), ("line-strong", "ground"), ("focus-line", "focus"), ("focus", "night")]


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio: 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


SCHEMES = {"light": colours(LIGHT), "dark": colours(LIGHT) | colours(DARK)}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), [*INKS_ON_PAGES, *INKS_ON_TINTS, *MEANINGS, *BUTTONS])
def test_text_stands_out_four_and_a_half_times(scheme, ink, ground):
    assert contrast(SCHEMES[scheme][ink], SCHEMES[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_the_edge_of_a_field_and_the_focus_stand_out_three_times(scheme, edge, ground):
    assert contrast(SCHEMES[scheme][edge], SCHEMES[scheme][ground]) >= 3
