"""Pictures of what the register says: pure functions from rows to places in a drawing, which templates write as SVG."""
