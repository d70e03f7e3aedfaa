"""What the source of a Python package says of its errors; nothing of it is imported or run."""
