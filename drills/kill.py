"""Kill the server, its master or a worker under eight people who write, and while it starts."""

from itertools import cycle

from bench.figures import SECONDS, Figure
from drills.context import Drill, some
from tests.crash.killing import ALL, MASTER, WORKER, Killing
from tests.crash.offices import furnish

ROUNDS, WRITERS, LEAST = 50, 8, 2
STARTS_KILLED = 10
START_SECONDS = 3
LONGEST_START, LONGEST_PAUSE = 2.0, 1.0


def killed(drill: Drill) -> list[Figure]:
    """What was acknowledged is there after each kill, once; a form sent again lands once; the server comes back."""
    rounds, chance = drill.times(ROUNDS), drill.chance()
    killing = Killing(furnish(drill.fresh("coupures")), writers=WRITERS)
    lost, doubled, starts = set(), set(), min(STARTS_KILLED, rounds)
    for _, victim in zip(range(rounds), cycle((ALL, ALL, MASTER, WORKER)), strict=False):
        killing.round(LEAST, victim, chance.uniform(0, LONGEST_PAUSE))
        lost, doubled = lost | killing.lost, doubled | set(killing.doubled)  # checks the base too, each time
    for _ in range(starts):
        killing.kill_while_starting(chance.uniform(0, LONGEST_START))
        lost, doubled = lost | killing.lost, doubled | set(killing.doubled)
    killing.round(LEAST)
    kept = (
        f"{len(killing.kept)} acquittées, {len(killing.again)} renvoyées, {rounds} coupures, {starts} démarrages coupés"
    )
    return [
        Figure(
            "Coupures : écritures acquittées perdues", len(lost | killing.lost), 0, some(sorted(lost)) or kept, unit=""
        ),
        Figure(
            "Coupures : écritures en double",
            len(doubled | set(killing.doubled)),
            0,
            "la base contrôlée à chaque fois",
            unit="",
        ),
        Figure("Coupures : démarrage le plus lent", killing.slowest, START_SECONDS, "jusqu’à /sante", unit=SECONDS),
    ]
