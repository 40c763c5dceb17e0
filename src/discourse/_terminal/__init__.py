"""Output to terminals, shared by `render` and the command line.

`columns` makes untrusted text safe to print and fits it to columns; `tree` draws a thread in lines.
"""
