"""Write each API error once: docs, typed exceptions and checks follow from one YAML catalog."""

__version__ = "0.1.0"
