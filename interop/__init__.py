"""Interoperability: badges of the demonstration before verifiers that we did not write. `make interop`."""
