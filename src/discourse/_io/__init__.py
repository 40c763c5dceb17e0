"""Bytes in and bytes out, for formats, JSON and the command line alike. Nothing opens a URL.

`inputs` (paths, open files and archives as bytes), `packing` (gzip and Zstandard as streams),
`encoding` (bytes as text), `files` (open a file plain; replace a file in one step).
"""
