def draw_compare_page(c, lang, title): return ""
