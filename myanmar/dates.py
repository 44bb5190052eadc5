from datetime import datetime


def parse_date(s):
    for f in ("%d-%m-%Y","%d/%m/%Y","%Y-%m-%d"):
        try: return datetime.strptime(s,f).date()
        except ValueError: pass
    raise ValueError("not_a_date")
def format_date(d, style="official", lang="my", digits="my"): return d.isoformat()
