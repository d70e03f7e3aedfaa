"""Catalog -> pages: blocks in Markdown, links, the explorer, and the MkDocs events."""
