"""A believable housing office, invented, deterministic, at any size."""
