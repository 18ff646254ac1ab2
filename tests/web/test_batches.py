"""A batch for the printer has each paper once, in order, and goes on where it was stopped."""

import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from portal import create_app
from portal.web import batches
from tests.support.contents import EXAMPLE, paper_saying

NUMBER = re.compile(r"A-2026-\d{6}")


@pytest.fixture
def sheets(monkeypatch):
    """Three avis, bound two by two."""
    monkeypatch.setattr(batches, "LOT", 2)
    return [paper_saying(replace(EXAMPLE["notice"], number=f"A-2026-{rank:06d}")) for rank in range(1, 4)]


def numbers(path):
    return [NUMBER.search(page.extract_text())[0] for page in PdfReader(path).pages]


def test_each_paper_is_there_once_in_order_even_after_a_kill(app, sheets, tmp_path, monkeypatch):
    out, told = tmp_path / "avis.pdf", []

    def killed(parts, _out):
        parts[0].unlink()  # the lot that was being drawn when the power went
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(batches, "_bind", killed)
        with pytest.raises(KeyboardInterrupt):
            batches.bind(app, sheets, out=out, cores=1, make=create_app, told=lambda *_: None)
    assert not out.exists()
    assert batches.bind(app, sheets, out=out, told=lambda *counts: told.append(counts)) == 3
    assert told == [(1, 3), (3, 3)]
    assert numbers(out) == [sheet.number for sheet in sheets]
    assert [path.name for path in tmp_path.glob("avis*")] == ["avis.pdf"]
