"""What a published catalog promises: the changes between two of them, and whom each breaks."""
