"""The catalog of what errorbook itself reports: every rule and exit code, as it is shipped."""
