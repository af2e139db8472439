"""A few invented records, so that the program answers on a fresh machine; each says that it is an example."""

from __future__ import annotations

from pathlib import Path

SERVICES = Path(__file__).parent / "services.jsonl"
"""ORUK v3 services, one a line, as `GET /services/{id}` would give them."""
PUBLISHER = "Nearby examples"
