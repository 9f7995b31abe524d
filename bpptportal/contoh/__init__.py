"""The invented cast and the walk of a file through the real services: for the demo, the tests and the benches.

Nothing here writes to a table directly where a service exists; nothing here runs in production.
"""
