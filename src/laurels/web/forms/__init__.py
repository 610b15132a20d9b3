"""What pages ask: forms parse, the stages judge."""
