"""An independent judge of the program: reference scorer, made-up campaigns, filling and comparing.

Nothing here imports ``xl_lianbing``: the program is only called through its command line.
"""
