"""Names and meanings: the passes from the syntax tree to a program."""
