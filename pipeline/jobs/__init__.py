"""The jobs that flows and the command line call: each loads, calls pure functions, saves."""
