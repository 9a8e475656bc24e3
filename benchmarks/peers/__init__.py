"""What is measured beside, each run by an interpreter that has it."""
