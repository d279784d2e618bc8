"""From bytes to words: decoding, tokens, what must not be touched, and how words look."""
