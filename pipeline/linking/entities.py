"""Entities of many articles become one actor: by ids, known names, equal names, and aliases and surnames with care.

Pure: entities and what is known of actors in, links out, each with its reason and score.
"""
