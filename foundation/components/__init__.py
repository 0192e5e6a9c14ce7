"""Template components, formats, text folding and the Kosovo* rule."""
