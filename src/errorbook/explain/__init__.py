"""`errorbook explain`: what an error means and what to do about it, in a terminal.

Looking an error up works on errors.json, be it published or made of errors.yaml and kept, and
imports nothing heavy. Only decoding reads the catalog into its models.
"""
