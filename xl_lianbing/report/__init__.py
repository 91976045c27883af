"""Results as blocks of cells: every points column a formula on the cells beside it, with its exact value cached.

One module a group of result tabs; `blocks.py` is what they are made of. `pipeline.result_blocks` calls them in order.
"""
