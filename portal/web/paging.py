"""The page of a long list, as the address says it."""

import re

from flask import abort, request

PAGE = re.compile(r"[1-9][0-9]{0,5}")


def page_number() -> int:
    """Return the `page` of the address, 1 without it; an address nobody wrote is a 404."""
    asked = request.args.get("page", "1")
    return int(asked) if PAGE.fullmatch(asked) else abort(404)


def within(number: int, pages: int) -> None:
    """Refuse a page after the last one."""
    if number > pages:
        abort(404)
