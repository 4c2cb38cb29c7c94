"""The review page."""
def draw_page(scenario, inputs, network, reach, today, plan, isochrones, lang):
    return "<html></html>"
