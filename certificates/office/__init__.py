"""The office's pages of certificates."""
