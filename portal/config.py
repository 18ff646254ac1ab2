"""The settings of one installation: one frozen Config, read from portal.toml and the environment."""

import os
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from portal.bank_settings import BankSettings, values_of
from portal.kernel.holidays import Delay

MODES = ("demo", "production", "test")
DELIVERIES = ("screen", "letter")
STAFF_ROLES = ("administrator", "manager", "accountant", "technical", "caretaker")


class ConfigError(Exception):
    """The settings are missing or contradict each other; the message says what to put right."""


@dataclass(frozen=True)
class Office:
    """The housing office, as it signs its letters."""

    name: str = "OPH d’Aulnay-sous-Bois"
    short_name: str = "OPH"
    legal_name: str = "Office public de l’habitat d’Aulnay-sous-Bois"
    address: str = "72 rue Camille Pelletan"
    postcode: str = "93600"
    city: str = "Aulnay-sous-Bois"
    siret: str = ""
    phone: str = ""
    email: str = ""
    hours: str = "du lundi au vendredi, de 9 h à 12 h et de 13 h 30 à 17 h"
    on_call_phone: str = ""
    publication_director: str = ""
    hosting: str = ""
    data_officer_email: str = ""


@dataclass(frozen=True)
class References:
    """How many digits the numbers printed on the notices have."""

    dwelling_digits: int = 12
    tenant_digits: int = 4


@dataclass(frozen=True)
class AccessSettings:
    """How an access is opened: `screen` shows the password once, `letter` posts it.

    `second_factor` names the roles of the Office, with spaces between, that also give a code from a telephone.
    """

    delivery: str = "screen"
    idle_minutes: int = 120
    session_hours: int = 12
    second_factor: str = ""

    @property
    def second_factor_roles(self) -> tuple[str, ...]:
        """The roles that give a code from a telephone after the password."""
        return tuple(self.second_factor.split())


@dataclass(frozen=True)
class MailSettings:
    """The server that takes the mails; without a host, mails wait in the outbox folder."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = False
    sender: str = ""


@dataclass(frozen=True)
class ClaimDelays:
    """How long the Office gives itself: « 4 h » hours, « 5 j » working days.

    `acknowledge`: to say that a claim was received; `resume`: to act after a visit, or to answer another slot;
    then one line a nature: to have it repaired, or answered.
    """

    acknowledge: str = "1 j"
    resume: str = "2 j"
    plomberie: str = "5 j"
    electricite: str = "24 h"
    chauffage_eau_chaude: str = "24 h"
    ascenseur: str = "24 h"
    serrurerie_menuiserie: str = "5 j"
    humidite_infiltration: str = "10 j"
    nuisibles: str = "10 j"
    parties_communes_proprete: str = "5 j"
    eclairage_interphone_acces: str = "5 j"
    espaces_verts: str = "10 j"
    encombrants_dechets: str = "5 j"
    stationnement: str = "10 j"
    nuisances_voisinage: str = "10 j"
    securite_incivilites: str = "5 j"
    facturation_loyer_charges: str = "10 j"
    administratif: str = "10 j"
    travaux_adaptation: str = "20 j"
    decence: str = "10 j"
    autre: str = "10 j"

    def delay(self, name: str) -> Delay:
        """Return one of the delays, as a value."""
        return Delay.parse(getattr(self, name))


@dataclass(frozen=True)
class Config:
    """All the settings of one installation."""

    data: Path
    mode: str = "production"
    base_url: str = "http://127.0.0.1:8000"
    trusted_proxies: int = 0
    poll_seconds: int = 20
    office: Office = Office()
    references: References = References()
    access: AccessSettings = AccessSettings()
    mail: MailSettings = MailSettings()
    bank: BankSettings = field(default_factory=BankSettings)
    claims: ClaimDelays = ClaimDelays()
    secret_key: str = field(default="", repr=False)

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration, with invented people."""
        return self.mode == "demo"

    @property
    def secure(self) -> bool:
        """Whether people reach the portal through TLS."""
        return self.base_url.startswith("https://")

    @property
    def pays_online(self) -> bool:
        """Whether tenants may pay by card."""
        return self.bank.is_open(self.mode)

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.data / "portal.sqlite"

    @property
    def uploads(self) -> Path:
        """Where the files people sent are kept."""
        return self.data / "uploads"

    @property
    def idle(self) -> timedelta:
        """How long a signed-in person may do nothing."""
        return timedelta(minutes=self.access.idle_minutes)


Section = TypeVar("Section", Office, References, AccessSettings, MailSettings, BankSettings, ClaimDelays)


def data_folder() -> Path:
    """Return the data folder: $PORTAL_DATA, else `data` beside the program."""
    chosen = os.environ.get("PORTAL_DATA") or Path(__file__).resolve().parent.parent / "data"
    return Path(chosen).expanduser().resolve()


def load(folder: Path | None = None) -> Config:
    """Read portal.toml of a data folder.

    Raises ConfigError when it is missing, unreadable, or says something that cannot be.
    """
    folder = folder or data_folder()
    path = folder / "portal.toml"
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"Le fichier de réglages {path} n’existe pas. Lancez « portal init » (ou « portal demo » pour un essai)."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"Le fichier de réglages {path} est illisible : {error}.") from None
    if url := os.environ.get("PORTAL_BASE_URL"):
        raw["base_url"] = url
    secret = secret_key(folder)
    bank = values_of(raw.pop("bank", {}), portal_mode=raw.get("mode", Config.mode), secret=secret)
    config = Config(
        data=folder,
        secret_key=secret,
        **_top_level(raw, path),
        office=_section(Office, raw.pop("office", {}), path),
        references=_section(References, raw.pop("references", {}), path),
        access=_section(AccessSettings, raw.pop("access", {}), path),
        mail=_section(MailSettings, raw.pop("mail", {}), path),
        bank=_section(BankSettings, bank, path),
        claims=_section(ClaimDelays, raw.pop("claims", {}), path),
    )
    _check(config)
    return config


def save(folder: Path, settings: dict) -> None:
    """Write portal.toml: top-level values first, then one table a section."""
    lines = [f"{key} = {_toml(value)}" for key, value in settings.items() if not isinstance(value, dict)]
    for name, section in settings.items():
        if isinstance(section, dict):
            lines += ["", f"[{name}]", *(f"{key} = {_toml(value)}" for key, value in section.items())]
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / "portal.toml.new"
    temporary.write_text("\n".join(lines) + "\n", "utf-8")
    temporary.replace(folder / "portal.toml")


def secret_key(folder: Path) -> str:
    """Return the key that signs the cookies, made at first start in a file only its owner may read."""
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"secret.key.{secrets.token_hex(4)}"
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(temporary, path)  # two processes may start together: the first link wins
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return path.read_text("utf-8").strip()


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'


def _top_level(raw: dict, path: Path) -> dict:
    known = {"mode": str, "base_url": str, "trusted_proxies": int, "poll_seconds": int}
    values = {key: value for key, value in raw.items() if not isinstance(value, dict)}
    _refuse_unknown(values, known, path)
    return values


def _section(kind: type[Section], values: dict, path: Path) -> Section:
    known = {each.name: type(each.default) for each in fields(kind)}
    _refuse_unknown(values, known, path)
    return kind(**values)


def _refuse_unknown(values: dict, known: dict, path: Path) -> None:
    for key, value in values.items():
        if key not in known:
            raise ConfigError(f"{path} : le réglage « {key} » n’existe pas.")
        if type(value) is not known[key]:
            raise ConfigError(f"{path} : le réglage « {key} » n’est pas du type attendu ({known[key].__name__}).")


def _check(config: Config) -> None:
    for each in fields(ClaimDelays):
        try:
            config.claims.delay(each.name)
        except ValueError:
            raise ConfigError(
                f"Le réglage « claims.{each.name} » compte des heures (« 4 h ») ou des jours ouvrés (« 5 j »)."
            ) from None
    if config.mode not in MODES:
        raise ConfigError(f"Le réglage « mode » vaut {config.mode} ; il faut {' ou '.join(MODES)}.")
    if config.access.delivery not in DELIVERIES:
        raise ConfigError(f"Le réglage « access.delivery » vaut {config.access.delivery} ; il faut screen ou letter.")
    if unknown := set(config.access.second_factor_roles) - set(STAFF_ROLES):
        raise ConfigError(
            f"Le réglage « access.second_factor » nomme {', '.join(sorted(unknown))} ; les fonctions sont "
            f"{', '.join(STAFF_ROLES)}."
        )
    if config.mode == "production" and not config.secure:
        raise ConfigError("En production, « base_url » doit commencer par https:// (mots de passe et cookies).")
    if config.mode == "production" and not (config.office.phone and config.office.name):
        raise ConfigError("En production, il faut le nom et le téléphone de l’Office dans [office].")
    for fault in config.bank.faults(config.mode):
        raise ConfigError(fault)
    if not 1 <= config.references.tenant_digits <= 12 or not 1 <= config.references.dwelling_digits <= 20:
        raise ConfigError("Les longueurs de [references] doivent être entre 1 et 12 (locataire) et 1 et 20 (logement).")
