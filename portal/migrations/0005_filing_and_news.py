"""Réclamations being written, wishes for visits, and what is told by mail."""

from portal.db import PortalDatabase

TABLES = """
CREATE TABLE claim_draft (
    id INTEGER NOT NULL PRIMARY KEY, tenant_id INTEGER NOT NULL, once_key TEXT NOT NULL, version INTEGER NOT NULL,
    begun_at TEXT NOT NULL, saved_at TEXT NOT NULL, lease_id INTEGER, place TEXT NOT NULL, nature TEXT NOT NULL,
    advice_for TEXT NOT NULL, same_for TEXT NOT NULL, description TEXT NOT NULL, photos_done INTEGER NOT NULL,
    entry TEXT NOT NULL, home_when TEXT NOT NULL, details_done INTEGER NOT NULL, phone TEXT NOT NULL,
    pets TEXT NOT NULL, notes TEXT NOT NULL,
    FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    FOREIGN KEY (lease_id) REFERENCES lease (id) ON DELETE RESTRICT,
    CHECK (place IN ('', 'dwelling', 'shared', 'outside')),
    CHECK (nature IN ('', 'plomberie', 'electricite', 'chauffage_eau_chaude', 'ascenseur', 'serrurerie_menuiserie',
        'humidite_infiltration', 'nuisibles', 'parties_communes_proprete', 'eclairage_interphone_acces',
        'espaces_verts', 'encombrants_dechets', 'stationnement', 'nuisances_voisinage', 'securite_incivilites',
        'facturation_loyer_charges', 'administratif', 'travaux_adaptation', 'decence', 'autre')),
    CHECK (entry IN ('', 'present', 'absence')),
    CHECK (photos_done IN (0, 1) AND details_done IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX claim_draft_tenant_id ON claim_draft (tenant_id);
CREATE UNIQUE INDEX claim_draft_once_key ON claim_draft (once_key);
CREATE INDEX claim_draft_lease_id ON claim_draft (lease_id);
CREATE INDEX claim_draft_saved_at ON claim_draft (saved_at);
CREATE TABLE draft_photo (
    id INTEGER NOT NULL PRIMARY KEY, draft_id INTEGER NOT NULL, file_id INTEGER NOT NULL, rank INTEGER NOT NULL,
    FOREIGN KEY (draft_id) REFERENCES claim_draft (id) ON DELETE RESTRICT,
    FOREIGN KEY (file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX draft_photo_draft_id ON draft_photo (draft_id);
CREATE UNIQUE INDEX draft_photo_file_id ON draft_photo (file_id);
CREATE TABLE visit_wishes (
    id INTEGER NOT NULL PRIMARY KEY, claim_id INTEGER NOT NULL, entry TEXT NOT NULL, home_when TEXT NOT NULL,
    phone TEXT NOT NULL, pets TEXT NOT NULL, notes TEXT NOT NULL,
    FOREIGN KEY (claim_id) REFERENCES claim (id) ON DELETE RESTRICT,
    CHECK (entry IN ('', 'present', 'absence'))
) STRICT;
CREATE UNIQUE INDEX visit_wishes_claim_id ON visit_wishes (claim_id);
CREATE TABLE news (
    id INTEGER NOT NULL PRIMARY KEY, business_key TEXT NOT NULL, kind TEXT NOT NULL, tenant_id INTEGER NOT NULL,
    about TEXT NOT NULL, about_id INTEGER, happened_at TEXT NOT NULL, told_at TEXT, outcome TEXT NOT NULL,
    mail_id INTEGER, FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    FOREIGN KEY (mail_id) REFERENCES outbox_mail (id) ON DELETE RESTRICT,
    CHECK (kind IN ('claim_received', 'claim_answered', 'claim_done', 'claim_followed', 'visit_proposed',
        'visit_moved', 'visit_tomorrow', 'message_received')),
    CHECK (outcome IN ('', 'mailed', 'no_address', 'not_wanted', 'stale')),
    CHECK ((told_at IS NULL) = (outcome = '')), CHECK ((outcome = 'mailed') = (mail_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX news_business_key ON news (business_key);
CREATE INDEX news_tenant_id ON news (tenant_id);
CREATE UNIQUE INDEX news_mail_id ON news (mail_id);
CREATE INDEX news_told_at_id ON news (told_at, id);
CREATE TABLE mail_choice (
    id INTEGER NOT NULL PRIMARY KEY, tenant_id INTEGER NOT NULL, topic TEXT NOT NULL, wanted INTEGER NOT NULL,
    chosen_at TEXT NOT NULL, FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT,
    CHECK (topic IN ('claims', 'visits', 'followed', 'messages')), CHECK (wanted IN (0, 1))
) STRICT;
CREATE INDEX mail_choice_tenant_id ON mail_choice (tenant_id);
CREATE UNIQUE INDEX mail_choice_tenant_id_topic ON mail_choice (tenant_id, topic);
"""


def up(migrator: object, db: PortalDatabase) -> None:
    """Create the tables and their indexes; nothing that exists changes."""
    db.connection().execute(TABLES)
