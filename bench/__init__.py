"""What we measure, and against what. `make bench` prints every table; ratios are from one run."""
