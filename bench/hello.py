"""What the portal is compared with: a Flask application that does nothing, and a folder of static files."""

import os

from flask import Flask

app = Flask(__name__, static_folder=os.environ.get("BENCH_STATIC"))


@app.get("/")
def hello() -> str:
    """Answer at once."""
    return "Bonjour"
