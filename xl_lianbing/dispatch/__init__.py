"""进度调度 (D1.1, D1.2, D2): the figures of a period, frozen once sent, what they correct, the bulletin on them."""
