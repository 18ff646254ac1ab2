"""Papers drawn once: what is asked again, in the same words, is not drawn again."""

import pickle
from collections.abc import Callable
from functools import wraps

from portal.web import pdf


def once(draw: Callable) -> Callable:
    """Return what draws the first time it is given something, and gives the same drawing again afterwards.

    What a test that puts blank sheets in the place of `laid_out` draws is kept apart: it is no drawing for the others.
    """
    drawn: dict[tuple[Callable, bytes], object] = {}

    @wraps(draw)
    def given(*asked: object, **how: object) -> object:
        key = pdf.laid_out, pickle.dumps((asked, how))
        if key not in drawn:
            drawn[key] = draw(*asked, **how)
        return drawn[key]

    return given
