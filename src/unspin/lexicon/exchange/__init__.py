"""Wordlists in the formats that others have: read into entries row by row, and written from entries.

A reader never stops at a bad row: it says which line it refused and why.  The formats are described in docs/wordlists.md.
"""
