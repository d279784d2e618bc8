"""The interactive reviewer: what a reader decides about each suggestion, kept as it is decided.

`session` (states and steps), `navigate` (which place is next), `layout` (text to rows), `carry` (decisions to a changed
text) and `decisions` (export and replay) are pure; `journal` and `desk` read and write; `screen` alone knows Textual.
"""
