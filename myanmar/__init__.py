"""Pure functions on Burmese text, digits, dates and sort order. Imports the standard library and myanmartools.

text       what is stored: canonical Unicode; syllables, truncation, line breaks
encoding   Zawgyi and Unicode: which it is, and from one to the other
digits     Myanmar and ASCII digits, numbers for people
dates      Gregorian dates in words, typed dates, the Myanmar calendar
names      honorifics, the heading in a list, which of two names is shown
collation  dictionary order as a plain string to store and index
"""
