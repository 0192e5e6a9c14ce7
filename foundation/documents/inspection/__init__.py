"""What a file is by its content, and what about it is refused or reported. Nothing here touches the database or writes a file.

``inspecting.inspect`` reads any seekable binary reader; ``apart.inspect`` does the same in a process of its own with hard limits,
which is how the product calls it: whatever a hostile file does to a parser, the worker that asked goes on (docs/adr/0016).
"""
