"""Showing a restoration: text, diffs, JSON, reasons in words."""
