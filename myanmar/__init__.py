"""Pure functions on Burmese text, digits, dates and sort order. Imports only the standard library.

text       what is stored: canonical Unicode; syllables, truncation, line breaks
digits     Myanmar and ASCII digits, numbers for people
dates      Gregorian dates in words, typed dates, the Myanmar calendar
collation  dictionary order as a plain string to store and index
"""
