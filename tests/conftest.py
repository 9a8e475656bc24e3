"""How long Hypothesis searches: a while in `make test`, ten times that in `make test-all`."""

from hypothesis import settings

settings.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile("quick")
