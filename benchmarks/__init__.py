"""Times of the product beside its peers, taken in the same run."""
