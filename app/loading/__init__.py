"""From the files of `geodata/` and the declared data sets to database rows."""
