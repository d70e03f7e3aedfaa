"""Catalogs of other repositories: brought in, pinned by their hash, and compared with their source.

Nothing else goes out: `generate`, `check` and sites read what `fetch` has brought.
"""
