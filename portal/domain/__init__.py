"""The Office's world: what it knows, does and refuses. Nothing of the web."""

# Whoever can write an entry of an account has the guard that withdraws the papers it makes false.
from portal.domain.papers import doubts  # noqa: F401
