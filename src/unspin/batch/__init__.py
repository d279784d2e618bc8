"""A folder of scraped articles at once: inputs, formats, worker processes, ledger."""
