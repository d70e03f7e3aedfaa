"""Comparisons between the catalog and something that exists. Each yields problems."""
