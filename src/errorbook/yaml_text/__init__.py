"""YAML as people wrote it: edited and put in order with its comments, quotes and lines kept."""
