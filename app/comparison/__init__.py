"""Comparison: two to four zones side by side, as a table for the screen, for paper and for spreadsheets."""
