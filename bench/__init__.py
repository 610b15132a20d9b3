"""Measurements. `make bench`: queries and time of one award, and of a roster of 10,000, in a scratch database."""
