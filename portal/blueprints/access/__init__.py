"""The door: sign in, ask for a code, find it again, leave. Open to all; each address has its brakes."""

from typing import cast

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from portal.domain.people import passwords
from portal.web.application import Portal

blueprint = Blueprint("access", __name__)

from portal.blueprints.access import code, door, lost, second_step  # noqa: E402, F401 (the views register themselves)


@blueprint.record
def cheap_hashes_in_tests(state: BlueprintSetupState) -> None:
    """Hash at no cost in tests, and only there."""
    if cast("Portal", state.app).portal.mode == "test":
        passwords.use_cheap_hashes()
