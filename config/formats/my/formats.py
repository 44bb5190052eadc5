"""Dates and numbers in Burmese; Django ships none for `my`."""

DATE_FORMAT = "Y ခုနှစ်၊ F j ရက်"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y ခုနှစ်၊ F j ရက် H:i"
YEAR_MONTH_FORMAT = "Y ခုနှစ် F"
MONTH_DAY_FORMAT = "F j ရက်"
SHORT_DATE_FORMAT = "d-m-Y"
SHORT_DATETIME_FORMAT = "d-m-Y H:i"
FIRST_DAY_OF_WEEK = 0
DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
