"""What a program computes: constants, variables and operators, total and typed."""
