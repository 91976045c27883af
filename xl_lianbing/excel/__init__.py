"""The only place that knows Excel."""
