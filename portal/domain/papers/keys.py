"""The Office's keys: what signs the codes printed on the papers. Old ones stay, for the papers they signed."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

FILE = "papers.keys"


@dataclass(frozen=True)
class Key:
    """One key and its number, which the papers it signed remember."""

    number: int
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Keyring:
    """Every key of the Office, the oldest first; the last one signs."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """The key that signs today."""
        return self.keys[-1]

    def find(self, number: int) -> Key | None:
        """Return the key of a number, if the Office ever had it."""
        return next((key for key in self.keys if key.number == number), None)


def keyring(folder: Path) -> Keyring:
    """Return the keys of a data folder; the first is made when there is none, in a file only its owner may read."""
    path = folder / FILE
    if not path.exists():
        temporary = _written_aside(path, [_new(1)])
        try:
            os.link(temporary, path)  # two processes may start together: the first link wins
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    lines = (line.split() for line in path.read_text("ascii").splitlines() if line.strip())
    return Keyring(tuple(Key(int(number), bytes.fromhex(secret)) for number, secret in lines))


def rotate(folder: Path) -> Keyring:
    """Add a key that signs from now on, and return all of them."""
    known = keyring(folder).keys
    path = folder / FILE
    _written_aside(path, [*known, _new(known[-1].number + 1)]).replace(path)
    return keyring(folder)


def _new(number: int) -> Key:
    return Key(number, secrets.token_bytes(32))


def _written_aside(path: Path, keys: list[Key]) -> Path:
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{key.number} {key.secret.hex()}\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    return temporary
