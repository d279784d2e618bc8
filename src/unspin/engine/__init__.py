"""The search for the original: match everything, weigh evidence, score, decode, make edits."""
