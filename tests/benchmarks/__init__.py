"""What the course costs, beside its peer in the same run; nothing here is a test of `make test`."""
