"""The command line: `laurels …`, for those who run it. It holds no rules."""
