"""What the product costs: `python -m deploy.bench`."""
