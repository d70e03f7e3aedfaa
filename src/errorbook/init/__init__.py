"""The verb `init`: everything that a project needs, laid out in a folder without a loss."""
