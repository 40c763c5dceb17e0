"""Markup and what is written in it: HTML, XML, and times."""
