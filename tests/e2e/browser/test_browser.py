"""The chat and the widget in a browser: seen, pressed and read out, with and without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bots.conversation.wording import buttons
from bots.conversation.wording import web as words
from tests.e2e.browser.conftest import DESKTOP, NARROW, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.e2e.browser.conftest import Visit

LIBRARY = "Herne Street Library (example)"


def violations(page: Page) -> list[str]:
    """What axe-core finds amiss, all its rules applied."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']]}" for one in found]


def say(page: Page, text: str) -> Locator:
    """Type and send; gives the answer."""
    answers = page.locator(".answer")
    before = answers.count()
    page.get_by_label(words.ASK, exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 1)
    return answers.last


@pytest.mark.parametrize("traits", [PHONE, DESKTOP | {"color_scheme": "dark"}], ids=["phone", "desktop-dark"])
def test_axe_finds_nothing_from_the_welcome_to_a_crisis(visit: Visit, traits: dict[str, Any]) -> None:
    page = visit(**traits)
    assert violations(page) == []
    for text in ("my mum is lonely se24", "library in newport", "i want to kill myself", "/help"):
        say(page, text)
        assert violations(page) == []
    page.goto(page.url.replace("/chat", "/nothing"))
    assert violations(page) == []


def test_everything_can_be_done_with_the_keyboard(visit: Visit) -> None:
    """The first stop leads to the question; focus stays where it was, or goes to what came."""
    page = visit(**DESKTOP)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=words.SKIP)).to_be_focused()
    page.keyboard.press("Enter")
    question = page.get_by_label(words.ASK, exact=True)
    expect(question).to_be_focused()
    page.keyboard.type("library se24")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=LIBRARY)).to_be_visible()
    expect(question).to_be_focused()
    more = page.get_by_role("button", name=re.compile(f"{buttons.MORE_ABOUT} about"))
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if more.last.evaluate("button => button === document.activeElement"):
            break
    expect(more.last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Run by")).to_be_visible()
    expect(page.locator(".answer").last).to_be_focused()
    expect(more).to_have_count(0)


def test_what_is_focused_is_never_hidden_behind_the_question(visit: Visit) -> None:
    """Each stop of the keyboard can be seen (WCAG 2.4.11)."""
    page = visit(**NARROW)
    say(page, "my mum is lonely se24")
    top = page.evaluate("document.querySelector('.ask').getBoundingClientRect().top")
    page.locator(".place a").first.focus()
    for _ in range(12):
        box = page.evaluate(
            "(() => { const one = document.activeElement, box = one.getBoundingClientRect();"
            " return one.closest('.ask') ? null : [box.top, box.bottom]; })()"
        )
        if box is None:
            break
        assert box[0] >= 0
        assert box[0] < top
        page.keyboard.press("Tab")


def test_the_page_is_the_same_without_javascript(visit: Visit) -> None:
    """Both ways of showing an answer give the same words and the same links."""
    with_it, without = visit(**PHONE), visit(java_script_enabled=False)
    for text in (
        "my mum is lonely se24",
        "phone number?",
        "library in newport",
        "i want to kill myself se24",
    ):
        one, other = say(with_it, text), _sent(without, text)
        assert one.inner_text() == other.inner_text()
        links = "links => links.map(link => [link.textContent, link.href, link.target, link.rel])"
        assert one.locator("a").evaluate_all(links) == other.locator("a").evaluate_all(links)
        tags = "all => all.map(one => one.tagName + '.' + one.className.replace(' arriving', ''))"
        assert one.locator("*").evaluate_all(tags) == other.locator("*").evaluate_all(tags)


def _sent(page: Page, text: str) -> Locator:
    """The same on a page without JavaScript, where each answer is a page of its own."""
    page.get_by_label(words.ASK, exact=True).fill(text)
    page.get_by_role("button", name=words.SEND, exact=True).click()
    page.wait_for_load_state()
    expect(page.locator(".you")).to_contain_text(text)
    return page.locator(".answer").last


def test_a_whole_talk_without_javascript(visit: Visit) -> None:
    """Tapped, typed, looked at more closely, and begun again."""
    page = visit(java_script_enabled=False)
    page.get_by_role("button", name="Library").click()
    expect(page.locator(".answer")).to_contain_text("where should I look?")
    _sent(page, "se24")
    page.get_by_role("button", name=re.compile(buttons.MORE_ABOUT)).first.click()
    expect(page.locator(".answer")).to_contain_text("Run by")
    page.reload()
    expect(page.locator(".answer")).to_contain_text("Run by")
    page.get_by_role("button", name=words.START_AGAIN).click()
    expect(page.locator(".answer")).to_contain_text("All forgotten")
    expect(page.get_by_role("button", name=words.HERE)).to_be_hidden()


@pytest.mark.parametrize("traits", [NARROW, DESKTOP], ids=["narrow", "desktop"])
def test_nothing_overflows_and_everything_can_be_hit(visit: Visit, traits: dict[str, Any]) -> None:
    """At 320 pixels nobody scrolls sideways; a button is 24 pixels at least, each way (WCAG 2.5.8)."""
    page = visit(**traits)
    say(page, "my mum is lonely se24")
    say(page, "i want to kill myself")
    assert page.evaluate("document.documentElement.scrollWidth") <= traits["viewport"]["width"]
    boxes = page.locator("button:visible, a:visible:not(.skip), input:visible").evaluate_all(
        "all => all.map(one => { const box = one.getBoundingClientRect();"
        " return [one.textContent, box.width, box.height]; })"
    )
    assert [box for box in boxes if box[1] < 24 or box[2] < 24] == []


def test_near_where_one_is(visit: Visit) -> None:
    """With leave, the place is found; without, it is asked for."""
    page = visit(geolocation={"latitude": 51.4526, "longitude": -0.1014}, permissions=["geolocation"])
    say(page, "library")
    page.get_by_role("button", name=words.HERE).click()
    expect(page.get_by_role("heading", name=LIBRARY)).to_be_visible()
    expect(page.locator(".header").last).to_have_text("Libraries near you")
    other = visit()
    other.get_by_role("button", name=words.HERE).click()
    expect(other.locator(".answer").last).to_contain_text(words.PROBLEMS["no_place"])


def test_a_page_that_is_loaded_again_shows_where_it_was(visit: Visit) -> None:
    page = visit()
    say(page, "library se24")
    page.reload()
    expect(page.get_by_role("heading", name=LIBRARY)).to_be_visible()
    assert "se24" not in page.evaluate(
        "JSON.stringify([location.href, {...sessionStorage}, {...localStorage}])"
    )
    page.get_by_role("button", name=words.START_AGAIN).click()
    expect(page.locator(".answer")).to_have_count(1)
    expect(page.locator(".answer")).to_contain_text("All forgotten")


def test_what_could_not_be_sent_is_kept_to_be_sent_again(visit: Visit) -> None:
    """And is answered once."""
    page = visit()
    lost: list[str] = []

    def lose(route: Any) -> None:
        lost.append(route.request.post_data)
        route.abort() if len(lost) < 3 else route.continue_()

    page.route("**/chat", lose)
    assert words.PROBLEMS["offline"] in say(page, "library se24").inner_text()
    assert page.get_by_label(words.ASK, exact=True).input_value() == "library se24"
    assert LIBRARY in say(page, "library se24").inner_text()
    assert lost[0] == lost[1]


def test_what_is_typed_is_shown_as_it_was_typed(visit: Visit) -> None:
    """Markup is text, with and without JavaScript."""
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&lt; library se24"
    with_it, without = visit(), visit(java_script_enabled=False)
    say(with_it, hostile)
    _sent(without, hostile)
    for page in (with_it, without):
        expect(page.locator(".you")).to_contain_text(hostile)
        assert page.locator(".talk img, .talk script").count() == 0


def test_nothing_is_asked_of_anybody_else(visit: Visit, url: str) -> None:
    page = visit("/")
    asked: list[tuple[str, int]] = []
    page.on("response", lambda response: asked.append((response.url, response.status)))
    page.reload()
    say(page, "my mum is lonely se24")
    assert len(asked) >= 5
    assert [one for one in asked if not one[0].startswith(f"{url}/") or one[1] != 200] == []


@pytest.mark.parametrize("traits", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_widget_works_on_a_page_it_knows_nothing_of(
    visit: Visit, council: str, traits: dict[str, Any]
) -> None:
    """Under a strict policy and a hostile style; there once, though the script stands there twice."""
    page = visit(council, **traits)
    names = set(page.evaluate("Object.getOwnPropertyNames(window)"))
    assert not {"nearbyTalk", "STYLE", "WORDS", "start", "script"} & names
    opener = page.get_by_role("button", name=words.OPEN_CHAT)
    expect(opener).to_have_count(1)
    opener.click()
    panel = page.get_by_role("dialog", name=words.OPEN_CHAT)
    assert LIBRARY in say(page, "library se24").inner_text()
    style = "one => { const s = getComputedStyle(one); return [s.fontStyle, s.transform]; }"
    assert panel.get_by_role("heading", name=LIBRARY).evaluate(style) == ["normal", "none"]
    size = "one => { const s = getComputedStyle(one); return [s.fontSize, s.letterSpacing]; }"
    assert panel.locator(".place p").first.evaluate(size) == ["17px", "normal"]
    assert [one for one in violations(page) if "nearby" in one or "panel" in one] == []
    panel.get_by_role("button", name=re.compile(buttons.MORE_ABOUT)).first.click()
    expect(panel.get_by_text("Run by")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_widget_goes_on_where_it_was_on_the_next_page(visit: Visit, council: str) -> None:
    page = visit(council)
    page.get_by_role("button", name=words.OPEN_CHAT).click()
    say(page, "library se24")
    page.reload()
    page.get_by_role("button", name=words.OPEN_CHAT).click()
    expect(page.get_by_role("heading", name=LIBRARY)).to_be_visible()
    assert "Ring 07700 900840" in say(page, "phone number of the first?").inner_text()
