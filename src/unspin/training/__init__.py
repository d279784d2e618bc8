"""Measuring and fitting: how good restorations are, and how sure they may be.  Nothing here runs while text is restored."""
