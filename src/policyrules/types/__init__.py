"""Units, types and dates of values."""
