"""What a terminal needs, shared by `render` and the command line.

`columns` makes outside text safe to print and fits it to columns; `tree` draws a thread in lines.
"""
