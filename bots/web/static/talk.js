"use strict";
/* One conversation: what is said goes to the server, what comes back is shown. For the page and the widget.
   Everything is made of elements and text, never of markup, so that it works under any content policy. */

const nearbyTalk = (() => {
  const SAFE = /^(https?:|tel:|sms:|mailto:)/;
  const KEPT = "nearby-room";
  const SLOW_MS = 20000;

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child));
    return element;
  }

  const hidden = (text) => make("span", { class: "vh" }, text);

  function icon(path) {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    drawing.setAttribute("viewBox", "0 0 24 24");
    drawing.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(space, "path");
    line.setAttribute("d", path);
    line.setAttribute("fill", "currentColor");
    drawing.append(line);
    return drawing;
  }

  function link(to, attributes, content, about, words) {
    if (!SAFE.test(to)) return make("span", {}, ...content);
    const leaves = to.startsWith("http");
    const more = [about, leaves && `(${words.newTab})`].filter(Boolean).join(" ");
    const leaving = leaves ? { target: "_blank", rel: "noopener noreferrer" } : {};
    return make("a", { href: to, ...attributes, ...leaving }, ...content, more && hidden(` ${more}`));
  }

  function row(one, words) {
    const content = one.first ? [make("strong", {}, one.first), ` ${one.text}`] : [one.text];
    return make("p", { class: `row-${one.part}` }, ...(one.link ? [link(one.link, {}, content, "", words)] : content));
  }

  function place(block, words) {
    const of = (name) => words.of.replace("{name}", name);
    const [name, ...rows] = block.rows;
    const number = block.number && make("span", { class: "number" }, String(block.number));
    const ways = block.links.map((way) =>
      link(way.to, { class: `way way-${way.is}` }, [way.label], of(way.about), words));
    if (block.choice) {
      const { id, label, about } = block.choice;
      ways.push(make("button", { class: "way", type: "button", name: "choice", value: id }, label, hidden(` ${of(about)}`)));
    }
    return make("article", { class: "place" },
      make("h3", {}, number, number && " ", make("span", {}, name.text)),
      ...rows.map((one) => row(one, words)),
      ways.length && make("div", { class: "ways" }, ...ways));
  }

  function answer(body, words) {
    const shown = make("div", { class: "answer arriving", tabindex: "-1" }, make("h2", { class: "vh" }, words.answer));
    for (const block of body.blocks) {
      if (block.is === "place") shown.append(place(block, words));
      else {
        const kind = block.is === "text" ? "says" : block.is;
        shown.append(make("div", { class: kind }, ...block.rows.map((one) => row(one, words))));
      }
    }
    if (body.choices.length) {
      shown.append(make("div", { class: "choices" }, ...body.choices.map(({ id, label }) =>
        make("button", { class: "choice", type: "button", name: "choice", value: id }, label))));
    }
    return shown;
  }

  const sentence = (text) => ({ blocks: [{ is: "text", rows: [{ part: "text", text }] }], choices: [] });

  function kept(value) {
    try {
      if (value === undefined) return sessionStorage.getItem(KEPT) || "";
      sessionStorage.setItem(KEPT, value);
    } catch { /* a browser that keeps nothing: the room is held as long as the page is open */ }
    return "";
  }

  class Talk {
    constructor({ log, form, words, address }) {
      Object.assign(this, { log, form, words, address, room: kept(), busy: false });
      this.input = form.querySelector("input[name=text]");
      this.given = form.querySelector("input[name=room]")?.value;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.typed();
      });
      log.addEventListener("click", (event) => this.tapped(event));
    }

    /* Once, and before anything is said: goes on in the room that this tab has, which gives the last answer
       again (a token says what had arrived when it was given, and the one before the last answer is kept);
       else in the one that came with the page, or in a new one. */
    resume() {
      this.resumed ??= this.enter();
      return this.resumed;
    }

    async enter() {
      const known = this.room;
      if (!known && this.given) {
        this.room = this.given;
        return;
      }
      const back = await this.send({}).catch(() => null);
      if (known && back?.notices.length) this.show(back.notices);
    }

    typed() {
      const text = this.input.value.trim();
      if (!text) this.input.focus();
      else if (!this.busy) {
        this.input.value = "";
        if (navigator.maxTouchPoints && matchMedia("(pointer: coarse)").matches) this.input.blur(); // the keyboard would hide the answer
        this.say({ text }, text);
      }
    }

    tapped(event) {
      const button = event.target.closest("button[name]");
      if (!button || this.busy) return;
      event.preventDefault();
      const label = button.firstChild.textContent.trim();
      const about = button.name === "choice" ? button.closest(".place")?.querySelector("h3 span:last-child") : null;
      this.say({ [button.name]: button.value }, about ? about.textContent : label);
    }

    near() {
      if (this.busy) return;
      const found = ({ coords }) => {
        const location = [coords.latitude, coords.longitude].map((degrees) => Number(degrees.toFixed(3)));
        this.say({ location }, this.words.hereSaid);
      };
      navigator.geolocation.getCurrentPosition(found, () => this.show([sentence(this.words.noPlace)]),
        { maximumAge: 60000, timeout: 10000 });
    }

    async again() {
      if (this.busy) return;
      this.log.replaceChildren();
      await this.say({ text: this.words.sayStartAgain }, "");
    }

    async say(said, shown) {
      this.busy = true;
      this.form.classList.add("busy");
      const own = shown && make("p", { class: "you arriving" }, hidden(`${this.words.you} `), shown);
      const waiting = make("p", { class: "status" }, this.words.looking);
      this.log.append(...[own, waiting].filter(Boolean));
      (own || waiting).scrollIntoView({ block: "nearest" });
      let bodies;
      try {
        await this.resume();
        bodies = (await this.send(said)).notices;
      } catch (problem) {
        bodies = [sentence(problem.sentence || this.words.offline)];
        if (said.text && !this.input.value) this.input.value = said.text;
      }
      waiting.remove();
      this.busy = false;
      this.form.classList.remove("busy");
      this.show(bodies, own);
    }

    /* Sends once more what got no answer; its nonce makes that the same message. */
    async send(said) {
      const before = this.room;
      const body = JSON.stringify({ ...said, room: before, nonce: nonce() });
      const once = () => fetch(this.address, {
        method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        signal: AbortSignal.timeout(SLOW_MS),
      });
      const got = await once().catch(once);
      const back = await got.json();
      if (!got.ok) throw Object.assign(new Error(String(got.status)), { sentence: back.problem });
      this.room = back.room;
      if (before && Object.keys(said).length) kept(before);
      return back;
    }

    show(bodies, own) {
      const root = this.log.getRootNode();
      const old = [...this.log.querySelectorAll("button[name]")];
      const focused = old.includes(root.activeElement);
      const shown = bodies.map((body) => answer(body, this.words));
      this.log.append(...shown);
      for (const button of old) button.remove();
      for (const empty of this.log.querySelectorAll(".choices:empty, .ways:empty")) empty.remove();
      if (focused && shown.length) shown[0].focus({ preventScroll: true });
      this.log.dispatchEvent(new CustomEvent("nearby:answered"));
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      (own || shown[0])?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    }
  }

  function nonce() {
    return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const PIN = "M12 2a7.500 7.500 0 0 0-7.500 7.500c0 5.200 6.200 11.400 7 12.200a.7.7 0 0 0 1 0c.8-.8 7-7 7-12.200A7.500 "
    + "7.500 0 0 0 12 2Zm0 10.200a2.700 2.700 0 1 1 0-5.400 2.700 2.700 0 0 1 0 5.400Z";
  const canLocate = () => isSecureContext && "geolocation" in navigator;

  return { Talk, make, icon, answer, sentence, canLocate, PIN };
})();
