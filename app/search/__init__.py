"""Search: names, aliases, pinyin."""
