"""Bytes to articles: html, markdown, plain text. Plain text is never changed."""
