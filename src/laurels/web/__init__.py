"""The HTML face: pages for everyone, and desks for those who work here. It holds no rules."""
