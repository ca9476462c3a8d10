"""Names across scripts and spellings: letters, transliteration, folding, keys, scoring."""
