"""The portal as wsgi.py serves it, on the bench's clock."""

from bench.clock import of_the_server
from portal import create_app

app = create_app(clock=of_the_server())
