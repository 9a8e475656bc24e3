"""Evaluators of a program; each is right if it agrees with the oracle."""
