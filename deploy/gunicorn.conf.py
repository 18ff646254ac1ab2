"""How gunicorn serves the portal, under script/server as under systemd."""

import os
from pathlib import Path

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"
_shown = f"[{_host}]" if ":" in _host else _host

chdir = str(Path(__file__).resolve().parent.parent)
bind = f"{_shown}:{_port}"
umask = 0o077

# Threads, because Peewee keeps one connection a thread and SQLite has one writer at a time; two processes, because a
# page that computes must not hold the others. WEB_CONCURRENCY (gunicorn's own variable) asks for more.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 4
preload_app = False  # an open SQLite connection must never cross a fork

timeout = 60
graceful_timeout = 10
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 (gunicorn's heartbeat, no data)

# Who is in front of us is said once, in portal.toml (trusted_proxies): gunicorn itself believes no header.
forwarded_allow_ips = ""
secure_scheme_headers = {}
control_socket_disable = True

# The web server in front keeps the access log; here, only what went wrong.
accesslog = None
errorlog = "-"
loglevel = "warning"


def when_ready(server):
    """Tell the operator where the portal answers."""
    where = f"http://{_shown}:{_port}"
    if _host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not bound)
        where += " (toutes les adresses de cette machine)"
    print(f"L’Espace locataires répond sur {where} — Ctrl-C pour l’arrêter.", flush=True)
