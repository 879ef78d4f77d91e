"""Where articles come from: the catalogue, folders, the web, standard input."""
