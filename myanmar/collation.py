def sort_key(text): return text
def name_sort_key(text): return text
