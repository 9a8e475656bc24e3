"""The forms of a payment, one a file: each makes expressions from those of its parts.

A form gets the parts that are written in it, with their units settled, and never a name.
"""
