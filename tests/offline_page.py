"""A page of ours in a browser without a network."""


def open_page(browser, tmp_path, html, width=1366, height=768):
    """Open a page from a file, offline; return it with what it asked for and complained of."""
    file = tmp_path / "review.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    wait_until_drawn(page)
    return page, requests, complaints, file.as_uri()


def wait_until_drawn(page):
    page.locator("html[data-ready]").wait_for(state="attached", timeout=30_000)


def shown(page, name):
    return page.evaluate(f"document.documentElement.dataset.{name}")
