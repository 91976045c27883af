"""Files in, typed rows and findings out: nothing about a file raises, nothing that it holds is passed over in silence.

A return goes through `door/` (is it safe, what is it), `tables/` (where is what), `cells/` (what does it say),
`checks/` (does it fit), `evidence/` (are the files there that it names) and `returned/` (whose is it, which one
counts). Begin with `returned/read.py`. The master comes in through `master/`.
"""
