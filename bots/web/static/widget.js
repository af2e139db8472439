/* The widget: a button on anybody's page, and behind it the chat, in a style that neither takes from the
   page nor gives to it. STYLE, WORDS and nearbyTalk stand before this; see bots/web/widget.py. */

const script = document.currentScript;

function start() {
  if (!script || document.querySelector("[data-nearby]")) return;
  const { Talk, make, icon, answer, canLocate, PIN } = nearbyTalk;
  const base = new URL(script.src).origin;
  const host = make("div", { "data-nearby": "" });
  const shadow = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [style];

  const opener = make("button", { class: "opener", type: "button", "aria-haspopup": "dialog" }, icon(PIN), WORDS.open);
  const close = make("button", { class: "quiet", type: "button" }, WORDS.close);
  const brand = make("h2", { class: "brand", id: "name" }, WORDS.open);
  const log = make("div", { class: "log", role: "log", "aria-label": WORDS.log, tabindex: "0" });
  const input = make("input", {
    id: "text", name: "text", maxlength: WORDS.longest, enterkeyhint: "send", autocomplete: "off",
  });
  const here = make("button", { class: "quiet", type: "button" }, icon(PIN), WORDS.here);
  const again = make("button", { class: "quiet", type: "button" }, WORDS.startAgain);
  const form = make("form", { class: "ask" },
    make("label", { for: "text" }, WORDS.ask),
    make("div", { class: "line" }, input, make("button", { class: "send" }, WORDS.send)),
    make("div", { class: "more-ways" }, canLocate() && here, again));
  const panel = make("dialog", { class: "panel", "aria-labelledby": "name" },
    make("div", { class: "top" }, brand, close),
    make("p", { class: "urgent" }, `${WORDS.urgent} `, make("a", { href: "tel:999" }, WORDS.ring999)),
    make("div", { class: "talk" }, log, form),
    make("p", { class: "whole" }, make("a", { href: `${base}/chat`, target: "_blank", rel: "noopener" }, WORDS.whole)));
  shadow.append(opener, panel);
  document.body.append(host);

  const talk = new Talk({ log, form, words: WORDS, address: `${base}/chat` });
  let begun = false;

  async function open() {
    if (matchMedia("(max-width: 30rem)").matches) panel.showModal();
    else panel.show();
    opener.hidden = true;
    if (!begun) {
      begun = true;
      log.append(answer(WORDS.welcome, WORDS));
      await talk.resume();
    }
    input.focus();
  }

  function shut() {
    panel.close();
    opener.hidden = false;
    opener.focus();
  }

  opener.addEventListener("click", open);
  close.addEventListener("click", shut);
  panel.addEventListener("cancel", (event) => { event.preventDefault(); shut(); });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(); });
  here.addEventListener("click", () => talk.near());
  again.addEventListener("click", () => talk.again());
}

if (document.body) start();
else document.addEventListener("DOMContentLoaded", start);
