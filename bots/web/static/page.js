"use strict";
/* The chat page: takes over the form that works without it. */

(() => {
  const { Talk, icon, canLocate, PIN } = nearbyTalk;
  const root = document.getElementById("talk");
  const form = document.getElementById("ask");
  const log = root.querySelector(".log");
  const words = JSON.parse(root.dataset.words);
  const talk = new Talk({ log, form, words, address: form.action });
  const here = document.getElementById("here");
  const again = document.getElementById("again");

  here.prepend(icon(PIN));
  here.hidden = !canLocate();
  here.addEventListener("click", () => talk.near());
  again.addEventListener("click", (event) => {
    event.preventDefault();
    talk.again().then(() => talk.input.focus());
  });
  log.addEventListener("nearby:answered", () => {
    document.getElementById("intro").classList.add("vh");
    again.hidden = false;
  });
  talk.resume();
})();
