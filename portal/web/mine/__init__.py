"""Loaders: each loads one object of the signed-in person and proves the right to it, or answers 404."""
