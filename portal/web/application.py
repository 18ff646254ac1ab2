"""The application: Flask, with the settings of the office and its clock."""

from pathlib import Path
from typing import cast

from flask import Flask, current_app

from portal.config import Config
from portal.kernel.clock import Clock

STATIC, TEMPLATES = (Path(__file__).parents[1] / name for name in ("static", "templates"))


class Portal(Flask):
    """The portal of one office."""

    portal: Config
    clock: Clock


def the_portal() -> Portal:
    """Return the application that answers."""
    return cast("Portal", current_app)


def settings() -> Config:
    """Return the settings of the office, as data/portal.toml says them."""
    return the_portal().portal
