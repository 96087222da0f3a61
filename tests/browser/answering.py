"""Giving right answers to questions of every kind, as a person would."""

from quizzes.marking import kind_of


def click(locator):
    locator.click()


def tap(locator):
    locator.tap()


def key(locator):
    is_button = locator.evaluate("element => element.matches('button, a, summary')")
    locator.press("Enter" if is_button else "Space")


def give_right_answer(page, question, press=click):
    """Fill in the right answer; it is not sent yet."""
    answer = kind_of(question).right(question.body)
    GIVE[question.kind](page, question, answer, press)


def named(page, question, value=None):
    of_value = f"[value='{value}']" if value else ""
    return page.locator(f"[name=q{question.pk}]{of_value}")


def choose(page, question, answer, press):
    for value in answer:
        press(named(page, question, value))


def write(page, question, answer, press):
    for number, text in enumerate(answer):
        line = named(page, question).nth(number)
        line.focus()
        page.keyboard.type(text)


def put_in_order(page, question, answer, press):
    texts = {item["key"]: item["text"] for item in question.body["items"]}
    article = page.locator(".question", has=named(page, question).first)
    for place, item in enumerate(answer, 1):
        if has_plain_forms(page, question):
            choose_option(page, question, f"{item}:{place}")
            continue
        line = article.locator(".order-line").filter(has_text=texts[item])
        up = line.get_by_role("button", name="Move up")
        while article.locator(".order-text").nth(place - 1).inner_text() != texts[item]:
            press(up)


def match(page, question, answer, press):
    article = page.locator(".question", has=named(page, question).first)
    lefts = {left["key"]: left["text"] for left in question.body["lefts"]}
    rights = {right["key"]: right["text"] for right in question.body["rights"]}
    for pair in answer:
        if has_plain_forms(page, question):
            choose_option(page, question, pair)
            continue
        left, right = pair.split(":")
        press(article.get_by_role("button", name=lefts[left]))
        board = article.locator(".rights")
        press(board.get_by_role("button", name=rights[right]))


def has_plain_forms(page, question):
    return named(page, question).first.is_visible()


def choose_option(page, question, value):
    select = f"select[name=q{question.pk}]"
    page.locator(f"{select}:has(option[value='{value}'])").select_option(value)


GIVE = {
    "single": choose,
    "multiple": choose,
    "true_false": choose,
    "short": write,
    "number": write,
    "gaps": write,
    "order": put_in_order,
    "match": match,
}
