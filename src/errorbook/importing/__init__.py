"""Errors that are written down elsewhere -> errors.yaml, and what nobody could tell of them."""
