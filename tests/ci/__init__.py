"""What runs Errorbook elsewhere: GitHub, GitLab, pre-commit, and the workflow that updates."""
