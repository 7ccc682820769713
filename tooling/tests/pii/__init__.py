"""Planted leaks, and projects without any: what `lineage pii` must find, and must not."""
