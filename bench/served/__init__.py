"""The product as it is served, with a few addresses more that never are: without permission, raw, the slow way."""
