"""Bases of every older schema brought up to date, killed at any statement of it, and brought up to date again."""

from bench.figures import Figure
from drills.context import Drill, some
from tests.crash.upgrading import STEPS, Upgrade, filled

ROUNDS = 200


def updated(drill: Drill) -> list[Figure]:
    """Nothing of what an older base held is lost, wherever the update is cut, and the next one succeeds."""
    chance, folder = drill.chance(), drill.fresh("mise-a-jour")
    newest, rounds = filled(folder / "newest.sqlite"), drill.times(ROUNDS)
    lost, failed, rows = [], [], 0
    upgrades = [Upgrade.of(newest, step, folder) for step in STEPS]
    for number in range(rounds):
        upgrade = upgrades[number % len(upgrades)]
        rows = max(rows, upgrade.rows)
        moment = chance.randint(1, upgrade.statements)
        told = f"depuis {upgrade.step}, coupée à l’instruction {moment}"
        try:
            lost += [f"{table} ({told})" for table in upgrade.cut_at(moment)]
        except Exception as error:  # whatever it is, the update does not go on
            failed.append(f"{told} : {error!r}")
    cut = f"{rounds} coupures, {len(STEPS)} anciens schémas, jusqu’à {rows} lignes"
    return [
        Figure("Mises à jour coupées : tables qui ont perdu des lignes", len(lost), 0, some(lost) or cut, unit=""),
        Figure("Mises à jour coupées : jamais terminées ensuite", len(failed), 0, some(failed), unit=""),
    ]
