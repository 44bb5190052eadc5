"""Translating what the product says: from one language to the others, sentence by sentence, reviewed before it goes live.

lines       the sentences of an object with their translations, and what changed in the source
work        what happens: the source is published, a text is saved, reviewed, published
states      how far every object is in a language
published   what to look at again in what readers see
exchange    files for translators who work elsewhere
glossary    the terms that a translation has to use

wagtail-localize takes objects apart into strings and puts them together again; everything else of it is closed, because
its own views put untranslated text live (docs/decisions/0008-translation.md).
"""
