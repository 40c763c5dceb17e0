"""Input and output of bytes, for formats, JSON and the command line. Nothing opens a URL.

`inputs` (paths, open files and archives to bytes), `packing` (gzip and Zstandard streams),
`encoding` (bytes to text), `files` (open with decompression; replace atomically).
"""
